#include "conformance/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "seatbook/result.hpp"

namespace seatbook::conformance {
namespace {

namespace fs = std::filesystem;

json read_json(const fs::path& path) {
  std::ifstream file(path);
  if (!file) throw CaseError("cannot read " + path.string());
  try {
    return json::parse(file);
  } catch (const json::exception& error) {
    throw CaseError(path.string() + ": " + error.what());
  }
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory()) continue;
    // A file that nobody runs is a mistake.
    if (entry.path().extension() != ".json") throw CaseError("no cases: " + entry.path().string());
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void check_code(const std::string& name) {
  if (!code_from_string(name)) throw CaseError("operations.json: there is no code " + name);
}

Promise promise_of(const json& entry) {
  Promise promise;
  promise.request = entry.at("request").get<std::set<std::string>>();
  promise.returns = entry.at("returns").get<std::string>();
  promise.result = entry.value("result", std::set<std::string>());
  promise.saves = entry.value("saves", "");
  promise.codes = entry.at("codes").get<std::vector<std::string>>();
  for (const std::string& code : promise.codes) check_code(code);
  return promise;
}

}  // namespace

Catalogue read_catalogue(const std::string& folder) {
  Catalogue catalogue;
  std::set<std::string> names;
  for (const fs::path& path : files_in(fs::path(folder) / "cases")) {
    json file = read_json(path);
    for (json& data : file.at("cases")) {
      auto name = data.at("name").get<std::string>();
      if (!names.insert(name).second) throw CaseError("two cases are named: " + name);
      catalogue.cases.push_back({path.string(), path.stem().string(), name, std::move(data)});
    }
  }
  if (catalogue.cases.empty()) throw CaseError("there are no cases");
  const json described = read_json(fs::path(folder) / "operations.json");
  for (const json& entry : described.at("operations")) {
    const auto name = entry.at("name").get<std::string>();
    if (!catalogue.operations.emplace(name, promise_of(entry)).second) {
      throw CaseError("operations.json has two of " + name);
    }
  }
  const json& common = described.at("common");
  for (const auto& [code, why] : common.at("shown_once").items()) catalogue.shown_once.insert(code);
  for (const char* group : {"shown_once", "excluded"}) {
    for (const auto& [code, why] : common.at(group).items()) check_code(code);
  }
  return catalogue;
}

}  // namespace seatbook::conformance
