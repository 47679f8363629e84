/// A checksum over all records of a storage, updated one record at a time.
#ifndef SEATBOOK_STORAGE_SQLITE_CHECKSUM_HPP_
#define SEATBOOK_STORAGE_SQLITE_CHECKSUM_HPP_

#include <cstdint>
#include <string>

#include "seatbook/records.hpp"

namespace seatbook::sqlite::detail {

/// The sum, modulo 2^64, of the checksums of the records. It is independent of their order and
/// detects a record that is missing, doubled or changed. Not a signature: anyone can recompute it
/// after a deliberate change.
class Checksum {
 public:
  explicit Checksum(std::uint64_t value = 0) : value_(value) {}
  /// `version` is the version that wrote the record.
  void add(const RecordImage& record, Version version) { value_ += of(record, version); }
  void remove(const RecordImage& record, Version version) { value_ -= of(record, version); }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  [[nodiscard]] std::uint64_t of(const RecordImage& record, Version version);

  std::uint64_t value_;
  std::string bytes_;  // kept to reuse its memory
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_CHECKSUM_HPP_
