#include "storage/sqlite/checksum.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "storage/columns.hpp"
#include "types/records.hpp"

namespace seatbook::sqlite::detail {
namespace {

using seatbook::detail::Column;
using seatbook::detail::stored;
using seatbook::detail::visit_columns;

template <class Member>
constexpr bool is_optional_id = false;
template <class Tag>
constexpr bool is_optional_id<std::optional<Id<Tag>>> = true;

/// Writes a record as bytes, different ones for different records. They are part of the file
/// format. Members that a later format added come last, and add no bytes if they are missing or
/// empty, so that the bytes of older records stay the same.
class Bytes {
 public:
  explicit Bytes(std::string& bytes) : bytes_(bytes) {}

  template <class Record>
  void add_record(const Record& record) {
    visit_columns(record, [&](const Column& column, const auto& member) {
      using Member = std::decay_t<decltype(member)>;
      if constexpr (seatbook::types::is_optional<Member>) {
        if (column.format > 1 && !member) return;
      }
      // The optional ids of these records were plain ids when the format was made: a missing one
      // was 0. Other missing members, also within terms, are none().
      if constexpr ((std::is_same_v<Record, Assignment> || std::is_same_v<Record, HistoryRow>) &&
                    is_optional_id<Member>) {
        integer(member ? member->value : 0);
      } else {
        add(member);
      }
    });
  }
  // Least significant byte first, on every machine.
  void integer(std::uint64_t value) {
    char bytes[8];
    for (char& byte : bytes) {
      byte = static_cast<char>(value & 0xff);
      value >>= 8;
    }
    bytes_.append(bytes, sizeof bytes);
  }

 private:
  void add(const std::string& text) {
    integer(text.size());
    bytes_.append(text);
  }
  void add(const std::vector<FieldChange>& changes) {
    if (changes.empty()) return;
    integer(changes.size());
    for (const FieldChange& change : changes) {
      Description<FieldChange>::visit(
          [&](const char* /*name*/, auto member) { add(change.*member); });
    }
  }
  void add(bool flag) { integer(flag ? 1 : 0); }
  void add(const std::optional<Date>& date) {
    date ? integer(static_cast<std::uint64_t>(date->days)) : none();
  }
  void add(const std::optional<LicenseTerms>& terms) {
    if (!terms) return none();
    Description<LicenseTerms>::visit(
        [&](const char* /*name*/, auto member) { add((*terms).*member); });
  }
  template <class Member>
  void add(const Member& member) {
    if constexpr (std::is_enum_v<Member>) {
      integer(static_cast<std::uint64_t>(member));
    } else {
      const std::optional<std::uint64_t> number = stored(member);
      number ? integer(*number) : none();
    }
  }
  // Larger than any integer here: ids end at 2^32, instants in the year 2200.
  void none() { integer(~std::uint64_t{0}); }

  std::string& bytes_;
};

}  // namespace

std::uint64_t Checksum::of(const RecordImage& record, Version version) {
  bytes_.clear();
  Bytes bytes(bytes_);
  bytes.integer(record.index());
  bytes.integer(version.value);
  std::visit([&](const auto& value) { bytes.add_record(value); }, record);
  return XXH3_64bits(bytes_.data(), bytes_.size());
}

}  // namespace seatbook::sqlite::detail
