// Reads and writes CSV for differential_test.py. Each line of standard input is a request and each
// line of standard output its result, both in JSON:
//
//   {"read": text, "delimiter": ",", "chunk": 7}
//       {"rows": [[cell, ...]], "malformed": [cell, ...], "error": kind or null}
//   {"write": [[cell, ...]], "profile": "exact"}
//       {"text": text}
#include <algorithm>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "csv/profile.hpp"
#include "csv/reader.hpp"
#include "csv/writer.hpp"

namespace {

namespace csv = seatbook::csv;
using nlohmann::json;

json read(const json& request) {
  const auto text = request.at("read").get<std::string>();
  const auto chunk = request.at("chunk").get<std::size_t>();
  csv::Options options;
  options.delimiter = request.at("delimiter").get<std::string>().at(0);
  csv::Reader reader(options);
  auto rows = json::array();
  auto malformed = json::array();
  const auto take = [&](const csv::Row& row) {
    auto cells = json::array();
    for (const csv::Cell& cell : row.cells) cells.push_back(cell.text);
    rows.push_back(std::move(cells));
    malformed.push_back(row.malformed_cell);
    return csv::Next::go_on;
  };
  for (std::size_t at = 0; at < text.size(); at += chunk) {
    if (reader.feed(std::string_view(text).substr(at, chunk), take) != csv::ReadStatus::ok) break;
  }
  const bool failed = reader.finish(take) == csv::ReadStatus::failed;
  return {{"rows", std::move(rows)},
          {"malformed", std::move(malformed)},
          {"error", failed ? json(csv::name_of(reader.error()->kind)) : json()}};
}

json write(const json& request) {
  seatbook::CsvFormat format;
  format.profile =
      seatbook::csv_profile_from_string(request.at("profile").get<std::string>()).value();
  csv::Writer writer(format);
  for (const json& row : request.at("write")) {
    for (const json& cell : row) writer.text(cell.get_ref<const std::string&>());
    writer.end_row();
  }
  return {{"text", writer.bytes()}};
}

}  // namespace

int main() {
  try {
    for (std::string line; std::getline(std::cin, line);) {
      const json request = json::parse(line);
      const json result = request.contains("read") ? read(request) : write(request);
      std::cout << result.dump(-1, ' ', true) << '\n';
    }
  } catch (const std::exception& error) {
    std::cerr << "csv_cells: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
