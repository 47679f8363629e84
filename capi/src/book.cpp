// Books, storages and sessions.
#include <memory>
#include <string>
#include <utility>

#include "capi/src/errors.hpp"
#include "capi/src/generated/requests.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/rows.hpp"
#include "capi/src/run.hpp"
#include "capi/src/storages.hpp"

namespace seatbook::capi {
namespace {

/// Reads options, of which only `meaning` mean something here.
std::optional<Error> read_options(const seatbook_open_options* options, std::uint64_t meaning,
                                  Opening& to) {
  Reader in;
  if (!read_request(in, options, to)) return std::move(in.refusal());
  to.given = in.fields();
  if ((to.given & ~meaning) == 0) return std::nullopt;
  const auto* const name = first_option(to.given & ~meaning);
  return malformed(name, "means nothing here");
}

/// The address, checked, before anything is opened there.
std::optional<Error> read_location(const char* location, std::size_t size, std::string_view& to) {
  if (!view_of(location, size, to)) return malformed("location", "NULL with a size");
  if (to.size() > max_text_bytes) return malformed("location", "longer than any text may be");
  if (!is_text_of_a_location(to))
    return Error{Code::invalid_text, "location: not UTF-8", "location"};
  return std::nullopt;
}

seatbook_code return_book(Result<Book> opened, seatbook_book** book, seatbook_error** error) {
  if (!opened) return fail(std::move(opened).error(), error);
  *book = new seatbook_book{{}, *std::move(opened)};
  return SEATBOOK_OK;
}

template <class Call>
seatbook_code with_book(const seatbook_book* book, seatbook_error** error, const Call& call) {
  return guard(error, [&] {
    if (!is_handle(book)) return refuse_handle("book", book, error);
    return call();
  });
}

}  // namespace
}  // namespace seatbook::capi

using namespace seatbook;        // NOLINT
using namespace seatbook::capi;  // NOLINT

extern "C" {

seatbook_code seatbook_open(const char* location, size_t location_size,
                            const seatbook_open_options* options, seatbook_book** book,
                            seatbook_error** error) {
  return guard(error, [&] {
    if (book == nullptr) return refuse("book", "NULL", error);
    std::string_view where;
    if (auto wrong = read_location(location, location_size, where)) {
      return fail(*std::move(wrong), error);
    }
    const Kind kind = kind_of_location(where);
    Opening opening;
    if (auto wrong = read_options(options, options_of(kind) | options_of_book, opening)) {
      return fail(*std::move(wrong), error);
    }
    if (kind == Kind::memory) {
      return return_book(Book::open(opening.of_the_book()), book, error);
    }
    auto storage = open_storage(where, opening);
    if (!storage) return fail(std::move(storage).error(), error);
    return return_book(Book::open(*std::move(storage), opening.of_the_book()), book, error);
  });
}

seatbook_code seatbook_storage_open(const char* location, size_t location_size,
                                    const seatbook_open_options* options,
                                    seatbook_storage** storage, seatbook_error** error) {
  return guard(error, [&] {
    if (storage == nullptr) return refuse("storage", "NULL", error);
    std::string_view where;
    if (auto wrong = read_location(location, location_size, where)) {
      return fail(*std::move(wrong), error);
    }
    Opening opening;
    if (auto wrong = read_options(options, options_of(kind_of_location(where)), opening)) {
      return fail(*std::move(wrong), error);
    }
    auto opened = open_storage(where, opening);
    if (!opened) return fail(std::move(opened).error(), error);
    *storage = new seatbook_storage{{}, *std::move(opened)};
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_book_open(seatbook_storage* storage, const seatbook_open_options* options,
                                 seatbook_book** book, seatbook_error** error) {
  return guard(error, [&] {
    if (!is_handle(storage)) return refuse_handle("storage", storage, error);
    if (book == nullptr) return refuse("book", "NULL", error);
    Opening opening;
    if (auto wrong = read_options(options, options_of_book, opening)) {
      return fail(*std::move(wrong), error);
    }
    return return_book(Book::open(storage->storage, opening.of_the_book()), book, error);
  });
}

void seatbook_storage_free(seatbook_storage* storage) {
  free_handle(storage);
}

seatbook_code seatbook_schema_create(const char* location, size_t location_size,
                                     const seatbook_open_options* options, seatbook_error** error) {
  return guard(error, [&] {
    std::string_view where;
    if (auto wrong = read_location(location, location_size, where)) {
      return fail(*std::move(wrong), error);
    }
    Opening opening;
    if (auto wrong = read_options(options, options_of_schema, opening)) {
      return fail(*std::move(wrong), error);
    }
    return finish(create_schema(where, opening), error);
  });
}

uint64_t seatbook_book_version(const seatbook_book* book) {
  uint64_t version = 0;
  static_cast<void>(with_book(book, nullptr, [&] {
    version = book->book.version().value;
    return seatbook_code{SEATBOOK_OK};
  }));
  return version;
}

seatbook_code seatbook_book_refresh(seatbook_book* book, uint64_t* version,
                                    seatbook_error** error) {
  return with_book(book, error, [&] {
    return finish(book->book.refresh(), error,
                  [&](Version reached) { put(version, reached.value); });
  });
}

seatbook_code seatbook_book_dump(const seatbook_book* book, seatbook_rows** json,
                                 seatbook_error** error) {
  return with_book(book, error, [&] {
    auto text = book->book.dump();
    if (!text) return fail(std::move(text).error(), error);
    if (json != nullptr) *json = make_rows<std::string>({&*text, nullptr, 1}).release();
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_book_check(const seatbook_book* book, seatbook_rows** findings,
                                  seatbook_error** error) {
  return with_book(book, error, [&] {
    return finish(book->book.check_invariants(), findings, error, nothing_else);
  });
}

seatbook_code seatbook_book_backup(const seatbook_book* book, const char* path, size_t path_size,
                                   seatbook_error** error) {
  return with_book(book, error, [&] {
    std::string_view to;
    if (!view_of(path, path_size, to)) return refuse("path", "NULL with a size", error);
    if (!is_text_of_a_location(to)) {
      return fail(Error{Code::invalid_text, "path: not UTF-8", "path"}, error);
    }
    return finish(book->book.backup_to(std::string(to)), error);
  });
}

seatbook_code seatbook_book_close(seatbook_book* book, seatbook_error** error) {
  return with_book(book, error, [&] {
    book->book.close();
    return seatbook_code{SEATBOOK_OK};
  });
}

int32_t seatbook_book_closed(const seatbook_book* book) {
  return !is_handle(book) || book->book.closed() ? 1 : 0;
}

void seatbook_book_free(seatbook_book* book) {
  free_handle(book);
}

seatbook_code seatbook_session_open(const seatbook_book* book, const seatbook_actor* actor,
                                    seatbook_session** session, seatbook_error** error) {
  return with_book(book, error, [&] {
    if (session == nullptr) return refuse("session", "NULL", error);
    Reader in;
    Actor who;
    if (!read_request(in, actor, who)) return fail(*std::move(in.refusal()), error);
    *session = new seatbook_session{{}, book->book.session(std::move(who))};
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_session_at_least(const seatbook_session* session, uint64_t version,
                                        seatbook_session** later, seatbook_error** error) {
  return run(session, error, [&](const Session& on) {
    if (later == nullptr) return refuse("later", "NULL", error);
    *later = new seatbook_session{{}, on.at_least(Version(version))};
    return seatbook_code{SEATBOOK_OK};
  });
}

void seatbook_session_free(seatbook_session* session) {
  free_handle(session);
}

}  // extern "C"
