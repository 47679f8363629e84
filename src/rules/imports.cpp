#include "rules/imports.hpp"

namespace seatbook::rules {

std::optional<Error> RowCounter::cancelled() const {
  if (progress_ == nullptr || !progress_->cancelled()) return std::nullopt;
  return Error{Code::cancelled, "the caller has ended the import", "progress"};
}

void RowsRead::finish() {
  if (progress() != nullptr) progress()->tell_total(rows());
}

RowsDecided::RowsDecided(const std::shared_ptr<Progress>& progress) : RowCounter(progress) {
  if (progress) progress->tell_done(0);
}

std::optional<Error> RowsDecided::finish() {
  if (progress() != nullptr) progress()->tell_done(rows());
  return cancelled();
}

}  // namespace seatbook::rules
