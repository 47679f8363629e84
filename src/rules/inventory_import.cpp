#include "rules/inventory_import.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "rules/capacity.hpp"
#include "rules/fields.hpp"
#include "rules/imports.hpp"
#include "rules/licenses.hpp"
#include "rules/lookups.hpp"
#include "rules/owners.hpp"
#include "rules/people.hpp"
#include "rules/seats.hpp"
#include "text/utf8.hpp"

namespace seatbook {

std::string_view InventoryReport::column_name(const InventoryRow& row) const noexcept {
  return row.column != 0 && row.column <= columns.size() ? columns[row.column - 1]
                                                         : std::string_view();
}

namespace rules {
namespace {

/// A record that a row names: of the book, or of an earlier row.
struct Known {
  std::uint64_t record;
  std::uint64_t line;  // 0: of the book
};

/// The keys that rows of this file have taken; the tables know nothing of them yet.
using Keys = std::unordered_map<std::string, Known>;

const Known* find(const Keys& keys, const std::string& key) {
  const auto found = keys.find(key);
  return found == keys.end() ? nullptr : &found->second;
}

/// What both imports have in common: the report.
template <class Line>
class InventoryImport {
 public:
  [[nodiscard]] InventoryReport& report() { return report_; }
  [[nodiscard]] static bool is_in_the_way(InventoryOutcome outcome) {
    return outcome != InventoryOutcome::already_known;
  }
  void forget_made() {
    for (InventoryRow& row : report_.not_added) {
      if (row.outcome != InventoryOutcome::already_known || row.first_line != 0) row.record = 0;
    }
  }

 protected:
  InventoryImport(Draft& draft, const InventoryFile<Line>& file) : draft_(draft), file_(file) {}

  [[nodiscard]] const model::Tables& tables() const { return draft_.tables(); }
  [[nodiscard]] std::uint32_t place(std::string_view field) const { return file_.place(field); }

  /// Whether there is nothing to decide: the row is empty, or has no form.
  bool is_settled(const Line& line) {
    if (line.empty) {
      ++report_.empty;
    } else if (line.code != Code::ok) {
      invalid(line, line.code, line.column);
    }
    return line.empty || line.code != Code::ok;
  }
  void invalid(const Line& line, Code code, std::uint32_t column) {
    ++report_.invalid;
    tell(line, InventoryOutcome::invalid, code, column);
  }
  void already_known(const Line& line, const Known& known, Code code, std::uint32_t column) {
    ++report_.already_known;
    InventoryRow& row = tell(line, InventoryOutcome::already_known, code, column);
    row.first_line = known.line;
    row.record = known.record;
  }
  InventoryRow& tell(const Line& line, InventoryOutcome outcome, Code code, std::uint32_t column) {
    InventoryRow& row = report_.not_added.emplace_back();
    row.line = line.line;
    row.outcome = outcome;
    row.code = code;
    row.column = column;
    row.name = name_of(line);
    return row;
  }

  Draft& draft_;
  InventoryReport report_;

 private:
  static const std::string& name_of(const PersonLine& line) { return line.person.name; }
  static const std::string& name_of(const LicenseLine& line) { return line.license.name; }

  const InventoryFile<Line>& file_;
};

class PeopleImport : public InventoryImport<PersonLine> {
 public:
  PeopleImport(Draft& draft, const PeopleFile& file) : InventoryImport(draft, file) {}

