// Each operation of a session as a function of JSON. tools/bindgen generates the list of functions,
// generated/calls.inc. If the library or the header lacks one, this file does not compile or link.
#include <array>
#include <cstdint>
#include <deque>
#include <tuple>
#include <type_traits>
#include <utility>

#include "capi/api.hpp"

namespace seatbook::capi_tests {
namespace {

/// The arguments of a call, in the order of the parameters.
struct Parts {
  seatbook_session* session = nullptr;
  const void* request = nullptr;
  std::deque<std::int64_t> arguments;
  std::array<std::uint64_t, 4> outputs = {};
  std::size_t output_count = 0;
  seatbook_rows* rows = nullptr;
  seatbook_error* error = nullptr;
};

template <class Parameter>
Parameter part(Parts& parts) {
  using Pointed = std::remove_pointer_t<Parameter>;
  if constexpr (std::is_same_v<Parameter, seatbook_rows**>) {
    return &parts.rows;
  } else if constexpr (std::is_same_v<Parameter, seatbook_error**>) {
    return &parts.error;
  } else if constexpr (std::is_same_v<std::remove_const_t<Pointed>, seatbook_session>) {
    return parts.session;
  } else if constexpr (std::is_pointer_v<Parameter> && std::is_class_v<Pointed>) {
    return static_cast<Parameter>(parts.request);
  } else if constexpr (std::is_pointer_v<Parameter>) {
    return reinterpret_cast<Parameter>(&parts.outputs.at(parts.output_count++));  // NOLINT: 64 bits
  } else {
    const std::int64_t value = parts.arguments.front();
    parts.arguments.pop_front();
    return static_cast<Parameter>(value);
  }
}

json output_json(const json& output, std::uint64_t value) {
  const std::string type = output.at("type");
  if (type.starts_with("id")) return value == 0 ? json() : json(value);
  if (type == "time") {
    const auto time = static_cast<seatbook_time>(value);
    return time == SEATBOOK_NONE ? json() : time_json(time);
  }
  return value;
}

Reply result_of(const json& operation, Parts& parts) {
  const Rows rows(parts.rows);
  const std::string form = operation.at("form");
  if (form == "nothing") return {std::nullopt, nullptr};
  if (form == "value") {
    return {std::nullopt, output_json(operation.at("outputs").at(0), parts.outputs[0])};
  }
  if (seatbook_rows_name(rows.get()) != operation.at("shape"))
    throw CaseError("the result has another shape");
  if (form == "list") return {std::nullopt, rows_json(rows.get())};
  if (seatbook_rows_count(rows.get()) != 1) throw CaseError("the result does not have one row");
  json result = row_json(rows.get(), 0);
  // The out-parameters must equal the values in the table.
  std::size_t at = 0;
  for (const json& output : operation.at("outputs")) {
    const std::uint64_t value = parts.outputs.at(at++);
    const std::string name = output.at("name");
    json expected = name == "done" ? result.at("summary").at("done") : result.at(name);
    if (name == "total" && expected.is_null())
      expected = static_cast<std::uint64_t>(SEATBOOK_UNLIMITED);
    if (output_json(output, value) != expected) throw CaseError(name + " differs from the table");
  }
  if (operation.at("name") == "import_roster") {
    seatbook_rows* csv = nullptr;
    if (seatbook_rows_to_csv(rows.get(), nullptr, &csv, nullptr) != SEATBOOK_OK) {
      throw CaseError("seatbook_rows_to_csv() failed");
    }
    const Rows kept(csv);
    result["to_csv"] = seatbook_rows_text(csv, 0, SEATBOOK_COLUMN_TEXTS_VALUE, nullptr);
  }
  return {std::nullopt, result};
}

template <class... Parameters>
Call call(const char* name, seatbook_code (*function)(Parameters...)) {
  return [name, function](seatbook_session* session, const json& arguments) -> Reply {
    const json& operation = api().get("operations", name);
    const bool has_struct = !operation.at("request").is_null();
    Request request(has_struct ? operation.at("request").get<std::string>() : "seatbook_actor");
    Parts parts;
    parts.session = session;
    if (has_struct) {
      request.fill(arguments);
      parts.request = request.bytes();
    } else {
      std::size_t known = 0;
      for (const json& argument : operation.at("arguments")) {
        const std::string member = argument.at("name");
        const bool given = arguments.contains(member);
        known += given ? 1 : 0;
        const std::int64_t default_value = member == "limit" ? 1000 : 0;
        parts.arguments.push_back(
            given ? request.number(member, argument.at("type"), arguments.at(member))
                  : default_value);
      }
      if (known != arguments.size()) throw CaseError("unknown argument");
    }
    if (request.error()) return {request.error(), nullptr};
    const std::tuple<Parameters...> all{part<Parameters>(parts)...};
    const seatbook_code code = std::apply(function, all);
    if (operation.at("form") == "flag") return {std::nullopt, code == 1};
    if (code == SEATBOOK_OK) return result_of(operation, parts);
    const ErrorObject error(parts.error);
    if (parts.rows != nullptr) throw CaseError("a failed call has written a result");
    if (seatbook_error_code(parts.error) != code) throw CaseError("the error has another code");
    return {error_json(parts.error), nullptr};
  };
}

}  // namespace

const std::map<std::string, Call>& calls() {
  static const std::map<std::string, Call> all = {
#include "capi/generated/calls.inc"
  };
  return all;
}

}  // namespace seatbook::capi_tests
