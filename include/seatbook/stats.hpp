/// What a book has done and how long its storage took: Book::stats(), and the book's log.
#ifndef SEATBOOK_STATS_HPP_
#define SEATBOOK_STATS_HPP_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// How often something happened and how long it took.
struct CallTimes {
  std::uint64_t calls = 0;       ///< how often, failures included
  std::uint64_t total_us = 0;    ///< the sum of all durations
  std::uint64_t longest_us = 0;  ///< the longest duration
};

/// The numbers of one book object since it was opened, see Book::stats(). They count the calls of
/// this object only, not those of other processes. While other threads use the book, the numbers
/// can be from slightly different moments.
struct BookStats {
  Version version = {};            ///< the number of batches of the book
  std::uint64_t people = 0;        ///< all people, archived and erased ones too
  std::uint64_t licenses = 0;      ///< all licenses, archived ones too
  std::uint64_t assignments = 0;   ///< all assignments, revoked ones too
  std::uint64_t history_rows = 0;  ///< the rows of the audit trail

  std::uint64_t queue_length = 0;  ///< how many calls wait now for other commands of this object
  CallTimes wait = {};             ///< the waits of calls for other commands of this object
  std::uint64_t batches = 0;       ///< the batches that this object has committed
  /// The groups of batches that were committed together, with one sync of the storage.
  std::uint64_t groups = 0;
  std::uint64_t largest_group = 0;       ///< the number of batches of the largest group
  std::uint64_t groups_of_1 = 0;         ///< the groups of 1 batch
  std::uint64_t groups_of_2_to_3 = 0;    ///< the groups of 2 or 3 batches
  std::uint64_t groups_of_4_to_7 = 0;    ///< the groups of 4 to 7 batches
  std::uint64_t groups_of_8_to_15 = 0;   ///< the groups of 8 to 15 batches
  std::uint64_t groups_of_16_to_31 = 0;  ///< the groups of 16 to 31 batches
  std::uint64_t groups_of_32_to_64 = 0;  ///< the groups of 32 to 64 batches
  /// The commands that failed, except those with a malformed request.
  std::uint64_t failed_commands = 0;

  CallTimes lock = {};    ///< taking the storage's lock, waits for other processes included
  CallTimes read = {};    ///< reading what others have committed, and the records at opening
  CallTimes append = {};  ///< making batches durable
  CallTimes sync = {};    ///< making durable what others have committed
  CallTimes find = {};    ///< looking up request ids and batches with an unknown outcome
  /// How often others had committed first, so that a decision was repeated.
  std::uint64_t conflicts = 0;
  /// The calls of the storage that failed, without conflicts and unknown outcomes.
  std::uint64_t storage_failures = 0;
  std::uint64_t unknown_outcomes = 0;  ///< the appends whose outcome was unknown at first
  /// How often the whole storage was read again, because it could not confirm that its records
  /// continue those in memory.
  std::uint64_t rereads = 0;

  std::uint64_t dropped_events = 0;     ///< the events that were not queued for listeners
  std::uint64_t listener_failures = 0;  ///< how many times a listener has failed
  /// The log entries that are lost: the callback failed, or memory ran out.
  std::uint64_t log_failures = 0;
};

/// How serious a log entry is.
enum class LogLevel : std::uint8_t {
  debug = 0,    ///< part of normal operation
  info = 1,     ///< a problem is solved
  warning = 2,  ///< the book works, but slowly or not completely
  error = 3,    ///< calls fail
};
/// Returns the level's name: "warning".
[[nodiscard]] std::string_view to_string(LogLevel level) noexcept;

/// What a log entry reports.
enum class LogKind : std::uint8_t {
  conflict = 0,          ///< debug: others committed first; the decision is repeated
  outcome_resolved = 1,  ///< info: whether a batch with an unknown outcome was written is known now
  storage_reread = 2,    ///< warning: the whole storage is read again
  storage_slow = 3,      ///< warning: a call of the storage took 1 s or longer
  events_dropped = 4,    ///< warning: events were not queued for listeners
  listener_failed = 5,   ///< warning: a listener failed
  storage_failed = 6,    ///< error: a call of the storage failed; nothing was written
  outcome_unknown = 7,   ///< error: it is unknown whether a batch was written
  needs_reopen = 8,      ///< error: the book must be closed and opened again; reported once
};
/// Returns the kind's name: "storage_slow".
[[nodiscard]] std::string_view to_string(LogKind kind) noexcept;

/// A call of the storage is reported as slow from this duration on.
inline constexpr std::int64_t slow_storage_us = 1'000'000;

/// An entry of the log of a book.
struct LogEntry {
  LogLevel level = LogLevel::debug;  ///< follows from the kind
  LogKind kind = LogKind::conflict;  ///< for programs
  Code code = Code::ok;  ///< the code of the error that was reported; ok if there is none
  /// One line for people, which can change. Like the message of an error, it has no passwords and
  /// no records, except in the text of an exception of the host.
  std::string message = {};
  std::optional<std::uint64_t> duration_us = {};  ///< storage_slow: how long the call took
};

/// Called with each entry of the log of a book after opening, on a thread that is in a call of the
/// book. This can be another call than the one that caused the entry. No lock of the book is held,
/// so the callback can use the book; what its own calls cause is not logged. Several threads can
/// call it at the same time. An exception is counted (BookStats::log_failures) and has no other
/// effect. The callback is destroyed when the book is closed, without a lock.
using LogCallback = std::function<void(const LogEntry&)>;

}  // namespace seatbook

#endif  // SEATBOOK_STATS_HPP_
