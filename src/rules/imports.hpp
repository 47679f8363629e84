/// What all imports of files have in common: how far they are, who may end them, how they end.
#ifndef SEATBOOK_RULES_IMPORTS_HPP_
#define SEATBOOK_RULES_IMPORTS_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "rules/draft.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/result.hpp"

namespace seatbook::rules {

/// Counts rows and looks whether somebody has cancelled, now and then: both cost a cache line that
/// another thread reads.
class RowCounter {
 public:
  explicit RowCounter(const std::shared_ptr<Progress>& progress) : progress_(progress.get()) {}

  /// The error, if the call was cancelled.
  [[nodiscard]] std::optional<Error> cancelled() const;

 protected:
  /// Whether it is time to tell and to look.
  bool count() { return ++rows_ % rows_between_looks == 0 && progress_ != nullptr; }
  [[nodiscard]] Progress* progress() const { return progress_; }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  static constexpr std::uint64_t rows_between_looks = 256;
  Progress* progress_;
  std::uint64_t rows_ = 0;
};

/// While a file is read: its rows become the total.
class RowsRead : public RowCounter {
 public:
  using RowCounter::RowCounter;
  /// After each row. The error, if the call was cancelled.
  [[nodiscard]] std::optional<Error> next() {
    if (!count()) return std::nullopt;
    progress()->tell_total(rows());
    return cancelled();
  }
  void finish();
};

/// While its rows are decided on.
class RowsDecided : public RowCounter {
 public:
  explicit RowsDecided(const std::shared_ptr<Progress>& progress);
  [[nodiscard]] std::optional<Error> next() {
    if (!count()) return std::nullopt;
    progress()->tell_done(rows());
    return cancelled();
  }
  /// After the last row.
  [[nodiscard]] std::optional<Error> finish();
};

/// Decides on the rows of a file one after the other, and ends the call as its options say. Of
/// `import` it asks decide(line), which answers the error that ends the call, if any; report();
/// is_in_the_way(outcome): whether `all_or_nothing` forbids such a row; and forget_made(): nothing
/// was made, so that no record of this call can be named. Errors: cancelled, bulk_refused.
template <class Import, class Command, class File>
auto import_rows(Draft& draft, const Command& command, const File& file, Import& import)
    -> Result<std::decay_t<decltype(import.report())>> {
  RowsDecided rows(command.progress);
  for (const auto& line : file.lines) {
    if (auto failed = import.decide(line)) return *std::move(failed);
    if (auto cancelled = rows.next()) return *std::move(cancelled);
  }
  if (auto cancelled = rows.finish()) return *std::move(cancelled);
  auto& report = import.report();
  if (command.all_or_nothing) {
    Error error{Code::bulk_refused, {}};
    for (const auto& row : report.not_added) {
      if (import.is_in_the_way(row.outcome)) error.outcomes.push_back({row.code, row.line});
    }
    if (!error.outcomes.empty()) {
      error.message = std::to_string(error.outcomes.size()) + " of " +
                      std::to_string(file.lines.size()) + " rows could not be had";
      return error;
    }
  }
  report.rows = file.lines.size();
  report.columns = file.columns;
  report.ignored_columns = file.ignored_columns;
  report.dry_run = command.dry_run;
  if (command.dry_run) {
    draft.abandon();
    import.forget_made();
  }
  return std::move(report);
}

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_IMPORTS_HPP_
