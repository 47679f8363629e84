/// The columns of records in database storages, which follow from the types of their members.
///
/// visit_columns() passes each column with its member. store_columns() passes each column with the
/// value that a database stores. The first column is the primary key. Unless its column is NOT
/// NULL, a missing optional member, an unlimited number of seats, and an empty text or list are
/// null.
#ifndef SEATBOOK_STORAGE_COLUMNS_HPP_
#define SEATBOOK_STORAGE_COLUMNS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/records.hpp"
#include "storage/changes_text.hpp"
#include "types/records.hpp"

namespace seatbook::detail {

struct Column {
  const char* name;
  const char* suffix = "";  ///< the unit, or "before" or "after" for terms
  bool required = true;     ///< NOT NULL
  int format = 1;           ///< the format that added the column

  [[nodiscard]] std::string to_string() const { return std::string(name) + suffix; }
};

// Texts that are always set have columns that are NOT NULL.
template <class Record>
constexpr bool is_required(std::string Record::* /*member*/) {
  return false;
}
constexpr bool is_required(std::string BookInfo::* /*member*/) {
  return true;
}
constexpr bool is_required(std::string Person::* member) {
  return member == &Person::name;
}
constexpr bool is_required(std::string License::* member) {
  return member == &License::name;
}

template <class Value>
inline constexpr const char* unit = "";
template <>
inline constexpr const char* unit<Timestamp> = "_us";
template <>
inline constexpr const char* unit<Money> = "_ten_thousandths";
template <class Value>
inline constexpr const char* unit<std::optional<Value>> = unit<Value>;

template <class Record, class Value>
constexpr Column column_of(const char* name, Value Record::* member) {
  if constexpr (std::is_same_v<Value, std::string>) return {name, "", is_required(member)};
  constexpr bool can_be_null = types::is_optional<Value> || std::is_same_v<Value, SeatTotal> ||
                               std::is_same_v<Value, std::vector<FieldChange>>;
  return {name, unit<Value>, !can_be_null, types::format_of(member)};
}

/// Calls `visit` with each column and member, in the order of the columns. Terms are passed as
/// one member, whose name is the suffix of their columns.
template <class Record, class Visitor>
void visit_columns(Record& record, Visitor&& visit) {
  using Described = std::remove_const_t<Record>;
  if constexpr (std::is_same_v<Described, BookInfo>) {
    PersonId key(1);  // there is one BookInfo
    visit(Column{"id"}, key);
  }
  Description<Described>::visit(
      [&](const char* name, auto member) { visit(column_of(name, member), record.*member); });
}

/// Calls `visit` for each column of terms, in the order of the columns, with the start of its name
/// and its member. The first one, the owner, is null only if there are no terms.
template <class Visitor>
void visit_terms(Visitor&& visit) {
  visit("owner_", &LicenseTerms::owner);
  visit("backup_owner_", &LicenseTerms::backup_owner);
  visit("total_seats_", &LicenseTerms::total_seats);
  visit("policy_", &LicenseTerms::policy);
}
template <class Struct>
constexpr int member_count() {
  int count = 0;
  Description<Struct>::visit([&count](auto, auto) { ++count; });
  return count;
}
static_assert(member_count<LicenseTerms>() == 4, "visit_terms() has all members");

// What a database stores: a number, a text, a date, or a flag.
template <class Tag>
std::optional<std::uint64_t> stored(Id<Tag> id) {
  return id.value;
}
inline std::optional<std::uint64_t> stored(Timestamp instant) {
  return static_cast<std::uint64_t>(instant.us);
}
inline std::optional<std::uint64_t> stored(Money money) {
  return static_cast<std::uint64_t>(money.ten_thousandths);
}
inline std::optional<std::uint64_t> stored(SeatTotal total) {
  if (total.is_unlimited()) return std::nullopt;
  return static_cast<std::uint64_t>(total.seats());
}
inline std::optional<Date> stored(Date date) {
  return date;
}
inline bool stored(bool flag) {
  return flag;
}
template <class Enum, class = std::enable_if_t<std::is_enum_v<Enum>>>
std::optional<std::string_view> stored(Enum value) {
  return to_string(value);
}
inline std::optional<std::string> stored(const std::vector<FieldChange>& changes) {
  return changes_text(changes);
}
template <class Value>
auto stored(const std::optional<Value>& value) {
  return value ? stored(*value) : decltype(stored(*value))();
}

/// Calls `visit` with each column and what is stored in it: an optional number, text or date, or a
/// bool. A std::string_view refers to the record; a std::string is valid only during the call.
template <class Record, class Visitor>
void store_columns(const Record& record, Visitor&& visit) {
  visit_columns(record, [&](const Column& column, const auto& value) {
    using Value = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, std::optional<LicenseTerms>>) {
      visit_terms([&](const char* name, auto member) {
        using Stored = decltype(stored((*value).*member));
        visit(Column{name, column.name, false}, value ? stored((*value).*member) : Stored());
      });
    } else if constexpr (std::is_same_v<Value, std::string>) {
      const bool null = value.empty() && !column.required;
      visit(column, null ? std::nullopt : std::optional<std::string_view>(value));
    } else {
      visit(column, stored(value));
    }
  });
}

inline std::vector<std::string> column_names(RecordKind kind) {
  std::vector<std::string> names;
  const auto add = [&](const Column& column, const auto& /*value*/) {
    names.push_back(column.to_string());
  };
  std::visit([&](const auto& record) { store_columns(record, add); }, types::empty_record(kind));
  return names;
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_COLUMNS_HPP_
