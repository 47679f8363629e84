#include "imports/inventory_import.hpp"

#include <algorithm>
#include <utility>

#include "imports/import_rows.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/rules.hpp"
#include "rules/usage.hpp"
#include "seatbook/describe.hpp"
#include "text/text_store.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

/// A record identified by a row: in the book, or added by an earlier row.
struct Known {
  std::uint64_t record;
  std::uint64_t line;  // 0: in the book
};

/// The keys of records that this file adds; the tables do not have them yet.
class Keys {
 public:
  /// `expected`: the maximum number of keys.
  explicit Keys(std::size_t expected) { keys_.reserve(expected); }
  [[nodiscard]] const Known* find(std::string_view key) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? nullptr : &found->second;
  }
  /// Ignores an empty key.
  void add(std::string_view key, const Known& known) {
    if (!key.empty()) keys_.emplace(texts_.keep(key), known);
  }

 private:
  text::TextStore texts_;
  TextMap<Known> keys_;
};

/// The report, shared by both imports.
template <class Line>
class InventoryImport {
 public:
  [[nodiscard]] const RowDecisions<InventoryOutcome>& decisions() const { return decisions_; }
  [[nodiscard]] static bool blocks_all_or_nothing(InventoryOutcome outcome) {
    return outcome != InventoryOutcome::already_known;
  }
  [[nodiscard]] InventoryReport report() {
    report_.not_added.reserve(decisions_.size());
    for (; !decisions_.empty(); decisions_.pop_front()) {
      const auto& decision = decisions_.front();
      InventoryRow& row = report_.not_added.emplace_back();
      row.line = file_.rows.line(decision.row);
      row.outcome = decision.outcome;
      row.code = decision.code;
      row.column = none_if_0(decision.column);
      row.first_line = none_if_0(decision.first_line);
      // A dry run creates no records: report only ids of existing ones.
      const bool of_book =
          decision.outcome == InventoryOutcome::already_known && decision.first_line == 0;
      if (decision.record != 0 && (of_book || !dry_run_)) row.record = RecordId(decision.record);
      row.name = name_of(file_.line(decision.row));
    }
    return std::move(report_);
  }

 protected:
  InventoryImport(rules::Transaction& transaction, const InventoryFile<Line>& file, bool dry_run)
      : transaction_(transaction), file_(file), dry_run_(dry_run) {}

  [[nodiscard]] const model::Tables& tables() const { return transaction_.tables(); }
  [[nodiscard]] std::uint32_t place(std::string_view field) const { return file_.place(field); }
  /// Returns the maximum number of keys in a column.
  [[nodiscard]] std::size_t most_keys(std::string_view field) const {
    return place(field) == 0 ? 0 : file_.rows.size();
  }

  void invalid(std::size_t row, Code code, std::uint32_t column) {
    ++report_.invalid;
    add_decision(decisions_, row, InventoryOutcome::invalid, code, column);
  }
  void already_known(std::size_t row, const Known& known, Code code, std::uint32_t column) {
    ++report_.already_known;
    auto& decision = add_decision(decisions_, row, InventoryOutcome::already_known, code, column);
    decision.first_line = static_cast<std::uint32_t>(known.line);
    decision.record = known.record;
  }
  rules::Transaction& transaction_;
  const InventoryFile<Line>& file_;
  InventoryReport report_;
  RowDecisions<InventoryOutcome> decisions_;

 private:
  static std::string name_of(PersonLine line) { return std::move(line.person.name); }
  static std::string name_of(LicenseLine line) { return std::move(line.license.name); }

  bool dry_run_;
};

class PeopleImport : public InventoryImport<PersonLine> {
 public:
  PeopleImport(rules::Transaction& transaction, const InventoryFile<PersonLine>& file, bool dry_run)
      : InventoryImport(transaction, file, dry_run),
        emails_(most_keys("email")),
        host_keys_(most_keys("host_key")) {}

