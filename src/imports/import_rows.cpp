#include "imports/import_rows.hpp"

namespace seatbook::imports {

Result<void> malformed_size(std::string_view csv, std::uint32_t max_bytes) {
  if (csv.size() <= max_bytes) return {};
  return Error{Code::file_too_large,  // B19, C31, C66
               "the file has " + std::to_string(csv.size()) + " bytes: at most " +
                   std::to_string(max_bytes) + " are allowed",
               "csv"};
}

Result<void> malformed_max_bytes(std::uint32_t max_bytes) {
  if (max_bytes != 0 && max_bytes <= max_large_import_bytes) return {};
  // C66
  return Error{Code::invalid_argument, "max_bytes must be between 1 and 67,108,864", "max_bytes"};
}

Result<void> RowCounter::cancelled() const {
  if (progress_ == nullptr || !progress_->cancelled()) return {};
  return Error{Code::cancelled, "the caller cancelled the import", "progress"};
}

void ReadProgress::finish() {
  if (progress() != nullptr) progress()->set_total(rows());
}

DecideProgress::DecideProgress(const std::shared_ptr<Progress>& progress) : RowCounter(progress) {
  if (progress) progress->set_done(0);
}

Result<void> DecideProgress::finish() {
  if (progress() != nullptr) progress()->set_done(rows());
  return cancelled();
}

}  // namespace seatbook::imports
