// Opening a database: checks the options, connects, and makes the storage.
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "storage/postgres/libpq.hpp"
#include "storage/postgres/schema.hpp"
#include "storage/postgres/sql_book_server.hpp"
#include "storage/postgres/storage.hpp"
#include "types/try.hpp"

namespace seatbook::postgres {
namespace {

/// Runs the checks that need no connection, and parses the URL.
Result<detail::Target> checked_target(const std::string& url, const Options& options) {
  SEATBOOK_TRY(detail::load_libpq());
  auto target = detail::parse_target(url, options);
  if (!target) return target;
  SEATBOOK_TRY(detail::check_options(options));
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

Result<void> drop_book(const std::string& url, const std::string& confirm, const Options& options) {
  if (confirm != options.book) {
    return Error{Code::invalid_argument,
                 "confirm must be the name of the book to delete, which is the option `book`",
                 "confirm"};
  }
  if (options.read_only) {
    return Error{Code::invalid_argument, "read_only must not be set to delete a book", "read_only"};
  }
  return change_tables(url, options, detail::delete_book);
}

Result<std::shared_ptr<Storage>> open_storage(const std::string& url, const Options& options) try {
  const auto target = checked_target(url, options);
  if (!target) return target.error();
  auto server = std::make_unique<detail::SqlBookServer>(*target, options);
  SEATBOOK_TRY(server->open());
  return std::shared_ptr<Storage>(
      std::make_shared<detail::PostgresStorage>(std::move(server), options));
} catch (const std::bad_alloc&) {
  return Error{Code::out_of_memory, "out of memory"};
} catch (const std::exception& error) {
  return Error{Code::storage_failed, std::string("unexpected: ") + error.what()};
}

}  // namespace seatbook::postgres
