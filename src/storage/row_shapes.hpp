/// Shared parts of the storages with typed rows, in addition to the list of columns.
#ifndef SEATBOOK_STORAGE_ROW_SHAPES_HPP_
#define SEATBOOK_STORAGE_ROW_SHAPES_HPP_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

/// Collects the names of the columns, in order.
class ColumnNames {
 public:
  std::vector<std::string> names;

  template <class Value>
  void key(const char* name, const Value& /*value*/) {
    names.emplace_back(name);
  }
  template <class Value>
  void number(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void number_or_null(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void money(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void date(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void total(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void text(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void text_or_null(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void choice(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void flag(const char* name, const Value& value) {
    key(name, value);
  }
  template <class Value>
  void terms(const char* name, const Value& /*value*/) {
    for (const char* member : {"owner_", "backup_owner_", "total_seats_", "policy_"}) {
      names.push_back(std::string(member) + name);
    }
  }
};

template <class Enum>
bool take_choice(std::optional<Enum> found, Enum& to) {
  if (found) to = *found;
  return found.has_value();
}
/// Parses the name of an enumerator; returns false if there is none.
inline bool parse_choice(std::string_view name, PersonState& to) {
  return take_choice(person_state_from_string(name), to);
}
inline bool parse_choice(std::string_view name, LicenseState& to) {
  return take_choice(license_state_from_string(name), to);
}
inline bool parse_choice(std::string_view name, CapacityPolicy& to) {
  return take_choice(policy_from_string(name), to);
}
inline bool parse_choice(std::string_view name, BillingPeriod& to) {
  return take_choice(period_from_string(name), to);
}
inline bool parse_choice(std::string_view name, HistoryKind& to) {
  return take_choice(history_kind_from_string(name), to);
}

/// Calls `use` with a new record of the kind.
template <class Use, std::size_t... kinds>
void with_record(RecordKind kind, const Use& use, std::index_sequence<kinds...> /*all*/) {
  const auto index = static_cast<std::size_t>(kind);
  (void)((index == kinds ? (use(std::variant_alternative_t<kinds, RecordImage>{}), true) : false) ||
         ...);
}
template <class Use>
void with_record(RecordKind kind, const Use& use) {
  with_record(kind, use, std::make_index_sequence<record_kinds>{});
}

inline std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_ROW_SHAPES_HPP_