  /// The error, where the book is full of records.
  std::optional<Error> decide(const PersonLine& line) {
    if (is_settled(line)) return std::nullopt;
    const std::string email_key = text::email_key(line.person.email);
    const auto by_email = email_key.empty() ? std::nullopt : find_email(email_key);
    const auto by_key =
        line.person.host_key.empty() ? std::nullopt : find_host_key(line.person.host_key);
    if (by_key && by_email && by_key->record != by_email->record) {
      invalid(line, Code::host_key_taken, place("host_key"));
    } else if (by_key) {
      already_known(line, *by_key, Code::host_key_taken, place("host_key"));
    } else if (by_email) {
      already_known(line, *by_email, Code::email_taken, place("email"));
    } else {
      const auto state = line.active ? PersonState::active : PersonState::archived;
      const auto added = add_person_as(draft_, line.person, state);
      if (added) {
        ++report_.added;
        remember(email_key, line, added->person);
      } else if (added.error().code == Code::limit_exceeded) {
        return added.error();
      } else {
        invalid(line, added.error().code, place(added.error().field));
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Known> find_email(const std::string& key) const {
    if (const auto* row = tables().people.find_email(key)) return Known{row->person.id.value, 0};
    if (const Known* known = find(emails_, key)) return *known;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Known> find_host_key(const std::string& key) const {
    if (const auto* row = tables().people.find_host_key(key)) return Known{row->person.id.value, 0};
    if (const Known* known = find(host_keys_, key)) return *known;
    return std::nullopt;
  }
  void remember(const std::string& email_key, const PersonLine& line, PersonId id) {
    if (!email_key.empty()) emails_.emplace(email_key, Known{id.value, line.line});
    const std::string& host_key = line.person.host_key;
    if (!host_key.empty()) host_keys_.emplace(host_key, Known{id.value, line.line});
  }

  Keys emails_;
  Keys host_keys_;
};

class LicensesImport : public InventoryImport<LicenseLine> {
 public:
  LicensesImport(Draft& draft, const ImportLicenses& command, const LicensesFile& file)
      : InventoryImport(draft, file), command_(command) {}

  /// The error, where the book is full of records.
  std::optional<Error> decide(const LicenseLine& line) {
    if (is_settled(line)) return std::nullopt;
    const std::string& host_key = line.license.host_key;
    if (const auto known = find_host_key(host_key)) {
      already_known(line, *known, Code::host_key_taken, place("host_key"));
      return std::nullopt;
    }
    AddLicense license = line.license;
    if (license.cost_per_seat && license.currency.empty()) {
      license.currency = command_.default_currency;
    }
    license.owner = command_.default_owner;
    if (!line.owner_email.empty()) {
      const auto* owner = tables().people.find_email(text::email_key(line.owner_email));
      if (owner == nullptr) {
        invalid(line, Code::person_not_found, place("owner_email"));
        return std::nullopt;
      }
      license.owner = owner->person.id;
    }
    const auto added = add_license(draft_, license);
    if (!added) {
      const Error& error = added.error();
      if (error.code == Code::limit_exceeded) return error;
      invalid(line, error.code, place(error.field == "owner" ? "owner_email" : error.field));
      return std::nullopt;
    }
    if (!host_key.empty()) host_keys_.emplace(host_key, Known{added->license.value, line.line});
    return give_seat(line, added->license);
  }

 private:
  [[nodiscard]] std::optional<Known> find_host_key(const std::string& key) const {
    if (key.empty()) return std::nullopt;
    if (const License* license = tables().licenses.find_host_key(key)) {
      return Known{license->id.value, 0};
    }
    if (const Known* known = find(host_keys_, key)) return *known;
    return std::nullopt;
  }

  std::optional<Error> give_seat(const LicenseLine& line, LicenseId license) {
    const auto without_seat = [&](Code code, const char* field) {
      ++report_.without_seat;
      tell(line, InventoryOutcome::without_seat, code, place(field)).record = license.value;
      return std::nullopt;
    };
    if (line.holder_email.empty()) {
      ++report_.added;
      return std::nullopt;
    }
    const auto* holder = tables().people.find_email(text::email_key(line.holder_email));
    if (holder == nullptr) return without_seat(Code::person_not_found, "holder_email");
    if (holder->person.state != PersonState::active) {
      return without_seat(Code::person_archived, "holder_email");
    }
    if (!has_room(0, line.license.total_seats, line.license.policy)) {
      return without_seat(Code::no_seats_remaining, "total_seats");
    }
    if (const auto granted = grant(draft_, {license, holder->person.id}); !granted) {
      return granted.error();
    }
    ++report_.added;
    ++report_.seats_given;
    return std::nullopt;
  }

  const ImportLicenses& command_;
  Keys host_keys_;
};

/// Step 1: two members that name one column of the file.
std::optional<Error> malformed_columns(std::initializer_list<std::string_view> named) {
  std::vector<std::string> keys;
  for (const std::string_view name : named) {
    if (auto error = malformed_texts({{"columns", name}})) return error;
    if (!name.empty()) keys.push_back(text::fold(text::trim(name)));
  }
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) return std::nullopt;
  return Error{Code::invalid_argument, "two fields cannot have one column", "columns"};
}

}  // namespace

std::optional<Error> malformed(const ImportPeople& command) {
  const PeopleColumns& of = command.columns;
  if (auto error = malformed_columns(
          {of.name, of.first_name, of.last_name, of.email, of.host_key, of.active})) {
    return error;
  }
  return malformed_choice("profile", command.profile);
}

std::optional<Error> malformed(const ImportLicenses& command) {
  const LicenseColumns& of = command.columns;
  if (auto error =
          malformed_columns({of.name, of.vendor, of.product_group, of.host_key, of.total_seats,
                             of.cost_per_seat, of.currency, of.billing_period, of.renewal_date,
                             of.policy, of.owner_email, of.holder_email})) {
    return error;
  }
  if (auto error = malformed_choice("profile", command.profile)) return error;
  if (auto error = malformed_choice("date_order", command.date_order)) return error;
  return malformed_texts(
      {{"currency_sign", command.currency_sign}, {"default_currency", command.default_currency}});
}

Result<InventoryReport> import_people(Draft& draft, const ImportPeople& command,
                                      const PeopleFile& file) {
  PeopleImport import(draft, file);
  return import_rows(draft, command, file, import);
}

Result<InventoryReport> import_licenses(Draft& draft, const ImportLicenses& command,
                                        const LicensesFile& file) {
  if (command.default_owner) {
    const auto owner = find_active_person(draft.tables(), *command.default_owner, "default_owner");
    if (!owner) return *owner.error;
  }
  FieldChecks fields;
  if (fields.currency("default_currency", command.default_currency, false).error()) {
    return *fields.error();
  }
  LicensesImport import(draft, command, file);
  return import_rows(draft, command, file, import);
}

}  // namespace rules
}  // namespace seatbook
