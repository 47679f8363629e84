#include "capi/api.hpp"

#include <cstring>
#include <fstream>
#include <utility>

namespace seatbook::capi_tests {
namespace {

std::string formatted(std::size_t (*format)(std::int64_t, char*, std::size_t), std::int64_t value) {
  char buffer[SEATBOOK_MAX_VALUE_TEXT];
  const std::size_t size = format(value, buffer, sizeof buffer);
  if (size >= sizeof buffer) throw CaseError("the text of a value exceeds SEATBOOK_MAX_VALUE_TEXT");
  return {buffer, size};
}

json cell_json(const seatbook_rows* rows, std::size_t row, std::uint32_t column) {
  if (seatbook_rows_is_null(rows, row, column) == 1) return nullptr;
  const std::int64_t number = seatbook_rows_number(rows, row, column);
  switch (seatbook_rows_column_type(rows, column)) {
    case SEATBOOK_TYPE_ID:
    case SEATBOOK_TYPE_NUMBER:
      return static_cast<std::uint64_t>(number);
    case SEATBOOK_TYPE_FLAG:
      return number == 1;
    case SEATBOOK_TYPE_CHOICE:
      return seatbook_choice_name(seatbook_rows_column_choice(rows, column),
                                  static_cast<std::int32_t>(number));
    case SEATBOOK_TYPE_TIME:
      return time_json(number);
    case SEATBOOK_TYPE_DATE:
      return formatted(
          [](std::int64_t date, char* to, std::size_t size) {
            return seatbook_date_format(static_cast<seatbook_date>(date), to, size);
          },
          number);
    case SEATBOOK_TYPE_MONEY:
      return formatted(&seatbook_money_format, number);
    case SEATBOOK_TYPE_MONEY_SUM:
    case SEATBOOK_TYPE_TEXT: {
      std::size_t size = 0;
      const char* const text = seatbook_rows_text(rows, row, column, &size);
      if (text[size] != '\0') throw CaseError("a text is not terminated by NUL");
      return std::string(text, size);
    }
    case SEATBOOK_TYPE_LIST: {
      const seatbook_rows* const list = seatbook_rows_list(rows, column);
      const std::uint64_t* const offsets = seatbook_rows_offsets(rows, column);
      const std::string name = seatbook_rows_name(list);
      json items = json::array();
      for (std::uint64_t n = offsets[row]; n < offsets[row + 1]; ++n) {
        const bool plain = name == "Ids" || name == "Texts";
        items.push_back(plain ? cell_json(list, n, 0) : row_json(list, n));
      }
      return items;
    }
    default:
      throw CaseError("a column has an unknown type");
  }
}

/// Compares a column with its description in seatbook.api.json.
void check_column(const json& described, const seatbook_rows* rows, std::uint32_t column) {
  static const std::vector<std::string> types = {"",          "id",   "number", "flag",
                                                 "choice",    "time", "date",   "money",
                                                 "money_sum", "text", "record", "list"};
  const bool same =
      described.at("name") == seatbook_rows_column_name(rows, column) &&
      described.at("type") ==
          types.at(static_cast<std::size_t>(seatbook_rows_column_type(rows, column))) &&
      described.value("members", 0U) == seatbook_rows_column_members(rows, column);
  if (!same) throw CaseError("a column differs from seatbook.api.json: " + shown(described));
}

void check_shape(const seatbook_rows* rows) {
  const json& columns = api().get("shapes", seatbook_rows_name(rows)).at("columns");
  if (columns.size() != seatbook_rows_column_count(rows)) {
    throw CaseError(std::string("the number of columns differs from seatbook.api.json: ") +
                    seatbook_rows_name(rows));
  }
  for (std::uint32_t column = 0; column < columns.size(); ++column) {
    check_column(columns[column], rows, column);
    const std::string name = columns[column].at("name");
    if (seatbook_rows_column(rows, name.data(), name.size()) != column) {
      throw CaseError("seatbook_rows_column() does not find the column " + name);
    }
  }
}

/// Returns the members in the columns from `column` to `end`, without the prefix of their names.
json object_json(const seatbook_rows* rows, std::size_t row, std::uint32_t column,
                 std::uint32_t end, std::size_t prefix) {
  const json& described = api().get("shapes", seatbook_rows_name(rows)).at("columns");
  json object = json::object();
  while (column < end) {
    const std::string name = seatbook_rows_column_name(rows, column);
    const std::uint32_t members = seatbook_rows_column_members(rows, column);
    if (seatbook_rows_column_type(rows, column) == SEATBOOK_TYPE_RECORD) {
      const bool missing = seatbook_rows_is_null(rows, row, column) == 1;
      object[name.substr(prefix)] =
          missing ? json()
                  : object_json(rows, row, column + 1, column + 1 + members, name.size() + 1);
    } else if (described.at(column).value("json", true)) {
      object[name.substr(prefix)] = cell_json(rows, row, column);
    }
    column += 1 + members;
  }
  return object;
}

}  // namespace

Api::Api(const std::string& path) {
  std::ifstream file(path);
  all_ = json::parse(file);
  for (const auto& [list, entries] : all_.items()) {
    for (const json& entry : entries) {
      if (entry.contains("name")) by_name_[list][entry.at("name")] = entry;
    }
  }
}

const json& Api::get(const char* list, const std::string& name) const {
  const auto& entries = by_name_.at(list);
  const auto found = entries.find(name);
  if (found == entries.end())
    throw CaseError("seatbook.api.json: " + std::string(list) + " has no entry " + name);
  return found->second;
}

const Api& api() {
  static const Api the_api(SEATBOOK_API_JSON);
  return the_api;
}

json time_json(seatbook_time time) {
  return formatted(&seatbook_time_format, time);
}

json row_json(const seatbook_rows* rows, std::size_t row) {
  check_shape(rows);
  return object_json(rows, row, 0, seatbook_rows_column_count(rows), 0);
}

json rows_json(const seatbook_rows* rows) {
  json list = json::array();
  for (std::size_t row = 0; row < seatbook_rows_count(rows); ++row) {
    list.push_back(row_json(rows, row));
  }
  return list;
}

json error_json(const seatbook_error* error) {
  std::size_t count = 0;
  const std::uint64_t* const values = seatbook_error_values(error, &count);
  const seatbook_rows* const outcomes = seatbook_error_outcomes(error);
  return {{"error", seatbook_choice_name(SEATBOOK_CHOICE_CODE, seatbook_error_code(error))},
          {"field", seatbook_error_field(error)},
          {"index", seatbook_error_index(error)},
          {"values", std::vector<std::uint64_t>(values, values + count)},
          {"message", seatbook_error_message(error)},
          {"outcomes", outcomes == nullptr ? json::array() : rows_json(outcomes)}};
}

// ------------------------------------------------------------------------------------ requests

Request::Request(const std::string& struct_name) : described_(api().get("structs", struct_name)) {}

void Request::fill(const json& members) {
  bytes_ = block(described_.at("size"));
  fill_struct(described_, members, bytes_);
}

char* Request::block(std::size_t size) {
  return reinterpret_cast<char*>(blocks_.emplace_back((size + 7) / 8).data());  // NOLINT
}

char* Request::fill_struct(const json& described, const json& members, char* to) {
  const std::size_t size = described.at("size");
  std::memcpy(to, &size, sizeof size);
  std::uint64_t fields = 0;
  std::size_t known = 0;
  for (const json& member : described.at("members")) {
    if (!member.contains("type") || !members.contains(member.at("name"))) continue;
    ++known;
    fields |= std::uint64_t{1} << member.at("bit").get<unsigned>();
    base_ = to;
    put(member, members.at(member.at("name")), to + member.at("offset").get<std::size_t>());
  }
  if (known != members.size()) throw CaseError("unknown member in " + shown(members));
  std::memcpy(to + sizeof size, &fields, sizeof fields);
  return to;
}

seatbook_text Request::text(const json& value) {
  const std::string& kept = texts_.emplace_back(value.get<std::string>());
  return {kept.data(), kept.size()};
}

std::int64_t Request::number(const std::string& name, const std::string& type, const json& value) {
  const auto first_word = type.substr(0, type.find(' '));
  // An invalid text is passed as a placeholder: the library reports it in the order of checks
  // (C74).
  const auto parsed = [&](auto parse, auto unreadable, auto out_of_range) -> std::int64_t {
    const auto& given = value.get_ref<const std::string&>();
    auto result = unreadable;
    const seatbook_code code = parse(given.data(), given.size(), &result, nullptr);
    const bool beyond = code == SEATBOOK_MONEY_OUT_OF_RANGE || code == SEATBOOK_DATE_OUT_OF_RANGE;
    return beyond ? out_of_range : result;
  };
  if (first_word == "flag") return value.get_ref<const bool&>() ? 1 : 0;
  if (first_word == "choice") {
    const json& choice = api().get("choices", type.substr(first_word.size() + 1));
    const auto& text = value.get_ref<const std::string&>();
    constexpr std::int32_t unknown_choice = 255;
    std::int32_t number = unknown_choice;
    static_cast<void>(
        seatbook_choice_value(choice.at("number"), text.data(), text.size(), &number, nullptr));
    return number;
  }
  if (first_word == "permissions") {
    std::int64_t bits = 0;
    for (const json& each : value) {
      const json& values = api().get("choices", "Permission").at("values");
      bits |= std::int64_t{1} << values.at(each.get<std::string>()).get<unsigned>();
    }
    return bits;
  }
  if (first_word == "total" && value.is_null()) return SEATBOOK_UNLIMITED;
  if (value.is_string() && first_word == "money")
    return parsed(&seatbook_money_parse, seatbook_money{SEATBOOK_UNREADABLE_MONEY},
                  seatbook_money{SEATBOOK_MAX_MONEY + 1});
  if (value.is_string() && first_word == "time")
    return parsed(&seatbook_time_parse, seatbook_time{SEATBOOK_UNREADABLE_TIME},
                  seatbook_time{SEATBOOK_MAX_TIME + 1});
  if (value.is_string() && first_word == "date")
    return parsed(&seatbook_date_parse, seatbook_date{SEATBOOK_UNREADABLE_DATE},
                  seatbook_date{INT32_MAX});
  if (!value.is_number_integer()) throw CaseError(name + ": not a number: " + shown(value));
  return value.get<std::int64_t>();
}

void Request::put(const json& member, const json& value, char* to) {
  std::string type = member.at("type");
  const bool edit = type.starts_with("edit ");
  if (edit) type = type.substr(5);
  if (type.starts_with("optional ")) type = type.substr(9);
  if (edit && value.is_null()) {
    if (type == "money" || type == "time") {  // both have 64 bits
      const seatbook_money empty = SEATBOOK_NONE;
      std::memcpy(to, &empty, sizeof empty);
    } else if (type == "date") {
      const seatbook_date empty = SEATBOOK_NO_DATE;
      std::memcpy(to, &empty, sizeof empty);
    } else if (type.starts_with("id ")) {
      const seatbook_id empty = SEATBOOK_NO_ID;
      std::memcpy(to, &empty, sizeof empty);
    }
    return;  // already 0: an empty text, the default choice
  }
  const std::string name = member.at("name");
  if (type == "text") {
    const seatbook_text given = text(value);
    std::memcpy(to, &given, sizeof given);
  } else if (type == "request_id") {
    const auto& given = value.get_ref<const std::string&>();
    seatbook_error* parse_error = nullptr;
    if (seatbook_request_id_parse(given.data(), given.size(),
                                  reinterpret_cast<std::uint8_t*>(to),  // NOLINT: bytes
                                  &parse_error) != SEATBOOK_OK) {
      const ErrorObject kept(parse_error);
      json error = error_json(parse_error);
      error["field"] = name;
      set_error(error);
    }
  } else if (type == "progress") {
    if (value != "cancelled") throw CaseError("not a state of progress: " + shown(value));
    seatbook_progress* progress = nullptr;
    static_cast<void>(seatbook_progress_new(&progress, nullptr));
    progress_.emplace_back(progress);
    seatbook_progress_cancel(progress);
    std::memcpy(to, &progress, sizeof progress);
  } else if (type == "sink") {
    if (value != "stops") throw CaseError("not a sink: " + shown(value));
    sinks_.push_back({sizeof(seatbook_sink), nullptr,
                      [](void*, const char*, std::size_t) { return std::int32_t{0}; }, nullptr});
    const seatbook_sink* const sink = &sinks_.back();
    std::memcpy(to, &sink, sizeof sink);
  } else if (type.starts_with("record ")) {
    const std::string c = member.at("c");  // const seatbook_people_columns *
    const json& part = api().get("structs", c.substr(6, c.find(' ', 6) - 6));
    char* const base = base_;
    char* const filled = fill_struct(part, value, block(part.at("size")));
    base_ = base;
    std::memcpy(to, &filled, sizeof filled);
  } else if (type.starts_with("list ")) {
    put_list(member, type, value, to);
  } else {
    const std::int64_t given = number(name, type, value);
    std::memcpy(to, &given, member.at("size").get<std::size_t>());  // little-endian
  }
}

void Request::put_list(const json& member, const std::string& type, const json& value, char* to) {
  if (!value.is_array()) throw CaseError("not a list: " + shown(value));
  char* const base = base_;
  const std::size_t count = value.size();
  std::size_t stride = sizeof(seatbook_id);
  const json* part = nullptr;
  if (type.starts_with("list record ")) {
    const std::string c = member.at("c");
    part = &api().get("structs", c.substr(6, c.find(' ', 6) - 6));
    stride = part->at("size");
  }
  char* const items = block(stride * count + 1);
  for (std::size_t n = 0; n < count; ++n) {
    char* const item = items + n * stride;
    if (part != nullptr) {
      // Copies the previous item if it is equal.
      if (n > 0 && value[n] == value[n - 1] && n > 1) {
        std::memcpy(item, item - stride, stride);
      } else {
        fill_struct(*part, value[n], item);
      }
    } else {
      const std::uint64_t id = value[n].get<std::uint64_t>();
      std::memcpy(item, &id, sizeof id);
    }
  }
  std::memcpy(to, &items, sizeof items);
  for (const json& other : described_.at("members")) {
    if (other.at("name") == member.at("count")) {
      std::memcpy(base + other.at("offset").get<std::size_t>(), &count, sizeof count);
    }
  }
}

}  // namespace seatbook::capi_tests