  /// Returns an error only if the book is full.
  Result<void> decide(std::size_t row) {
    const PersonLine line = file_.line(row);
    if (line.code != Code::ok) {
      invalid(row, line.code, line.column);
      return {};
    }
    const std::string email_key = text::email_key(line.person.email);
    std::optional<Known> by_email;
    if (!email_key.empty()) by_email = find_email(email_key);
    std::optional<Known> by_key;
    if (!line.person.host_key.empty()) by_key = find_host_key(line.person.host_key);
    if (by_key && by_email && by_key->record != by_email->record) {
      invalid(row, Code::host_key_taken, place("host_key"));
    } else if (by_key) {
      already_known(row, *by_key, Code::host_key_taken, place("host_key"));
    } else if (by_email) {
      already_known(row, *by_email, Code::email_taken, place("email"));
    } else {
      const auto state = line.active ? PersonState::active : PersonState::archived;
      const auto added = add_person_as(transaction_, line.person, state);
      if (added) {
        ++report_.added;
        emails_.add(email_key, {added->person.value, line.line});
        host_keys_.add(line.person.host_key, {added->person.value, line.line});
      } else if (added.error().code == Code::limit_exceeded) {
        return added.error();
      } else {
        invalid(row, added.error().code, place(added.error().field));
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::optional<Known> find_email(const std::string& key) const {
    if (const auto* row = tables().people.find_email(key)) return Known{row->person.id.value, 0};
    if (const Known* known = emails_.find(key)) return *known;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Known> find_host_key(const std::string& key) const {
    if (const auto* row = tables().people.find_host_key(key)) return Known{row->person.id.value, 0};
    if (const Known* known = host_keys_.find(key)) return *known;
    return std::nullopt;
  }

  Keys emails_;
  Keys host_keys_;
};

class LicensesImport : public InventoryImport<LicenseLine> {
 public:
  LicensesImport(rules::Transaction& transaction, const ImportLicenses& command,
                 const InventoryFile<LicenseLine>& file)
      : InventoryImport(transaction, file, command.dry_run),
        command_(command),
        host_keys_(most_keys("host_key")) {}

  /// Returns an error only if the book is full.
  Result<void> decide(std::size_t row) {
    LicenseLine line = file_.line(row);
    if (line.code != Code::ok) {
      invalid(row, line.code, line.column);
      return {};
    }
    if (line.held_since && *line.held_since > transaction_.at()) {  // C62
      invalid(row, Code::date_out_of_range, place("held_since"));
      return {};
    }
    AddLicense& license = line.license;
    if (const auto known = find_host_key(license.host_key)) {
      already_known(row, *known, Code::host_key_taken, place("host_key"));
      return {};
    }
    if (license.cost_per_seat && license.currency.empty()) {
      license.currency = command_.default_currency;
    }
    license.owner = command_.default_owner;
    if (!line.owner_email.empty()) {
      const auto* owner = tables().people.find_email(text::email_key(line.owner_email));
      if (owner == nullptr) {
        invalid(row, Code::person_not_found, place("owner_email"));
        return {};
      }
      license.owner = owner->person.id;
    }
    const auto added = add_license(transaction_, license);
    if (!added) {
      const Error& error = added.error();
      if (error.code == Code::limit_exceeded) return error;
      invalid(row, error.code, place(error.field == "owner" ? "owner_email" : error.field));
      return {};
    }
    host_keys_.add(license.host_key, {added->license.value, line.line});
    return give_seat(row, line, added->license);
  }

 private:
  [[nodiscard]] std::optional<Known> find_host_key(const std::string& key) const {
    if (key.empty()) return std::nullopt;
    if (const License* license = tables().licenses.find_host_key(key)) {
      return Known{license->id.value, 0};
    }
    if (const Known* known = host_keys_.find(key)) return *known;
    return std::nullopt;
  }

  Result<void> give_seat(std::size_t row, const LicenseLine& line, LicenseId license) {
    const auto without_seat = [&](Code code, const char* field) -> Result<void> {
      ++report_.without_seat;
      add_decision(decisions_, row, InventoryOutcome::without_seat, code, place(field)).record =
          license.value;
      return {};
    };
    if (line.holder_email.empty()) {
      ++report_.added;
      return {};
    }
    const auto* holder = tables().people.find_email(text::email_key(line.holder_email));
    if (holder == nullptr) return without_seat(Code::person_not_found, "holder_email");
    if (holder->person.state != PersonState::active) {
      return without_seat(Code::person_archived, "holder_email");
    }
    if (!rules::has_room(0, line.license.total_seats, line.license.policy)) {
      return without_seat(Code::no_seats_remaining, "total_seats");
    }
    SEATBOOK_TRY(rules::grant(
        transaction_,
        {.license = license, .person = holder->person.id, .held_since = line.held_since}));
    ++report_.added;
    ++report_.seats_given;
    return {};
  }

  const ImportLicenses& command_;
  Keys host_keys_;
};

/// Step 1: returns an error if two members name the same column.
template <class Columns>
Result<void> malformed_columns(const Columns& columns) {
  std::vector<std::string> keys;
  Result<void> texts;
  Description<Columns>::visit([&](const char* /*name*/, auto member) {
    const std::string& name = columns.*member;
    if (texts) texts = rules::malformed_texts({{"columns", name}});
    if (texts && !name.empty()) keys.push_back(text::fold(text::trim(name)));
  });
  SEATBOOK_TRY(std::move(texts));
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) return {};
  return Error{Code::invalid_argument,
               "columns must differ: a heading can be mapped to one field only", "columns"};
}

}  // namespace

Result<void> malformed(const ImportPeople& command) {
  SEATBOOK_TRY(malformed_columns(command.columns));
  SEATBOOK_TRY(rules::malformed_choice("profile", command.profile));
  SEATBOOK_TRY(malformed_max_bytes(command.max_bytes));
  return malformed_size(command.csv, command.max_bytes);
}

Result<void> malformed(const ImportLicenses& command) {
  SEATBOOK_TRY(malformed_columns(command.columns));
  SEATBOOK_TRY(rules::malformed_choice("profile", command.profile));
  SEATBOOK_TRY(rules::malformed_choice("date_order", command.date_order));
  SEATBOOK_TRY(rules::malformed_offset(command.utc_offset_minutes));
  SEATBOOK_TRY(rules::malformed_texts(
      {{"currency_sign", command.currency_sign}, {"default_currency", command.default_currency}}));
  SEATBOOK_TRY(malformed_max_bytes(command.max_bytes));
  return malformed_size(command.csv, command.max_bytes);
}

Result<InventoryReport> import_people(rules::Transaction& transaction, const ImportPeople& command,
                                      const PeopleFile& file) {
  PeopleImport import(transaction, *file, command.dry_run);
  return import_rows(transaction, command, *file, import);
}

Result<InventoryReport> import_licenses(rules::Transaction& transaction,
                                        const ImportLicenses& command, const LicensesFile& file) {
  if (command.default_owner) {
    SEATBOOK_TRY(
        rules::find_active_person(transaction.tables(), *command.default_owner, "default_owner"));
  }
  rules::FieldChecks fields;
  SEATBOOK_TRY(fields.currency("default_currency", command.default_currency, false).result());
  LicensesImport import(transaction, command, *file);
  return import_rows(transaction, command, *file, import);
}

}  // namespace seatbook::imports
