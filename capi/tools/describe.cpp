// Prints a description of the C++ API as JSON: enumerations, the members of requests and results
// with their types and defaults, and the operations with their permissions. tools/bindgen generates
// the C API and the bindings from it and from the comments of the headers.
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "capi/src/members.hpp"
#include "capi/src/opening.hpp"
#include "capi/src/operations.hpp"

namespace seatbook::capi {
namespace {

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";  // names only: nothing needs escaping
}

// ------------------------------------------------------------------------------- enumerations

#define SEATBOOK_ENUM(type)                    \
  inline const char* enum_name(type /*any*/) { \
    return #type;                              \
  }
SEATBOOK_ENUM(Code)
SEATBOOK_ENUM(Role)
SEATBOOK_ENUM(Permission)
SEATBOOK_ENUM(Operation)
SEATBOOK_ENUM(PersonState)
SEATBOOK_ENUM(LicenseState)
SEATBOOK_ENUM(CapacityPolicy)
SEATBOOK_ENUM(BillingPeriod)
SEATBOOK_ENUM(HistoryKind)
SEATBOOK_ENUM(EventKind)
SEATBOOK_ENUM(SeatSort)
SEATBOOK_ENUM(CsvProfile)
SEATBOOK_ENUM(DateOrder)
SEATBOOK_ENUM(UtilizationBy)
SEATBOOK_ENUM(RosterOutcome)
SEATBOOK_ENUM(InventoryOutcome)
SEATBOOK_ENUM(OffboardingOutcome)
SEATBOOK_ENUM(Durability)
SEATBOOK_ENUM(LogLevel)
SEATBOOK_ENUM(LogKind)
#undef SEATBOOK_ENUM

template <class Enum>
std::string enum_values() {
  std::string text;
  for (int value = 0; value < 255; ++value) {
    const auto name = to_string(static_cast<Enum>(value));
    if (name == "unknown") continue;
    text += (text.empty() ? "" : ", ") + ("[" + quoted(name) + ", ") + std::to_string(value) + "]";
  }
  return text;
}

// -------------------------------------------------------------------------------------- types

struct Record {
  std::string name;
  std::string type_name;
  std::string outputs;
  std::string members;
};

/// Collects the records in the order in which they are found.
std::vector<Record>& records() {
  static std::vector<Record> all;
  return all;
}

template <class Value>
std::string type_of();

template <class Tag>
std::string id_type(Id<Tag> /*any*/) {
  if (std::is_same_v<Tag, PersonTag>) return "id person";
  if (std::is_same_v<Tag, LicenseTag>) return "id license";
  if (std::is_same_v<Tag, AssignmentTag>) return "id assignment";
  if (std::is_same_v<Tag, ActorTag>) return "id actor";
  if (std::is_same_v<Tag, RecordTag>) return "id record";
  return "number";  // Seq, Version, Revision: ordinals
}

template <class Value>
std::string default_of(const Value& value) {
  if constexpr (std::is_same_v<Value, bool>)
    return value ? "true" : "false";
  else if constexpr (std::is_integral_v<Value>)
    return std::to_string(value);
  else if constexpr (std::is_enum_v<Value>)
    return quoted(to_string(value));
  else if constexpr (std::is_same_v<Value, SeatTotal>)
    return std::to_string(value.seats());
  else if constexpr (std::is_same_v<Value, Timestamp>)
    return std::to_string(value.us);
  else
    return "null";
}

/// A member or an argument. `more` is further keys, each with a leading comma.
std::string member(const char* name, const std::string& type, const std::string& fallback,
                   const std::string& more = "") {
  return "{\"name\": " + quoted(name) + ", \"type\": " + quoted(type) +
         (fallback == "null" ? "" : ", \"default\": " + fallback) + more + "}";
}

void join(std::string& list, const std::string& item) {
  if (!list.empty()) list += ", ";
  list += item;
}

template <class Struct, class Value>
std::string request_member(const char* name, const Value& value, const std::string& more = "") {
  const bool required = is_required<Struct, Value>(name);
  return member(name, type_of<Value>(), required ? "null" : default_of(value),
                (required ? ", \"required\": true" : "") + more);
}

/// Returns the members of a request, or of a part of one.
template <class Struct>
std::string request_members() {
  std::string list;
  const Struct defaults;
  Description<Struct>::visit([&](const char* name, auto pointer) {
    join(list, request_member<Struct>(name, defaults.*pointer));
  });
  return list;
}

template <class Struct>
void describe_record() {
  const std::string name = Description<Struct>::name;
  for (const Record& known : records()) {
    if (known.name == name) return;
  }
  const auto at = records().size();
  std::string outputs;
  for (const char* output : outputs_of<Struct>) join(outputs, quoted(output));
  records().push_back({name, Description<Struct>::type_name, outputs, ""});
  std::string list;
  Description<Struct>::visit(
      [&]<class Value>(const char* member_name, Value Struct::* /*pointer*/) {
        std::string type = type_of<Value>();
        if constexpr (IsList<Value>::value) {
          if constexpr (NamesColumns<Struct, typename Value::value_type>)
            type += " with column_name";
        }
        join(list, member(member_name, type, "null"));
      });
  Derived<Struct>::visit([&](const char* member_name, auto function) {
    using Value = std::decay_t<decltype(function(std::declval<const Struct&>()))>;
    join(list, "{\"name\": " + quoted(member_name) + ", \"type\": " + quoted(type_of<Value>()) +
                   ", \"derived\": true" + (Derived<Struct>::in_json ? "" : ", \"json\": false") +
                   "}");
  });
  records()[at].members = list;
}

template <class Value>
struct Inner;
template <class Value>
struct Inner<Edit<Value>> {
  using type = Value;
};

template <class Value>
std::string type_of() {
  if constexpr (std::is_same_v<Value, std::string>)
    return "text";
  else if constexpr (std::is_same_v<Value, std::string_view>)
    return "text";
  else if constexpr (std::is_same_v<Value, bool>)
    return "flag";
  else if constexpr (std::is_same_v<Value, std::uint32_t>)
    return "number32";
  else if constexpr (std::is_same_v<Value, std::int32_t>)
    return "integer32";
  else if constexpr (std::is_integral_v<Value>)
    return "number";
  else if constexpr (std::is_enum_v<Value>)
    return std::string("choice ") + enum_name(Value{});
  else if constexpr (std::is_same_v<Value, Timestamp>)
    return "time";
  else if constexpr (std::is_same_v<Value, Date>)
    return "date";
  else if constexpr (std::is_same_v<Value, Money>)
    return "money";
  else if constexpr (std::is_same_v<Value, MoneySum>)
    return "money_sum";
  else if constexpr (std::is_same_v<Value, SeatTotal>)
    return "total";
  else if constexpr (std::is_same_v<Value, Token>)
    return "request_id";
  else if constexpr (std::is_same_v<Value, std::shared_ptr<Progress>>)
    return "progress";
  else if constexpr (std::is_same_v<Value, std::shared_ptr<Clock>>)
    return "clock";
  else if constexpr (std::is_same_v<Value, LogCallback>)
    return "log";
  else if constexpr (std::is_same_v<Value, Permissions>)
    return "permissions";
  else if constexpr (Described<Value>) {
    describe_record<Value>();
    return std::string("record ") + Description<Value>::name;
  } else if constexpr (IsList<Value>::value) {
    return "list " + type_of<typename Value::value_type>();
  } else if constexpr (Optional<Value>) {
    return "optional " + type_of<typename Value::value_type>();
  } else if constexpr (requires { typename Inner<Value>::type; }) {
    return "edit " + type_of<typename Inner<Value>::type>();
  } else {
    return id_type(Value{});
  }
}

// --------------------------------------------------------------------------------- operations

template <class Returned>
std::string result_of() {
  if constexpr (std::is_void_v<Returned>)
    return "nothing";
  else
    return type_of<Returned>();
}

/// The default of an argument of a page.
template <class Value>
std::string default_of_argument() {
  if (std::is_same_v<Value, Seq>) return "0";
  return std::is_same_v<Value, std::uint32_t> ? std::to_string(default_page_limit) : "null";
}

std::string permissions_of(const char* name) {
  const auto operation = operation_from_string(name);
  if (!operation) return "";  // can() and why_not()
  const Permissions required = required_permissions(*operation);
  std::string list;
  for (std::size_t at = 0; at < permission_count; ++at) {
    const auto permission = static_cast<Permission>(at);
    bool implied = false;  // by another one that is required: `assign` by `edit`
    for (std::size_t by = 0; by < permission_count; ++by) {
      const auto other = static_cast<Permission>(by);
      implied |= by != at && required.has(other) && Permissions(other).has(permission);
    }
    if (required.has(permission) && !implied) join(list, quoted(to_string(permission)));
  }
  return ", \"permissions\": [" + list + "]" +
         (own_view_suffices(*operation) ? ", \"own_view\": true" : "");
}

class Printer {
 public:
  using Names = std::initializer_list<const char*>;

