/// Records as JSON objects: one format for all readers and writers.
#ifndef SEATBOOK_CODEC_RECORD_JSON_HPP_
#define SEATBOOK_CODEC_RECORD_JSON_HPP_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/records.hpp"
#include "types/records.hpp"

namespace seatbook::codec {

using nlohmann::json;

/// Returns a record, a RecordImage or a member of a record as JSON. Members are named as in
/// records.hpp; ids, revisions and versions are numbers, times RFC 3339, dates YYYY-MM-DD, money a
/// decimal string, enumerators their names, "unlimited" and missing values null.
template <class Value>
[[nodiscard]] json to_json(const Value& value) {
  if constexpr (std::is_same_v<Value, RecordImage>) {
    return std::visit([](const auto& record) { return to_json(record); }, value);
  } else if constexpr (is_described<Value>) {
    json object = json::object();
    Description<Value>::visit(
        [&](const char* name, auto member) { object[name] = to_json(value.*member); });
    return object;
  } else if constexpr (std::is_same_v<Value, std::vector<FieldChange>>) {
    json list = json::array();
    for (const FieldChange& change : value) list.push_back(to_json(change));
    return list;
  } else if constexpr (types::is_optional<Value>) {
    return value ? to_json(*value) : json(nullptr);
  } else if constexpr (types::is_id<Value>) {
    return value.value;
  } else if constexpr (std::is_same_v<Value, SeatTotal>) {
    if (value.is_unlimited()) return nullptr;
    if (value.seats() < 0) return value.seats();
    return static_cast<std::uint64_t>(value.seats());
  } else if constexpr (std::is_enum_v<Value>) {
    return to_string(value);
  } else if constexpr (requires { value.to_string(); }) {
    return value.to_string();
  } else {
    return value;
  }
}

/// Parses a record of a known kind from an object of flat_json.hpp, strictly: exactly the members
/// that to_json() writes, in its spelling, without those that a later format than `format` added.
/// Errors: storage_corrupt, for a member (`field`; "before.policy" within terms) that is missing or
/// invalid, in the order of records.hpp, then for one that is unknown.
[[nodiscard]] Result<RecordImage> from_json(RecordKind kind, nlohmann::json object,
                                            std::uint64_t format);

}  // namespace seatbook::codec

#endif  // SEATBOOK_CODEC_RECORD_JSON_HPP_
