/// Converts the members of a step's `args` (or of an actor) to values of the C++ API.
#ifndef SEATBOOK_TESTS_CONFORMANCE_ARGUMENTS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_ARGUMENTS_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "conformance/json_forms.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

// Each overload converts JSON to one type, or returns the library's error for the text. JSON of the
// wrong type is a mistake in the case and throws.
using Refusal = std::optional<Error>;

inline Refusal convert(const json& from, std::string& to) {
  to = from.get_ref<const std::string&>();
  return std::nullopt;
}
/// A view into the step's arguments, which outlive the call.
inline Refusal convert(const json& from, std::string_view& to) {
  to = from.get_ref<const std::string&>();
  return std::nullopt;
}
inline Refusal convert(const json& from, bool& to) {
  to = from.get_ref<const bool&>();
  return std::nullopt;
}
inline Refusal convert(const json& from, std::int32_t& to) {
  to = from.get<std::int32_t>();
  return std::nullopt;
}
inline Refusal convert(const json& from, std::uint32_t& to) {
  if (!from.is_number_unsigned() || from.get<std::uint64_t>() > UINT32_MAX) {
    throw CaseError("not a 32-bit number: " + shown(from));
  }
  to = from.get<std::uint32_t>();
  return std::nullopt;
}
template <class Tag>
Refusal convert(const json& from, Id<Tag>& to) {
  to = Id<Tag>(from.get_ref<const std::uint64_t&>());
  return std::nullopt;
}
inline Refusal convert(const json& from, SeatTotal& to) {
  to = from.is_null() ? SeatTotal::unlimited() : SeatTotal(from.get<std::int64_t>());
  return std::nullopt;
}
/// The functions that parse the names of enumerators.
inline constexpr auto parsers = std::make_tuple(
    policy_from_string, period_from_string, csv_profile_from_string, date_order_from_string,
    role_from_string, person_state_from_string, license_state_from_string, operation_from_string,
    history_kind_from_string, seat_sort_from_string, utilization_by_from_string);
/// An unknown text becomes an unknown enumerator.
template <class Enum>
  requires std::is_enum_v<Enum>
Refusal convert(const json& from, Enum& to) {
  using Parser = std::optional<Enum> (*)(std::string_view) noexcept;
  constexpr std::uint8_t unknown = 255;
  to = std::get<Parser>(parsers)(from.get<std::string>()).value_or(static_cast<Enum>(unknown));
  return std::nullopt;
}
inline Refusal convert(const json& from, std::shared_ptr<Progress>& to) {
  if (from != "cancelled") throw CaseError("not a progress state: " + shown(from));
  to = std::make_shared<Progress>();
  to->cancel();
  return std::nullopt;
}
inline Refusal convert(const json& from, Permissions& to) {
  to = {};
  for (const json& name : from) {
    const auto permission = permission_from_string(name.get<std::string>());
    if (!permission) throw CaseError("unknown permission " + shown(name));
    to.add(*permission);
  }
  return std::nullopt;
}
inline Refusal convert(const json& from, Token& to) {
  auto parsed = Token::parse(from.get_ref<const std::string&>());
  if (!parsed) return std::move(parsed).error();
  to = *parsed;
  return std::nullopt;
}
/// Converts a text as bindings do (C74): the library reports a bad value in field order.
template <class Value>
Refusal convert_text(const json& from, Value out_of_range, Value& to) {
  const auto parsed = Value::parse(from.get_ref<const std::string&>());
  if (parsed) {
    to = *parsed;
  } else if (parsed.error().code == Code::invalid_date ||
             parsed.error().code == Code::invalid_money) {
    to = Value::unreadable();
  } else {
    to = out_of_range;
  }
  return std::nullopt;
}
// A number instead of a text is the raw value, which may be one that no text produces.
inline Refusal convert(const json& from, Money& to) {
  if (from.is_string()) return convert_text(from, Money{INT64_MAX}, to);
  to.ten_thousandths = from.get<std::int64_t>();
  return std::nullopt;
}
inline Refusal convert(const json& from, Date& to) {
  if (from.is_string()) return convert_text(from, Date{INT32_MAX}, to);
  to.days = from.get<std::int32_t>();
  return std::nullopt;
}
inline Refusal convert(const json& from, Timestamp& to) {
  if (from.is_string()) return convert_text(from, Timestamp{INT64_MAX}, to);
  to.us = from.get<std::int64_t>();
  return std::nullopt;
}
template <class Value>
Refusal convert(const json& from, std::optional<Value>& to) {
  return convert(from, to.emplace());
}
template <class Value>
Refusal convert(const json& from, Edit<Value>& to) {
  if (from.is_null()) {
    to = clear;
    return std::nullopt;
  }
  Value value = {};
  auto refused = convert(from, value);
  to = std::move(value);
  return refused;
}

template <class Item>
Refusal convert(const json& from, std::vector<Item>& to);
template <class Struct>
  requires is_described<Struct>
Refusal convert(const json& from, Struct& to);

/// A JSON object; every one of its members must be read.
class Arguments {
 public:
  explicit Arguments(json members) : members_(std::move(members)) {}

  /// Reads a member into `value`. An absent member leaves the default.
  template <class Value>
  void read(const std::string& member, Value& value) {
    known_.insert(member);
    const auto found = members_.find(member);
    if (found == members_.end()) return;
    try {
      auto refused = convert(*found, value);
      if (refused && !refusal_) {
        refusal_ = std::move(refused);
        refusal_->field = member;
      }
    } catch (const json::exception& error) {
      throw CaseError(member + ": " + error.what());
    }
  }

  /// Returns the first conversion error, if any; to be called after the last read(). Throws
  /// CaseError if a member was not read.
  [[nodiscard]] const Refusal& finish() const {
    for (const auto& [member, value] : members_.items()) {
      if (!known_.contains(member)) throw CaseError("unknown member " + member);
    }
    return refusal_;
  }

  /// The names of all members that were read, present or not.
  [[nodiscard]] const std::set<std::string>& known() const { return known_; }

 private:
  json members_;
  std::set<std::string> known_;
  Refusal refusal_;
};

template <class Item>
Refusal convert(const json& from, std::vector<Item>& to) {
  if (!from.is_array()) throw CaseError("not a list: " + shown(from));
  to.clear();
  to.reserve(from.size());
  for (const json& item : from) {
    if (auto refused = convert(item, to.emplace_back())) return refused;
  }
  return std::nullopt;
}

/// Reads the members of a struct.
template <class Struct>
  requires is_described<Struct>
void read(Arguments& in, Struct& to) {
  Description<Struct>::visit([&](const char* name, auto member) { in.read(name, to.*member); });
}

template <class Struct>
  requires is_described<Struct>
Refusal convert(const json& from, Struct& to) {
  Arguments in(from);
  read(in, to);
  return in.finish();
}

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_ARGUMENTS_HPP_