  template <class Returned, class Request>
  void call(const char* name, Result<Returned> (Session::* /*method*/)(const Request&)) {
    add<Returned>(name, "command", Description<Request>::name, request_members<Request>());
  }
  template <class Returned, class Request>
  void call(const char* name, Result<Returned> (Session::* /*method*/)(const Request&) const) {
    add<Returned>(name, "query", Description<Request>::name, request_members<Request>());
  }
  template <class Returned, class... Values>
  void call(const char* name, Result<Returned> (Session::* /*method*/)(Values...) const,
            Names names) {
    std::string list;
    [[maybe_unused]] const auto* each = names.begin();
    (join(list, member(*each++, type_of<Values>(), default_of_argument<Values>())), ...);
    add<Returned>(name, "arguments", "", list);
  }

  /// Adds a query that returns bool and cannot fail, or one that returns an optional error.
  template <class Value>
  void call(const char* name, bool (Session::* /*method*/)(Value) const, Names names) {
    const std::string list = member(*names.begin(), type_of<Value>(), "null");
    add<bool>(name, "arguments", "", list);
  }
  template <class Value>
  void call(const char* name, std::optional<Error> (Session::* /*method*/)(Value) const,
            Names names) {
    const std::string list = member(*names.begin(), type_of<Value>(), "null");
    add<void>(name, "arguments", "", list);
  }

