// Opening a database: checks the options and the tables, then finds or adds the book.
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "storage/postgres/libpq.hpp"
#include "storage/postgres/schema.hpp"
#include "storage/postgres/storage.hpp"

namespace seatbook::postgres {
namespace detail {

Result<void> PostgresStorage::open() {
  if (auto failure = connected()) return failure->when_opening();
  if (auto failure = connection_.check_pool()) return failure->when_opening();
  if (auto checked = check_schema(connection_, options_); !checked) return checked;
  const auto book = find_book();
  if (!book) return book.error();
  book_ = *book;
  if (auto failure = read_head()) return failure->when_opening();
  return {};
}

Result<std::uint64_t> PostgresStorage::find_book() {
  const Statement find{"", "SELECT id FROM " + schema_ + ".books WHERE name = $1::text"};
  const Statement add{"", "INSERT INTO " + schema_ +
                              ".books (name) VALUES ($1::text) ON CONFLICT (name) DO NOTHING"};
  for (const bool after_adding : {false, true}) {
    std::uint64_t id = 0;
    connection_.send(find, Parameters().bytes(options_.book));
    const auto failure = connection_.finish([&id](std::size_t, const Row& row) {
      id = static_cast<std::uint64_t>(row.number(0).value_or(0));
      return true;
    });
    if (failure) return failure->as(Code::storage_failed);
    if (id != 0) return id;
    if (after_adding) break;
    if (options_.must_exist || options_.read_only) {
      return Error{Code::invalid_argument, "the database has no book with this name", "book"};
    }
    connection_.send(add, Parameters().bytes(options_.book));
    if (auto refused = connection_.finish()) return refused->as(Code::storage_failed);
  }
  return Error{Code::storage_failed, "the row of the new book was deleted by another process"};
}

}  // namespace detail

namespace {

/// Runs the checks that need no connection, and parses the URL.
Result<detail::Target> checked_target(const std::string& url, const Options& options) {
  if (auto loaded = detail::load_libpq(); !loaded) return std::move(loaded).error();
  auto target = detail::parse_target(url, options);
  if (!target) return target;
  if (auto valid = detail::check_options(options); !valid) return std::move(valid).error();
  return target;
}

/// Calls `change` with a separate connection.
template <class Change>
Result<void> change_tables(const std::string& url, const Options& options, Change change) try {
  const auto target = checked_target(url, options);
  if (!target) return target.error();
  detail::Connection connection;
  if (auto failure = connection.open(*target, options)) return failure->when_opening();
  return change(connection, options);
} catch (const std::bad_alloc&) {
  return Error{Code::out_of_memory, "out of memory"};
} catch (const std::exception& error) {
  return Error{Code::storage_failed, std::string("unexpected: ") + error.what()};
}

}  // namespace

Result<void> create_schema(const std::string& url, const Options& options) {
  return change_tables(url, options, detail::make_schema);
}

Result<void> migrate(const std::string& url, const Options& options) {
  return change_tables(url, options, detail::migrate_schema);
}

Result<std::shared_ptr<Storage>> open_storage(const std::string& url, const Options& options) try {
  auto target = checked_target(url, options);
  if (!target) return target.error();
  auto storage = std::make_shared<detail::PostgresStorage>(*std::move(target), options);
  if (auto opened = storage->open(); !opened) return std::move(opened).error();
  return std::shared_ptr<Storage>(std::move(storage));
} catch (const std::bad_alloc&) {
  return Error{Code::out_of_memory, "out of memory"};
} catch (const std::exception& error) {
  return Error{Code::storage_failed, std::string("unexpected: ") + error.what()};
}

}  // namespace seatbook::postgres
