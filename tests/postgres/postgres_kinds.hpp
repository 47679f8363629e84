/// PostgreSQL as a storage that tests run over: a database whose URL is in SEATBOOK_TEST_POSTGRES,
/// where server.py puts it. Each storage is a book of its own.
#ifndef SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_
#define SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/storage_kinds.hpp"

namespace seatbook::testing {

/// Where the tests' server is. A test without one fails; it is not skipped.
inline std::string postgres_url() {
  const char* const url = std::getenv("SEATBOOK_TEST_POSTGRES");
  if (url == nullptr || *url == '\0') {
    throw std::runtime_error(
        "SEATBOOK_TEST_POSTGRES is not set: tests/postgres/server.py run -- ...");
  }
  return url;
}

/// A name that no book of the database has, also where several programs use one.
inline std::string new_book_name() {
  static std::atomic<unsigned> last = 0;
  return "test " + std::to_string(getpid()) + "." + std::to_string(++last);
}

/// A storage of the tests' database, whose tables are made where they are missing.
inline Result<StoragePointer> open_postgres(const postgres::Options& options) {
  static std::once_flag made;
  std::call_once(made, [] { postgres::create_schema(postgres_url()).value(); });
  return postgres::open_storage(postgres_url(), options);
}

/// A storage that remembers which book it is.
class OfABook final : public PassingStorage {
 public:
  explicit OfABook(postgres::Options options)
      : PassingStorage(open_postgres(options).value()), options_(std::move(options)) {}
  [[nodiscard]] const postgres::Options& options() const { return options_; }

 private:
  postgres::Options options_;
};

inline std::vector<StorageKind> postgres_storage_kinds() {
  const auto options_of = [](const StoragePointer& storage) {
    return dynamic_cast<OfABook&>(*storage).options();
  };
  const StorageKind kind{
      "postgres",
      [] {
        postgres::Options options;
        options.book = new_book_name();
        return std::make_shared<OfABook>(options);
      },
      [=](StoragePointer storage) {
        const postgres::Options options = options_of(storage);
        storage.reset();
        return std::make_shared<OfABook>(options);
      },
      [=](const StoragePointer& storage) { return open_postgres(options_of(storage)); }};
  return {kind, without_lock(kind)};
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_
