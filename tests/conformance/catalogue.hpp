/// Reads the case files and operations.json, which describes each operation.
#ifndef SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "conformance/json_forms.hpp"

namespace seatbook::conformance {

struct Case {
  std::string file;   ///< the full path
  std::string topic;  ///< the file's name without ".json"
  std::string name;
  json data;
};

/// One entry of operations.json.
struct OperationSpec {
  std::set<std::string> request;
  std::string returns;             ///< "object", "list", "value" or "nothing"
  std::set<std::string> result;    ///< the members of the object, or of each object of the list
  std::string saves;               ///< the member that `save` saves; not empty for a value
  std::set<std::string> needs;     ///< permissions
  bool own_view = false;           ///< `view_own` suffices for calls about the actor
  std::vector<std::string> codes;  ///< in the order of checking
};

struct Catalogue {
  std::vector<Case> cases;
  std::map<std::string, OperationSpec> operations;
  std::set<std::string> shown_once;  ///< codes that many operations return from one code path
};

/// Reads all files in `folder`. Throws CaseError or an exception of nlohmann::json if a file does
/// not have the format of README.md.
[[nodiscard]] Catalogue read_catalogue(const std::string& folder);

/// Registers the coverage tests: each operation has a case that succeeds, a case for each of its
/// codes, and a case with an `order` if it has two codes or more.
void register_coverage(const Catalogue& catalogue);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_CATALOGUE_HPP_
