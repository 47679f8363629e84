/// What is on disk: the case files, and operations.json, which says what each operation promises.
#ifndef SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "conformance/json_forms.hpp"

namespace seatbook::conformance {

struct Case {
  std::string file;   ///< the whole path
  std::string topic;  ///< the file's name without ".json"
  std::string name;
  json data;
};

/// One entry of operations.json.
struct Promise {
  std::set<std::string> request;
  std::string returns;             ///< "object", "list", "value" or "nothing"
  std::set<std::string> result;    ///< the members of the object, or of each object of the list
  std::string saves;               ///< which member `save` names; of a value, anything
  std::vector<std::string> codes;  ///< in the order of checking
};

struct Catalogue {
  std::vector<Case> cases;
  std::map<std::string, Promise> operations;
  std::set<std::string> shown_once;  ///< codes of many operations, one code path
};

/// Reads everything under `folder`. Throws CaseError, or what nlohmann::json throws, where that is
/// not what README.md says.
[[nodiscard]] Catalogue read_catalogue(const std::string& folder);

/// Registers the tests that count: each operation has a success, a case for each of its codes, and
/// a proof of the order of two.
void register_coverage(const Catalogue& catalogue);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_
