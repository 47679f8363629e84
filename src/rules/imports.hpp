/// What all imports of files have in common: how far they are, and who may end them.
#ifndef SEATBOOK_RULES_IMPORTS_HPP_
#define SEATBOOK_RULES_IMPORTS_HPP_

#include <cstdint>
#include <memory>
#include <optional>

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

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_IMPORTS_HPP_
