/// The columns of results in C: the members of the C++ structs, and values derived from them.
#ifndef SEATBOOK_CAPI_MEMBERS_HPP_
#define SEATBOOK_CAPI_MEMBERS_HPP_

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// An exported file.
struct ExportedFile {
  std::string csv = {};     ///< empty if a sink received it
  std::uint64_t rows = 0;   ///< the number of rows, without the header
  std::uint64_t bytes = 0;  ///< the size of the file
  Version version = {};     ///< the version of the set and order of rows
};

/// The rows of a list of ids.
struct Ids {
  RecordId value = {};
};
/// The rows of a list of texts.
struct Texts {
  std::string value = {};
};

}  // namespace seatbook::capi

namespace seatbook {
SEATBOOK_DESCRIBE_AS(capi::ExportedFile, ExportedFile, csv, rows, bytes, version)
SEATBOOK_DESCRIBE_AS(capi::Ids, Ids, value)
SEATBOOK_DESCRIBE_AS(capi::Texts, Texts, value)
}  // namespace seatbook

namespace seatbook::capi {

template <class Struct>
concept Described = is_described<Struct>;

template <class Value>
struct IsList : std::false_type {};
template <class Item>
struct IsList<std::vector<Item>> : std::true_type {};
template <class Value>
concept Optional = requires(const Value& value) {
  value.has_value();
  typename Value::value_type;
};

/// The members of a result that C also stores through out-parameters, which need no table.
template <class Result>
inline constexpr std::initializer_list<const char*> outputs_of = {};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<PersonReceipt> = {"person"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<LicenseReceipt> = {"license"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<SeatReceipt> = {"assignment"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<BulkReceipt> = {"summary.done"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<RosterReport> = {"added"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<InventoryReport> = {"added"};
template <>
inline constexpr std::initializer_list<const char*> outputs_of<Usage> = {"used", "total"};

/// A row of a report with the name of the rejected column, which only the report knows.
template <class Row>
struct WithColumnName {
  const Row* row = nullptr;
  std::string_view column_name = {};
};

/// Reports whether the items of a list in `Parent` get the name of a column.
template <class Parent, class Item>
concept NamesColumns =
    requires(const Parent& parent, const Item& item) { parent.column_name(item); };

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_MEMBERS_HPP_
