// Books, storages and sessions.
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "capi/src/callbacks.hpp"
#include "capi/src/errors.hpp"
#include "capi/src/generated/requests.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/rows.hpp"
#include "capi/src/run.hpp"
#include "capi/src/storages.hpp"

namespace seatbook::capi {
namespace {

/// Returns a function that calls the caller's listener.
template <class Published>
auto calling(CallbackOwner<seatbook_listener> owner) {
  const auto shared = std::make_shared<const CallbackOwner<seatbook_listener>>(std::move(owner));
  return [shared](const Published& published) {
    const RowsPointer rows = rows_of(published);
    rows->set_inner();
    if ((*shared)->receive((*shared)->self, rows.get()) != 0)
      throw std::runtime_error("the listener failed");
  };
}

/// Returns options in which the log is set. Called first, because the log is taken over even if the
/// call fails.
Opening opening_of(const seatbook_open_options* options) {
  constexpr std::size_t end = offsetof(seatbook_open_options, on_log) + sizeof options->on_log;
  Opening opening;
  if (options == nullptr || options->struct_size < end || options->struct_size > max_struct_size ||
      (options->fields & SEATBOOK_FIELD_OPEN_ON_LOG) == 0 || options->on_log == nullptr) {
    return opening;
  }
  std::optional<CallbackOwner<seatbook_listener>> owner;
  static_cast<void>(take_over("on_log", options->on_log, owner));  // read_options() checks it
  if (owner) opening.on_log = calling<LogEntry>(*std::move(owner));
  return opening;
}

/// Reads options. Only the options in `accepted` apply.
std::optional<Error> read_options(const seatbook_open_options* options, std::uint64_t accepted,
                                  Opening& to) {
  Reader in;
  if (!read_request(in, options, to)) return std::move(in.refusal());
  const std::uint64_t others = in.fields() & ~accepted;
  if (others == 0) return std::nullopt;
  const auto* const name = first_option(others);
  return malformed(name, "must not be set: the option does not apply here");
}

/// Checks and returns an argument that is a text, before anything is opened.
std::optional<Error> read_text(const char* name, const char* data, std::size_t size,
                               std::string_view& to) {
  if (!view_of(data, size, to)) return malformed(name, "must not be NULL if its size is not 0");
  if (to.size() > max_text_bytes) return malformed(name, "must have at most 1,048,576 bytes");
  if (!is_valid_text(to)) {
    return Error{Code::invalid_text, std::string(name) + " must be UTF-8 without NUL", name};
  }
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

/// Reads the arguments of a function about the tables of a database, and calls it.
template <class Change>
seatbook_code change_tables(const char* location, size_t location_size,
                            const seatbook_open_options* options, std::uint64_t accepted,
                            seatbook_error** error, const Change& change) {
  return guard(error, [&] {
    Opening opening = opening_of(options);
    std::string_view address;
    if (auto failed = read_text("location", location, location_size, address)) {
      return fail(*std::move(failed), error);
    }
    if (auto failed = read_options(options, accepted, opening)) {
      return fail(*std::move(failed), error);
    }
    return finish(change(address, opening), error);
  });
}

/// Adds a listener with Book::subscribe() or Book::subscribe_notifications().
template <class Published, class Function>
seatbook_code subscribe(seatbook_book* book, const seatbook_listener* listener,
                        uint64_t* subscription, seatbook_error** error,
                        ListenerId (Book::*add)(Function)) {
  return guard(error, [&] {
    std::optional<CallbackOwner<seatbook_listener>> owner;
    auto refused = take_over("listener", listener, owner);
    if (!is_handle(book)) return refuse_handle("book", book, error);
    if (refused) return fail(*std::move(refused), error);
    if ((*owner)->receive == nullptr) return refuse("receive", "must not be NULL", error);
    const ListenerId id = (book->book.*add)(calling<Published>(*std::move(owner)));
    if (!id && book->book.closed()) {
      return fail(Error{Code::book_closed, "the book is closed"}, error);
    }
    if (!id) {
      return fail(Error{Code::book_forked, "use the book in the process that opened it"}, error);
    }
    put(subscription, id.value);
    return seatbook_code{SEATBOOK_OK};
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
    Opening opening = opening_of(options);
    if (book == nullptr) return refuse("book", "must not be NULL", error);
    std::string_view address;
    if (auto failed = read_text("location", location, location_size, address)) {
      return fail(*std::move(failed), error);
    }
    const Kind kind = kind_of_location(address);
    if (auto failed = read_options(options, options_of(kind) | options_of_book, opening)) {
      return fail(*std::move(failed), error);
    }
    if (kind == Kind::memory) {
      return return_book(Book::open(opening.book_options()), book, error);
    }
    auto storage = open_storage(address, opening);
    if (!storage) return fail(std::move(storage).error(), error);
    return return_book(Book::open(*std::move(storage), opening.book_options()), book, error);
  });
}

seatbook_code seatbook_storage_open(const char* location, size_t location_size,
                                    const seatbook_open_options* options,
                                    seatbook_storage** storage, seatbook_error** error) {
  return guard(error, [&] {
    Opening opening = opening_of(options);
    if (storage == nullptr) return refuse("storage", "must not be NULL", error);
    std::string_view address;
    if (auto failed = read_text("location", location, location_size, address)) {
      return fail(*std::move(failed), error);
    }
    if (auto failed = read_options(options, options_of(kind_of_location(address)), opening)) {
      return fail(*std::move(failed), error);
    }
    auto opened = open_storage(address, opening);
    if (!opened) return fail(std::move(opened).error(), error);
    *storage = new seatbook_storage{{}, *std::move(opened)};
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_book_open(seatbook_storage* storage, const seatbook_open_options* options,
                                 seatbook_book** book, seatbook_error** error) {
  return guard(error, [&] {
    Opening opening = opening_of(options);
    if (!is_handle(storage)) return refuse_handle("storage", storage, error);
    if (book == nullptr) return refuse("book", "must not be NULL", error);
    if (auto failed = read_options(options, options_of_book, opening)) {
      return fail(*std::move(failed), error);
    }
    return return_book(Book::open(storage->storage, opening.book_options()), book, error);
  });
}

void seatbook_storage_free(seatbook_storage* storage) {
  free_handle(storage);
}

seatbook_code seatbook_schema_create(const char* location, size_t location_size,
                                     const seatbook_open_options* options, seatbook_error** error) {
  return change_tables(location, location_size, options, options_of_schema, error, create_schema);
}

seatbook_code seatbook_schema_migrate(const char* location, size_t location_size,
                                      const seatbook_open_options* options,
                                      seatbook_error** error) {
  return change_tables(location, location_size, options, options_of_schema, error, migrate_schema);
}

seatbook_code seatbook_book_drop(const char* location, size_t location_size, const char* confirm,
                                 size_t confirm_size, const seatbook_open_options* options,
                                 seatbook_error** error) {
  constexpr std::uint64_t accepted = options_of_schema | SEATBOOK_FIELD_OPEN_BOOK;
  const auto drop = [&](std::string_view address, const Opening& opening) -> Result<void> {
    std::string_view name;
    if (auto failed = read_text("confirm", confirm, confirm_size, name)) return *std::move(failed);
    return drop_book(address, name, opening);
  };
  return change_tables(location, location_size, options, accepted, error, drop);
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

seatbook_code seatbook_book_stats(const seatbook_book* book, seatbook_rows** stats,
                                  seatbook_error** error) {
  return with_book(book, error,
                   [&] { return finish(book->book.stats(), stats, error, nothing_else); });
}

seatbook_code seatbook_book_backup(const seatbook_book* book, const char* path, size_t path_size,
                                   seatbook_error** error) {
  return with_book(book, error, [&] {
    std::string_view to;
    if (!view_of(path, path_size, to))
      return refuse("path", "must not be NULL if its size is not 0", error);
    if (!is_valid_text(to)) {
      return fail(Error{Code::invalid_text, "path must be UTF-8 without NUL", "path"}, error);
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

seatbook_code seatbook_book_subscribe(seatbook_book* book, const seatbook_listener* listener,
                                      uint64_t* subscription, seatbook_error** error) {
  return subscribe<Event>(book, listener, subscription, error, &Book::subscribe);
}

seatbook_code seatbook_book_subscribe_notifications(seatbook_book* book,
                                                    const seatbook_listener* listener,
                                                    uint64_t* subscription,
                                                    seatbook_error** error) {
  return subscribe<Notification>(book, listener, subscription, error,
                                 &Book::subscribe_notifications);
}

seatbook_code seatbook_book_unsubscribe(seatbook_book* book, uint64_t subscription,
                                        seatbook_error** error) {
  return with_book(book, error, [&] {
    book->book.unsubscribe(ListenerId(subscription));
    return seatbook_code{SEATBOOK_OK};
  });
}

uint64_t seatbook_book_listener_failures(const seatbook_book* book) {
  return is_handle(book) ? book->book.listener_failures() : 0;
}

uint64_t seatbook_book_dropped_events(const seatbook_book* book) {
  return is_handle(book) ? book->book.dropped_events() : 0;
}

seatbook_code seatbook_session_open(const seatbook_book* book, const seatbook_actor* actor,
                                    seatbook_session** session, seatbook_error** error) {
  return with_book(book, error, [&] {
    if (session == nullptr) return refuse("session", "must not be NULL", error);
    Reader in;
    Actor session_actor;
    if (!read_request(in, actor, session_actor)) return fail(*std::move(in.refusal()), error);
    *session = new seatbook_session{{}, book->book.session(std::move(session_actor))};
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_session_at_least(const seatbook_session* session, uint64_t version,
                                        seatbook_session** later, seatbook_error** error) {
  return run(session, error, [&](const Session& on) {
    if (later == nullptr) return refuse("later", "must not be NULL", error);
    *later = new seatbook_session{{}, on.at_least(Version(version))};
    return seatbook_code{SEATBOOK_OK};
  });
}

void seatbook_session_free(seatbook_session* session) {
  free_handle(session);
}

}  // extern "C"
