#include "codec/record_json.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "codec/flat_json.hpp"
#include "seatbook/record_codec.hpp"
#include "text/utf8.hpp"

namespace seatbook::codec {
namespace {

// ------------------------------------------------------------------------ members of the records
// Shared by both directions: `form` is a Writer and the record const, or `form` is a Reader.

template <class Given, class Record>
concept Is = std::same_as<std::remove_const_t<Given>, Record>;

template <class Form, Is<BookInfo> Record>
void members(Form& form, Record& info) {
  form.text("unicode_version", info.unicode_version);
}

template <class Form, Is<ActorRecord> Record>
void members(Form& form, Record& actor) {
  form.number("id", actor.id);
  form.text("actor", actor.actor);
  form.number_or_null("person", actor.person);
}

template <class Form, Is<Person> Record>
void members(Form& form, Record& person) {
  form.number("id", person.id);
  form.text("name", person.name);
  form.text("email", person.email);
  form.text("host_key", person.host_key);
  form.name("state", person.state);
  form.number("revision", person.revision);
}

template <class Form, Is<LicenseTerms> Record>
void members(Form& form, Record& terms) {
  form.total("total_seats", terms.total_seats);
  form.name("policy", terms.policy);
  form.number("owner", terms.owner);
  form.number_or_null("backup_owner", terms.backup_owner);
}

template <class Form, Is<License> Record>
void members(Form& form, Record& license) {
  form.number("id", license.id);
  form.text("name", license.name);
  form.text("vendor", license.vendor);
  form.text("product_group", license.product_group);
  form.text("host_key", license.host_key);
  form.total("total_seats", license.total_seats);
  form.name("policy", license.policy);
  form.number("owner", license.owner);
  form.number_or_null("backup_owner", license.backup_owner);
  form.value_or_null("cost_per_seat", license.cost_per_seat);
  form.text("currency", license.currency);
  form.name("billing_period", license.billing_period);
  form.value_or_null("renewal_date", license.renewal_date);
  form.name("state", license.state);
  form.number("revision", license.revision);
}

template <class Form, Is<Assignment> Record>
void members(Form& form, Record& assignment) {
  form.number("id", assignment.id);
  form.number("license", assignment.license);
  form.number("person", assignment.person);
  form.value("assigned_at", assignment.assigned_at);
  form.number("assigned_by", assignment.assigned_by);
  form.value_or_null("revoked_at", assignment.revoked_at);
  form.number_or_null("revoked_by", assignment.revoked_by);
  form.text("revoke_reason", assignment.revoke_reason);
  form.text("access_level", assignment.access_level);
  form.text("account", assignment.account);
  form.text("notes", assignment.notes);
  form.value_or_null("cost_override", assignment.cost_override);
  form.flag("needs_review", assignment.needs_review);
  form.number("revision", assignment.revision);
}

template <class Form, Is<HistoryRow> Record>
void members(Form& form, Record& row) {
  form.number("seq", row.seq);
  form.number("batch", row.batch);
  form.value("at", row.at);
  form.number("actor", row.actor);
  form.name("kind", row.kind);
  form.number_or_null("license", row.license);
  form.number_or_null("person", row.person);
  form.number_or_null("assignment", row.assignment);
  form.number_or_null("counterpart", row.counterpart);
  form.terms("before", row.before);
  form.terms("after", row.after);
}

template <class Form, Is<HistoryTexts> Record>
void members(Form& form, Record& texts) {
  form.number("seq", texts.seq);
  form.text("name_before", texts.name_before);
  form.text("name_after", texts.name_after);
  form.text("email_before", texts.email_before);
  form.text("email_after", texts.email_after);
  form.text("reason", texts.reason);
}

template <class Form, Is<LastUse> Record>
void members(Form& form, Record& use) {
  form.number("assignment", use.assignment);
  form.value("used_at", use.used_at);
}

// ------------------------------------------------------------------------------------- writing

class Writer {
 public:
  template <class Record>
  static json object(const Record& record) {
    Writer writer;
    members(writer, record);
    return std::move(writer.object_);
  }

  void text(const char* member, const std::string& text) { object_[member] = text; }
  void flag(const char* member, bool flag) { object_[member] = flag; }
  template <class IdType>
  void number(const char* member, IdType id) {
    object_[member] = id.value;
  }
  template <class IdType>
  void number_or_null(const char* member, IdType id) {
    object_[member] = id ? json(id.value) : json(nullptr);
  }
  template <class IdType>
  void number_or_null(const char* member, const std::optional<IdType>& id) {
    object_[member] = id ? json(id->value) : json(nullptr);
  }
  template <class Enum>
  void name(const char* member, Enum value) {
    object_[member] = to_string(value);
  }
  template <class Value>
  void value(const char* member, const Value& value) {
    object_[member] = value.to_string();
  }
  template <class Value>
  void value_or_null(const char* member, const std::optional<Value>& value) {
    object_[member] = value ? json(value->to_string()) : json(nullptr);
  }
  void total(const char* member, SeatTotal total) {
    if (total.is_unlimited()) {
      object_[member] = nullptr;
    } else if (total.seats() < 0) {
      object_[member] = total.seats();
    } else {
      object_[member] = static_cast<std::uint64_t>(total.seats());
    }
  }
  void terms(const char* member, const std::optional<LicenseTerms>& terms) {
    object_[member] = terms ? object(*terms) : json(nullptr);
  }

