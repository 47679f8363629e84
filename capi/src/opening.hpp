/// The options of seatbook_open() in C++. The generator derives seatbook_open_options from them.
#ifndef SEATBOOK_CAPI_OPENING_HPP_
#define SEATBOOK_CAPI_OPENING_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/book.hpp"
#include "seatbook/clock.hpp"
#include "seatbook/describe.hpp"

namespace seatbook::capi {

/// Mirrors sqlite::Durability, which a build may not have.
enum class Durability : std::uint8_t { full = 0, relaxed = 1 };
[[nodiscard]] inline std::string_view to_string(Durability durability) noexcept {
  if (durability == Durability::full) return "full";
  return durability == Durability::relaxed ? "relaxed" : "unknown";
}

/// The options of seatbook_open(). Each applies to some kinds of storage only.
struct Opening {
  /// The clock of the book. Unless set, the clock of the storage or machine.
  std::shared_ptr<Clock> clock = {};
  /// Accept commands although the clock is more than 10 minutes behind the last change (C52).
  bool allow_clock_behind = false;
  bool read_only = false;  ///< Every command fails with SEATBOOK_BOOK_READ_ONLY.
  /// Files and databases: fail if the book does not exist, instead of creating it.
  bool must_exist = false;
  Durability durability = Durability::full;  ///< Files: what an acknowledged change survives.
  /// Files: the name of a virtual file system that is registered with SQLite.
  std::string vfs = {};
  /// Databases: the name of the book, 1 to 191 code points; "main" unless set.
  std::optional<std::string> book = {};
  /// Databases: the schema of the tables; "seatbook" unless set.
  std::optional<std::string> schema = {};
  /// Databases: the time limit for connecting. This and the limits below: 1 to 3,600,000 ms; 5,000
  /// ms unless set.
  std::optional<std::uint32_t> connect_timeout_ms = {};
  /// Databases: how long a command waits for other writers; 10,000 ms unless set.
  std::optional<std::uint32_t> lock_timeout_ms = {};
  /// Databases: the time limit for one statement; 30,000 ms unless set.
  std::optional<std::uint32_t> statement_timeout_ms = {};
  /// Databases: how long an inactive writer may hold the lock; 4,000 ms unless set.
  std::optional<std::uint32_t> idle_transaction_timeout_ms = {};
  /// Databases: the time without a response after which a connection is closed; 10,000 ms unless
  /// set.
  std::optional<std::uint32_t> tcp_timeout_ms = {};
  /// Databases: how long a call retries after a lost connection; 15,000 ms unless set.
  std::optional<std::uint32_t> retry_for_ms = {};
  /// Called with each LogEntry of the book. Unless set, nothing is logged.
  LogCallback on_log = {};
  /// Databases: how many connections the process makes at most, 1 to 1,000, for all books with the
  /// same location, schema and times; 8 unless set.
  std::optional<std::uint32_t> connections = {};

  [[nodiscard]] OpenOptions book_options() const {
    OpenOptions options;
    options.clock = clock;
    options.allow_clock_behind = allow_clock_behind;
    options.read_only = read_only;
    options.on_log = on_log;
    return options;
  }
};

}  // namespace seatbook::capi

namespace seatbook {
// clang-format off
SEATBOOK_DESCRIBE_AS(capi::Opening, OpenOptions, clock, allow_clock_behind, read_only, must_exist,
                     durability, vfs, book, schema, connect_timeout_ms, lock_timeout_ms,
                     statement_timeout_ms, idle_transaction_timeout_ms, tcp_timeout_ms,
                     retry_for_ms, on_log, connections)
// clang-format on
}  // namespace seatbook

#endif  // SEATBOOK_CAPI_OPENING_HPP_
