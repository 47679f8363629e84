/// The forms of a case file that stand for something else: "$name", $repeat, $join, "..._b64"; and
/// the comparison of an answer with what is expected of it. README.md describes them.
#ifndef SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace seatbook::conformance {

using nlohmann::json;

/// The case file is wrong, whatever the library answers.
class CaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using SavedIds = std::map<std::string, json>;

/// `value` with each form replaced by what it stands for. Throws CaseError for a name nobody saved.
[[nodiscard]] json filled_in(const json& value, const SavedIds& saved);

/// Where and how `actual` is not what is expected; empty where it is. An expected object may have
/// fewer members than the actual one, unless `exactly`; lists have the same length; "$any" is equal
/// to everything.
[[nodiscard]] std::string difference(const json& expected, const json& actual, bool exactly,
                                     const std::string& path = "result");

/// For people: one line, shortened, whatever bytes are in it.
[[nodiscard]] std::string shown(const json& value);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_JSON_FORMS_HPP_
