/// PostgreSQL storages for tests. SEATBOOK_TEST_POSTGRES holds the database URL; server.py sets it.
/// Each storage is a separate book.
#ifndef SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_
#define SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/storage_kinds.hpp"

namespace seatbook::testing {

/// Returns the test server's URL. Throws if it is not set, so tests fail instead of being skipped.
inline std::string postgres_url() {
  const char* const url = std::getenv("SEATBOOK_TEST_POSTGRES");
  if (url == nullptr || *url == '\0') {
    throw std::runtime_error(
        "SEATBOOK_TEST_POSTGRES is not set: run the tests with tests/postgres/server.py run -- "
        "...");
  }
  return url;
}

/// Returns a name that no other book in the database has, even if several programs use it.
inline std::string new_book_name() {
  static std::atomic<unsigned> last = 0;
  return "test " + std::to_string(getpid()) + "." + std::to_string(++last);
}

/// Opens a storage in the test database. Creates missing tables first.
inline Result<StoragePointer> open_postgres(const postgres::Options& options) {
  static std::once_flag created;
  std::call_once(created, [] { postgres::create_schema(postgres_url()).value(); });
  return postgres::open_storage(postgres_url(), options);
}

/// Waits until `condition` returns true. Returns false after 10 s.
inline bool wait_until(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// A storage that keeps the options it was opened with.
class BookStorage final : public ForwardingStorage {
 public:
  explicit BookStorage(postgres::Options options)
      : ForwardingStorage(open_postgres(options).value()), options_(std::move(options)) {}
  [[nodiscard]] const postgres::Options& options() const { return options_; }

 private:
  postgres::Options options_;
};

inline std::vector<StorageKind> postgres_storage_kinds() {
  const auto options_of = [](const StoragePointer& storage) {
    return dynamic_cast<BookStorage&>(*storage).options();
  };
  const StorageKind kind{
      "postgres",
      [] {
        postgres::Options options;
        options.book = new_book_name();
        return std::make_shared<BookStorage>(options);
      },
      [=](StoragePointer storage) {
        const postgres::Options options = options_of(storage);
        storage.reset();
        return std::make_shared<BookStorage>(options);
      },
      [=](const StoragePointer& storage) { return open_postgres(options_of(storage)); }};
  return {kind, without_lock(kind)};
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_POSTGRES_KINDS_HPP_
