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
    // A file without cases would be silently ignored.
    if (entry.path().extension() != ".json")
      throw CaseError("not a case file: " + entry.path().string());
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void check_code(const std::string& name) {
  if (!code_from_string(name)) throw CaseError("operations.json: unknown code " + name);
}

OperationSpec spec_of(const json& entry) {
  OperationSpec spec;
  spec.request = entry.at("request").get<std::set<std::string>>();
  spec.returns = entry.at("returns").get<std::string>();
  spec.result = entry.value("result", std::set<std::string>());
  spec.saves = entry.value("saves", "");
  spec.needs = entry.value("needs", std::set<std::string>());
  spec.own_view = entry.value("own_view", false);
  spec.codes = entry.at("codes").get<std::vector<std::string>>();
  for (const std::string& code : spec.codes) check_code(code);
  return spec;
}

}  // namespace

Catalogue read_catalogue(const std::string& folder) {
  Catalogue catalogue;
  std::set<std::string> names;
  for (const fs::path& path : files_in(fs::path(folder) / "cases")) {
    json file = read_json(path);
    for (json& data : file.at("cases")) {
      auto name = data.at("name").get<std::string>();
      if (!names.insert(name).second) throw CaseError("two cases have the name: " + name);
      catalogue.cases.push_back({path.string(), path.stem().string(), name, std::move(data)});
    }
  }
  if (catalogue.cases.empty()) throw CaseError("no cases");
  const json described = read_json(fs::path(folder) / "operations.json");
  for (const json& entry : described.at("operations")) {
    const auto name = entry.at("name").get<std::string>();
    if (!catalogue.operations.emplace(name, spec_of(entry)).second) {
      throw CaseError("operations.json lists " + name + " twice");
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
