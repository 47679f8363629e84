/// Expands the forms of a case file ("$name", $repeat, $join, $list, "..._b64") and compares
/// results with expectations. README.md describes both.
#ifndef SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace seatbook::conformance {

using nlohmann::json;

/// Reports a mistake in a case file.
class CaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using SavedIds = std::map<std::string, json>;

/// Returns `value` with all forms expanded. Throws CaseError for a name that was not saved.
[[nodiscard]] json filled_in(const json& value, const SavedIds& saved);

/// Describes the first difference between `expected` and `actual`; empty if there is none. An
/// expected object may have fewer members than the actual one, unless `exactly`. Lists must have
/// the same length. "$any" is equal to everything.
[[nodiscard]] std::string difference(const json& expected, const json& actual, bool exactly,
                                     const std::string& path = "result");

/// Formats `value` for messages: one line of at most 2,000 bytes, invalid UTF-8 replaced.
[[nodiscard]] std::string shown(const json& value);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_
