#include "codec/record_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "codec/flat_json.hpp"
#include "seatbook/record_codec.hpp"
#include "text/utf8.hpp"

namespace seatbook::codec {
namespace {

/// Removes members from an object. Stops checking after the first error.
class Reader {
 public:
  /// Members that a later format than `format` added are unknown.
  explicit Reader(json object, std::uint64_t format, std::string prefix = "")
      : object_(std::move(object)), format_(format), prefix_(std::move(prefix)) {}

  template <class Record>
  static std::optional<Error> read_record(Reader reader, Record& record) {
    Description<Record>::visit([&](const char* name, auto member) {
      const auto added_by = static_cast<std::uint64_t>(types::format_of(member));
      if (added_by <= reader.format_) reader.read(name, record.*member);
    });
    if (!reader.error_ && !reader.object_.empty()) {
      reader.fail(reader.object_.begin().key(), "is unknown");
    }
    return std::move(reader.error_);
  }

 private:
  void read(const char* member, std::string& text) {
    json given = take(member);
    if (!require(given.is_string(), member, "is not a string")) return;
    text = std::move(given.get_ref<std::string&>());
    require(text::is_valid(text), member, "is not UTF-8 or contains NUL");
  }
  void read(const char* member, bool& flag) {
    const json given = take(member);
    if (require(given.is_boolean(), member, "is not a boolean")) flag = given.get<bool>();
  }
  template <class Tag>
  void read(const char* member, Id<Tag>& id) {
    read_number(member, take(member), "is not a number from 0 to 2^53", id);
  }
  template <class Tag>
  void read(const char* member, std::optional<Id<Tag>>& id) {
    const json given = take(member);
    if (given.is_null()) return;
    read_number(member, given, "is neither a number from 0 to 2^53 nor null", id.emplace());
    // A missing id is null; 0 would be a second spelling.
    require(id->value != 0, member, "must be null instead of 0");
  }
  void read(const char* member, SeatTotal& total) {
    const json given = take(member);
    total = SeatTotal::unlimited();
    if (given.is_null()) return;
    read_number(member, given, "is neither a number from 0 to 2^53 nor null", total);
  }
  void read(const char* member, std::optional<LicenseTerms>& terms) {
    json given = take(member);
    if (given.is_null()) return;
    if (!require(given.is_object(), member, "is neither an object nor null")) return;
    read_part(member, std::move(given), terms.emplace());
  }
  void read(const char* member, std::vector<FieldChange>& changes) {
    json given = take(member);
    if (!require(given.is_array(), member, "is not an array")) return;
    for (json& change : given) {
      if (error_) return;
      read_part(member, std::move(change), changes.emplace_back());
    }
  }
  template <class Value>
  void read(const char* member, std::optional<Value>& value) {
    if (const auto at = object_.find(member); at != object_.end() && at->is_null()) {
      object_.erase(at);
      return;
    }
    read(member, value.emplace());
  }
  /// An enumerator, a time, a date or an amount.
  template <class Value>
  void read(const char* member, Value& value) {
    std::string given;
    read(member, given);
    if constexpr (std::is_enum_v<Value>) {
      const auto known = types::from_name<Value>(given);
      if (require(known.has_value(), member, "is not one of its enumerators")) value = *known;
    } else {
      const auto parsed = Value::parse(given);
      // Each value has one spelling, so that equal records are equal bytes.
      if (require(parsed && parsed->to_string() == given, member, "is not a valid value")) {
        value = *parsed;
      }
    }
  }

  /// Reads an object within the record.
  template <class Part>
  void read_part(const char* member, json object, Part& part) {
    if (error_) return;
    error_ = read_record(Reader(std::move(object), format_, std::string(member) + "."), part);
  }
  /// Returns the member; null, with the error set, if it is missing.
  json take(const char* member) {
    const auto at = object_.find(member);
    if (at == object_.end()) {
      fail(member, "is missing");
      return nullptr;
    }
    json value = std::move(*at);
    object_.erase(at);
    return value;
  }
  template <class Number>
  void read_number(const char* member, const json& given, const char* problem, Number& number) {
    const bool valid =
        given.is_number_unsigned() && given.get<std::uint64_t>() <= max_record_number;
    if (require(valid, member, problem)) number = Number(given.get<std::uint64_t>());
  }
  bool require(bool condition, const char* member, const char* problem) {
    if (!condition) fail(member, problem);
    return condition && !error_;
  }
  void fail(const std::string& member, const char* what) {
    if (!error_) error_ = member_error(prefix_ + member, what);
  }

  json object_;
  std::uint64_t format_;
  std::string prefix_;
  std::optional<Error> error_;
};

}  // namespace

Result<RecordImage> from_json(RecordKind kind, json object, std::uint64_t format) {
  RecordImage image = types::empty_record(kind);
  auto error = std::visit(
      [&](auto& record) { return Reader::read_record(Reader(std::move(object), format), record); },
      image);
  if (error) return *std::move(error);
  return image;
}

}  // namespace seatbook::codec
