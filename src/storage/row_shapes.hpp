/// Shared parts of the storages with typed rows, in addition to the columns.
#ifndef SEATBOOK_STORAGE_ROW_SHAPES_HPP_
#define SEATBOOK_STORAGE_ROW_SHAPES_HPP_

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "seatbook/records.hpp"

namespace seatbook::detail {

inline constexpr std::size_t record_kinds = std::variant_size_v<RecordImage>;

/// A record and the version that wrote it.
struct StoredRecord {
  RecordImage record;
  Version version;
};

inline std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_ROW_SHAPES_HPP_
