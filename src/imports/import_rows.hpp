/// Shared parts of all file imports: limits, progress, decisions on rows, and the end of the call.
#ifndef SEATBOOK_IMPORTS_IMPORT_ROWS_HPP_
#define SEATBOOK_IMPORTS_IMPORT_ROWS_HPP_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "rules/transaction.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/result.hpp"
#include "text/keyed_hash.hpp"
#include "types/try.hpp"

namespace seatbook::imports {

/// A map with keys from a file, which outsiders choose.
template <class Value>
using TextMap = std::unordered_map<std::string_view, Value, text::KeyedHash>;

/// Step 1: returns an error if the file is too large (C31, C66).
Result<void> malformed_size(std::string_view csv, std::uint32_t max_bytes);
/// Returns an error if `max_bytes` is out of range.
Result<void> malformed_max_bytes(std::uint32_t max_bytes);
/// Returns the maximum number of rows (C66).
[[nodiscard]] constexpr std::uint64_t max_rows_of(std::uint32_t max_bytes) {
  return max_bytes > max_import_bytes ? max_large_import_rows : max_import_rows;
}

/// Counts rows, and from time to time publishes the count and checks for cancellation: both touch a
/// cache line that another thread reads.
class RowCounter {
 public:
  explicit RowCounter(const std::shared_ptr<Progress>& progress) : progress_(progress.get()) {}

  /// Returns an error if the call was cancelled.
  Result<void> cancelled() const;
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 protected:
  /// Returns whether to publish the count and check for cancellation.
  bool count() { return ++rows_ % rows_between_checks == 0 && progress_ != nullptr; }
  [[nodiscard]] Progress* progress() const { return progress_; }

 private:
  static constexpr std::uint64_t rows_between_checks = 256;
  Progress* progress_;
  std::uint64_t rows_ = 0;
};

/// The progress of reading the file: sets the total.
class ReadProgress : public RowCounter {
 public:
  using RowCounter::RowCounter;
  /// Call after each row. Returns an error if the call was cancelled.
  Result<void> next() {
    if (!count()) return {};
    progress()->set_total(rows());
    return cancelled();
  }
  void finish();
};

/// The progress of deciding on the rows.
class DecideProgress : public RowCounter {
 public:
  explicit DecideProgress(const std::shared_ptr<Progress>& progress);
  Result<void> next() {
    if (!count()) return {};
    progress()->set_done(rows());
    return cancelled();
  }
  /// Call after the last row.
  Result<void> finish();
};

/// The decision on a row that the report lists. The rows of the report, which have texts, are made
/// from these at the end.
template <class Outcome>
struct RowDecision {
  std::uint64_t record = 0;  ///< as in the report
  std::uint32_t row = 0;     ///< its index in the file
  std::uint32_t first_line = 0;
  Code code = Code::ok;
  std::uint16_t column = 0;
  Outcome outcome = {};
  bool differs = false;
};

/// Returns none for 0, which means that there is no value in the decisions on rows.
template <class Number>
[[nodiscard]] constexpr std::optional<Number> none_if_0(Number number) noexcept {
  return number == 0 ? std::nullopt : std::optional(number);
}

/// The decisions of an import, in the order of the file. Not a vector, for the reason given at
/// FileRows.
template <class Outcome>
using RowDecisions = std::deque<RowDecision<Outcome>>;

template <class Outcome>
RowDecision<Outcome>& add_decision(RowDecisions<Outcome>& decisions, std::size_t row,
                                   Outcome outcome, Code code, std::uint32_t column) {
  RowDecision<Outcome>& decision = decisions.emplace_back();
  decision.row = static_cast<std::uint32_t>(row);
  decision.outcome = outcome;
  decision.code = code;
  decision.column = static_cast<std::uint16_t>(column);
  return decision;
}

/// Returns the heading of the report's column with this number, if there is one.
[[nodiscard]] inline std::string_view heading_of(const std::vector<std::string>& columns,
                                                 const std::optional<std::uint32_t>& column) {
  return column && *column <= columns.size() ? columns[*column - 1] : std::string_view();
}

/// Decides on the rows of a file one by one, and ends the call according to its options. `import`
/// provides decide(row), which returns the error that ends the call, if any; decisions(), for the
/// rows that the report lists; blocks_all_or_nothing(outcome), which returns whether
/// `all_or_nothing` forbids such a row; and report(), which is called last.
/// Errors: cancelled, bulk_refused.
template <class Import, class Command, class File>
auto import_rows(rules::Transaction& transaction, const Command& command, const File& file,
                 Import& import) -> Result<std::decay_t<decltype(import.report())>> {
  if (command.dry_run) transaction.abandon();
  DecideProgress rows(command.progress);
  std::size_t blocking = 0;
  for (std::size_t row = 0; row < file.rows.size(); ++row) {
    const std::size_t listed = import.decisions().size();
    SEATBOOK_TRY(import.decide(row));
    SEATBOOK_TRY(rows.next());
    if (!command.all_or_nothing || import.decisions().size() == listed ||
        !import.blocks_all_or_nothing(import.decisions().back().outcome)) {
      continue;
    }
    if (blocking == 0) transaction.abandon();
    ++blocking;
  }
  SEATBOOK_TRY(rows.finish());
  if (blocking != 0) {
    Error error{
        Code::bulk_refused,  // C26, C46
        std::to_string(blocking) + " of " + std::to_string(file.rows.size()) + " rows failed"};
    error.outcomes.reserve(blocking);
    for (const auto& decision : import.decisions()) {
      if (!import.blocks_all_or_nothing(decision.outcome)) continue;
      error.outcomes.push_back({decision.code, file.rows.line(decision.row)});
    }
    return error;
  }
  auto report = import.report();
  report.rows = file.rows.size();
  report.empty_rows = file.empty_rows;
  report.columns = file.columns;
  report.ignored_columns = file.ignored_columns;
  report.dry_run = command.dry_run;
  return report;
}

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_IMPORT_ROWS_HPP_