  template <class Request>
  void file(const char* name,
            Result<ExportReport> (Session::* /*method*/)(const Request&, const CsvSink&) const) {
    // The part of the request that has a member, as further keys.
    std::map<std::string, std::string> parts;
    Description<Request>::visit([&]<class Part>(const char* part, Part Request::* /*pointer*/) {
      if constexpr (Described<Part>) {
        Description<Part>::visit([&](const char* inner, auto /*pointer*/) {
          parts[inner] =
              ", \"part\": " + quoted(part) + ", \"of\": " + quoted(Description<Part>::type_name);
        });
      }
    });
    Request defaults;
    std::string list;
    visit_export<Request>([&](const char* member_name, auto access) {
      join(list, request_member<Request>(member_name, access(defaults), parts[member_name]));
    });
    join(list, member("sink", "sink", "null"));
    add_line(name, "file", Description<Request>::name, list, type_of<ExportedFile>());
  }

  [[nodiscard]] const std::string& operations() const { return operations_; }

 private:
  template <class Returned>
  void add(const char* name, const char* kind, const char* request, const std::string& members) {
    add_line(name, kind, request, members, result_of<Returned>());
  }
  void add_line(const char* name, const char* kind, const char* request, const std::string& members,
                const std::string& result) {
    if (!operations_.empty()) operations_ += ",\n";
    operations_ += "    {\"name\": " + quoted(name) + ", \"kind\": " + quoted(kind) +
                   ", \"struct\": " + quoted(request) + ", \"request\": [" + members +
                   "], \"result\": " + quoted(result) + permissions_of(name) + "}";
  }
  std::string operations_;
};

/// The structs of requests that are no operation's request.
template <class... Structs>
struct StructList {
  static bool has(const std::string& name) { return ((name == Description<Structs>::name) || ...); }
  static std::string text() {
    std::string text;
    ((text += (text.empty() ? "" : ",\n") + std::string("    {\"name\": ") +
              quoted(Description<Structs>::name) +
              ", \"cpp\": " + quoted(Description<Structs>::type_name) + ", \"members\": [" +
              request_members<Structs>() + "]}"),
     ...);
    return text;
  }
};
using Parts = StructList<Opening, Actor, SeatUse, PeopleColumns, LicenseColumns, CsvFormat>;

template <class... Enums>
std::string enumerations() {
  std::string text;
  ((text += (text.empty() ? "" : ",\n") + std::string("    {\"name\": ") +
            quoted(enum_name(Enums{})) + ", \"values\": [" + enum_values<Enums>() + "]}"),
   ...);
  return text;
}

void print() {
  Printer printer;
  describe_record<Ids>();
  describe_record<Texts>();
  visit_operations(printer);
  describe_record<Outcome>();
  describe_record<BookStats>();
  describe_record<LogEntry>();
  std::string all_records;
  for (const Record& record : records()) {
    if (Parts::has(record.name)) continue;
    if (!all_records.empty()) all_records += ",\n";
    all_records += "    {\"name\": " + quoted(record.name) +
                   ", \"cpp\": " + quoted(record.type_name) + ", \"outputs\": [" + record.outputs +
                   "], \"members\": [" + record.members + "]}";
  }
  std::printf(
      "{\n  \"enumerations\": [\n%s\n  ],\n  \"structs\": [\n%s\n  ],\n  \"records\": [\n%s\n  ],\n"
      "  \"operations\": [\n%s\n  ]\n}\n",
      enumerations<Code, Role, Permission, Operation, PersonState, LicenseState, CapacityPolicy,
                   BillingPeriod, HistoryKind, EventKind, SeatSort, CsvProfile, DateOrder,
                   UtilizationBy, RosterOutcome, InventoryOutcome, OffboardingOutcome, Durability,
                   LogLevel, LogKind>()
          .c_str(),
      Parts::text().c_str(), all_records.c_str(), printer.operations().c_str());
}

}  // namespace
}  // namespace seatbook::capi

int main() {
  seatbook::capi::print();
}