 private:
  json object_ = json::object();
};

// ------------------------------------------------------------------------------------- reading

std::optional<PersonState> named(std::string_view name, PersonState /*type*/) {
  return person_state_from_string(name);
}
std::optional<LicenseState> named(std::string_view name, LicenseState /*type*/) {
  return license_state_from_string(name);
}
std::optional<CapacityPolicy> named(std::string_view name, CapacityPolicy /*type*/) {
  return policy_from_string(name);
}
std::optional<BillingPeriod> named(std::string_view name, BillingPeriod /*type*/) {
  return period_from_string(name);
}
std::optional<HistoryKind> named(std::string_view name, HistoryKind /*type*/) {
  return history_kind_from_string(name);
}

/// Removes members from an object. Stops checking after the first error.
class Reader {
 public:
  explicit Reader(json object, std::string prefix = "")
      : object_(std::move(object)), prefix_(std::move(prefix)) {}

  template <class Record>
  static std::optional<Error> read(Reader reader, Record& record) {
    members(reader, record);
    if (!reader.error_ && !reader.object_.empty()) {
      reader.fail(reader.object_.begin().key(), "is unknown");
    }
    return std::move(reader.error_);
  }

  void text(const char* member, std::string& text) {
    json given = take(member);
    if (!require(given.is_string(), member, "is not a string")) return;
    text = std::move(given.get_ref<std::string&>());
    require(text::is_valid(text), member, "is not UTF-8 or contains NUL");
  }
  void flag(const char* member, bool& flag) {
    const json given = take(member);
    if (require(given.is_boolean(), member, "is not a boolean")) flag = given.get<bool>();
  }
  template <class IdType>
  void number(const char* member, IdType& id) {
    const json given = take(member);
    if (require(is_number(given), member, "is not a number from 0 to 2^53")) {
      id = IdType(given.get<std::uint64_t>());
    }
  }
  template <class IdType>
  void number_or_null(const char* member, IdType& id) {
    std::optional<IdType> given;
    number_or_null(member, given);
    // A missing id is null; 0 would be a second spelling.
    if (require(!given || *given, member, "must be null instead of 0"))
      id = given.value_or(IdType());
  }
  template <class IdType>
  void number_or_null(const char* member, std::optional<IdType>& id) {
    const json given = take(member);
    if (given.is_null()) return;
    if (require(is_number(given), member, "is neither a number from 0 to 2^53 nor null")) {
      id = IdType(given.get<std::uint64_t>());
    }
  }
  template <class Enum>
  void name(const char* member, Enum& value) {
    std::string given;
    text(member, given);
    const auto known = named(given, value);
    if (require(known.has_value(), member, "is not one of its enumerators")) value = *known;
  }
  template <class Value>
  void value(const char* member, Value& value) {
    std::string given;
    text(member, given);
    const auto parsed = Value::parse(given);
    // Each value has one spelling, so that equal records are equal bytes.
    if (require(parsed && parsed->to_string() == given, member, "is not a valid value")) {
      value = *parsed;
    }
  }
  template <class Value>
  void value_or_null(const char* member, std::optional<Value>& value) {
    if (const auto at = object_.find(member); at != object_.end() && at->is_null()) {
      object_.erase(at);
      return;
    }
    this->value(member, value.emplace());
  }
  void total(const char* member, SeatTotal& total) {
    const json given = take(member);
    if (given.is_null()) {
      total = SeatTotal::unlimited();
    } else if (require(is_number(given), member, "is neither a number from 0 to 2^53 nor null")) {
      total = SeatTotal(given.get<std::uint64_t>());
    }
  }
  void terms(const char* member, std::optional<LicenseTerms>& terms) {
    json given = take(member);
    if (given.is_null()) return;
    if (!require(given.is_object(), member, "is neither an object nor null")) return;
    error_ = read(Reader(std::move(given), std::string(member) + "."), terms.emplace());
  }

 private:
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
  static bool is_number(const json& given) {
    return given.is_number_unsigned() && given.get<std::uint64_t>() <= max_record_number;
  }
  bool require(bool condition, const char* member, const char* problem) {
    if (!condition) fail(member, problem);
    return condition && !error_;
  }
  void fail(const std::string& member, const char* what) {
    if (!error_) error_ = member_error(prefix_ + member, what);
  }

  json object_;
  std::string prefix_;
  std::optional<Error> error_;
};

template <class Record>
Result<RecordImage> record_from(json object) {
  Record record;
  if (auto error = Reader::read(Reader(std::move(object)), record)) return *std::move(error);
  return RecordImage(std::move(record));
}

}  // namespace

json to_json(const BookInfo& info) {
  return Writer::object(info);
}
json to_json(const ActorRecord& actor) {
  return Writer::object(actor);
}
json to_json(const Person& person) {
  return Writer::object(person);
}
json to_json(const License& license) {
  return Writer::object(license);
}
json to_json(const Assignment& assignment) {
  return Writer::object(assignment);
}
json to_json(const HistoryRow& row) {
  return Writer::object(row);
}
json to_json(const HistoryTexts& texts) {
  return Writer::object(texts);
}
json to_json(const LastUse& use) {
  return Writer::object(use);
}
json to_json(const RecordImage& image) {
  return std::visit([](const auto& record) { return Writer::object(record); }, image);
}

Result<RecordImage> from_json(RecordKind kind, json object) {
  switch (kind) {
    case RecordKind::book_info:
      return record_from<BookInfo>(std::move(object));
    case RecordKind::person:
      return record_from<Person>(std::move(object));
    case RecordKind::actor:
      return record_from<ActorRecord>(std::move(object));
    case RecordKind::license:
      return record_from<License>(std::move(object));
    case RecordKind::assignment:
      return record_from<Assignment>(std::move(object));
    case RecordKind::history:
      return record_from<HistoryRow>(std::move(object));
    case RecordKind::history_texts:
      return record_from<HistoryTexts>(std::move(object));
    case RecordKind::last_use:
      return record_from<LastUse>(std::move(object));
  }
  return Error{Code::storage_corrupt, "unknown kind of record"};
}

}  // namespace seatbook::codec
