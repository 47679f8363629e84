#include "storage/sqlite/checksum.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "storage/columns.hpp"

namespace seatbook::sqlite::detail {
namespace {

using seatbook::detail::Columns;
using seatbook::detail::stored_number;

/// Writes a record as bytes that differ for every record. They are part of the file format: later
/// additions must not change the bytes of records without them.
class Bytes {
 public:
  explicit Bytes(std::string& bytes) : bytes_(bytes) {}

  template <class Value>
  void key(const char* name, const Value& value) {
    number(name, value);
  }
  template <class Value>
  void number(const char* /*name*/, const Value& value) {
    integer(stored_number(value));
  }
  template <class Value>
  void number_or_null(const char* name, const Value& value) {
    number(name, value);
  }
  template <class Value>
  void number_or_null(const char* /*name*/, const std::optional<Value>& value) {
    value ? integer(stored_number(*value)) : none();
  }
  void money(const char* name, const std::optional<Money>& value) { number_or_null(name, value); }
  void date(const char* /*name*/, const std::optional<Date>& value) {
    value ? integer(static_cast<std::uint64_t>(value->days)) : none();
  }
  void total(const char* /*name*/, SeatTotal value) {
    value.is_unlimited() ? none() : integer(static_cast<std::uint64_t>(value.seats()));
  }
  void text(const char* /*name*/, std::string_view value) {
    integer(value.size());
    bytes_.append(value);
  }
  void text_or_null(const char* name, std::string_view value) { text(name, value); }
  template <class Enum>
  void choice(const char* /*name*/, Enum value) {
    integer(static_cast<std::uint64_t>(value));
  }
  void flag(const char* /*name*/, bool value) { integer(value ? 1 : 0); }
  void terms(const char* name, const std::optional<LicenseTerms>& value) {
    if (!value) return none();
    total(name, value->total_seats);
    choice(name, value->policy);
    number(name, value->owner);
    number_or_null(name, value->backup_owner);
  }

 private:
  // Least significant byte first, on every machine.
  void integer(std::uint64_t value) {
    char bytes[8];
    for (char& byte : bytes) {
      byte = static_cast<char>(value & 0xff);
      value >>= 8;
    }
    bytes_.append(bytes, sizeof bytes);
  }
  // Larger than any integer here: ids end at 2^32, instants in the year 2200.
  void none() { integer(~std::uint64_t{0}); }

  std::string& bytes_;
};

}  // namespace

std::uint64_t Checksum::of(const RecordImage& record, Version version) {
  bytes_.clear();
  Bytes bytes(bytes_);
  bytes.number("kind", PersonId(record.index()));
  bytes.number("version", version);
  std::visit(
      [&bytes](const auto& value) { Columns<std::decay_t<decltype(value)>>::visit(bytes, value); },
      record);
  return XXH3_64bits(bytes_.data(), bytes_.size());
}

}  // namespace seatbook::sqlite::detail
