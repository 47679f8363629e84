#include "imports/roster_import.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "imports/cells.hpp"
#include "imports/import_rows.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/rules.hpp"
#include "rules/usage.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

class RosterImport {
 public:
  RosterImport(rules::Transaction& transaction, const RosterFile& file, const License& license,
               const ImportRoster& command)
      : transaction_(transaction),
        file_(file),
        license_(license),
        dry_run_(command.dry_run),
        utc_offset_minutes_(command.utc_offset_minutes),
        used_(transaction.tables().assignments.active_count(license.id)) {
    seen_.reserve(std::min(file.rows.size(), transaction.tables().people.size()));
  }

  /// Decides on one row, in the order of C27. Returns an error only if the book is full.
  Result<void> decide(std::size_t row) {
    const Code code = file_.rows.code(row);
    if (code == Code::ok && is_removed(file_.text(row, RosterField::date_removed))) {  // C37
      ++report_.removed_rows;
      add_decision(decisions_, row, RosterOutcome::removed, Code::ok, 0);
      return {};
    }
    if (code != Code::ok) return invalid(row, code, file_.rows.column(row));  // C29
    const std::optional<Money> cost_override = cost_of(row);
    if (cost_override && license_.currency.empty()) {  // C29, C53
      return invalid(row, Code::required, file_.places.cost);
    }
    const std::optional<Timestamp> held_since = held_since_of(row);
    if (held_since && *held_since > transaction_.at()) {  // C62
      return invalid(row, Code::date_out_of_range, file_.places.held_since);
    }
    const model::PersonRow* person =
        transaction_.tables().people.find_email(file_.text(row, RosterField::email_key));
    if (person == nullptr) {  // B22, B23
      ++report_.not_found;
      add_decision(decisions_, row, RosterOutcome::not_found, Code::person_not_found,
                   file_.places.email);
      return {};
    }
    const PersonId id = person->person.id;
    if (const auto earlier = seen_.find(id.value); earlier != seen_.end()) {  // C25
      already_linked(row, earlier->second, file_.rows.line(earlier->second.row));
      return {};
    }
    // A44, C28: the seat is left unchanged.
    if (const auto* held = transaction_.tables().assignments.find_active(license_.id, id)) {
      const First first{AssignmentId(held->id), static_cast<std::uint32_t>(row), false};
      seen_.emplace(id.value, first);
      already_linked(row, first, 0);
      return {};
    }
    if (person->person.state == PersonState::archived) {  // C27
      return invalid(row, Code::person_archived, file_.places.email);
    }
    if (!rules::has_room(used_, license_.total_seats, license_.policy)) {  // C26
      ++report_.no_seats;
      add_decision(decisions_, row, RosterOutcome::no_seats, Code::no_seats_remaining, 0);
      return {};
    }
    SEATBOOK_TRY(const AssignmentId granted,
                 rules::grant(transaction_, {.license = license_.id,
                                             .person = id,
                                             .access_level = access_level_of(row),
                                             .cost_override = cost_override,
                                             .held_since = held_since}));
    seen_.emplace(id.value, First{granted, static_cast<std::uint32_t>(row), true});
    ++used_;
    ++report_.added;
    return {};
  }

  [[nodiscard]] const RowDecisions<RosterOutcome>& decisions() const { return decisions_; }
  [[nodiscard]] static bool blocks_all_or_nothing(RosterOutcome outcome) {
    return outcome != RosterOutcome::already_linked && outcome != RosterOutcome::removed;
  }
  [[nodiscard]] RosterReport report() {
    // A dry run creates no assignments: report only ids of existing ones.
    const std::uint64_t known = transaction_.tables().assignments.size();
    report_.not_added.reserve(decisions_.size());
    for (; !decisions_.empty(); decisions_.pop_front()) {
      const auto& decision = decisions_.front();
      RosterFileRow& row = report_.not_added.emplace_back();
      row.line = file_.rows.line(decision.row);
      row.outcome = decision.outcome;
      row.code = decision.code;
      row.column = none_if_0(decision.column);
      row.differs = decision.differs;
      row.first_line = none_if_0(decision.first_line);
      if (decision.record != 0 && (!dry_run_ || decision.record <= known)) {
        row.assignment = AssignmentId(decision.record);
      }
      row.email = file_.text(decision.row, RosterField::email);
      row.access_level = file_.text(decision.row, RosterField::access_level);
      row.cost = file_.text(decision.row, RosterField::cost);
      row.date_removed = file_.text(decision.row, RosterField::date_removed);
      row.held_since = file_.text(decision.row, RosterField::held_since);
    }
    return std::move(report_);
  }

 private:
  /// The first row of this file about a person who got or already had a seat.
  struct First {
    AssignmentId assignment;
    std::uint32_t row;
    bool granted;
  };

  [[nodiscard]] std::string_view access_level_of(std::size_t row) const {
    return file_.text(row, RosterField::access_level);
  }
  /// For valid rows only.
  [[nodiscard]] std::optional<Money> cost_of(std::size_t row) const {
    const std::string_view cost = file_.text(row, RosterField::cost);
    if (text::trim(cost).empty()) return std::nullopt;
    return Money::parse(cost).value();
  }

  [[nodiscard]] std::optional<Timestamp> held_since_of(std::size_t row) const {
    const std::string_view held_since = file_.text(row, RosterField::held_since);
    if (text::trim(held_since).empty()) return std::nullopt;
    return instant_in(held_since, utc_offset_minutes_, DateOrder::iso).value();
  }

  Result<void> invalid(std::size_t row, Code code, std::uint32_t column) {
    ++report_.invalid;
    add_decision(decisions_, row, RosterOutcome::invalid, code, column);
    return {};
  }

  void already_linked(std::size_t row, const First& first, std::uint32_t first_line) {
    ++report_.already_linked;
    const std::uint32_t column = difference(row, first);
    auto& decision = add_decision(decisions_, row, RosterOutcome::already_linked,
                                  Code::already_assigned, column);
    decision.differs = column != 0;  // C28, C37
    decision.first_line = first_line;
    decision.record = first.assignment.value;
  }

  /// Returns the column of the first cell that differs from the assignment; 0 if none does.
  [[nodiscard]] std::uint32_t difference(std::size_t row, const First& first) const {
    std::string_view access_level;
    std::optional<Money> cost_override;
    Timestamp since;
    const model::AssignmentTable& assignments = transaction_.tables().assignments;
    if (first.granted) {
      access_level = access_level_of(first.row);
      cost_override = cost_of(first.row);
      since = held_since_of(first.row).value_or(transaction_.at());
    } else {
      since = {assignments.find(first.assignment)->assigned_at_us};
      if (const auto* texts = assignments.texts(first.assignment)) {
        access_level = texts->access_level;
        cost_override = texts->cost_override;
        since = texts->held_since().value_or(since);
      }
    }
    const std::string_view wanted_level = access_level_of(row);
    if (!wanted_level.empty() && wanted_level != access_level) return file_.places.access_level;
    const std::optional<Money> wanted_cost = cost_of(row);
    if (wanted_cost && wanted_cost != cost_override) return file_.places.cost;
    const std::optional<Timestamp> wanted_since = held_since_of(row);
    if (wanted_since && *wanted_since != since) return file_.places.held_since;
    return 0;
  }

  rules::Transaction& transaction_;
  const RosterFile& file_;
  const License& license_;
  bool dry_run_;
  std::int32_t utc_offset_minutes_;
  std::uint64_t used_;
  std::unordered_map<std::uint64_t, First> seen_;  // by person
  RowDecisions<RosterOutcome> decisions_;
  RosterReport report_;
};

}  // namespace

bool is_removed(std::string_view date_removed) {
  return !text::trim(date_removed).empty();
}

RosterFault fault_of(const RosterColumns& places, const RosterCells& cells,
                     std::int32_t utc_offset_minutes) {
  if (is_removed(cells.date_removed)) return {};
  if (text::trim(cells.email).empty()) return {Code::required, places.email};
  if (const auto email = rules::FieldChecks().email("email", cells.email).result(); !email) {
    return {email.error().code, places.email};
  }
  if (!text::fits(cells.access_level, max_access_level_length)) {  // C2
    return {Code::text_too_long, places.access_level};
  }
  if (!text::trim(cells.cost).empty()) {  // C32, C33
    if (const auto cost = Money::parse(cells.cost); !cost) {
      return {cost.error().code, places.cost};
    }
  }
  if (!text::trim(cells.held_since).empty()) {  // C62
    if (const auto since = instant_in(cells.held_since, utc_offset_minutes, DateOrder::iso);
        !since) {
      return {since.error().code, places.held_since};
    }
  }
  return {};
}

Result<void> malformed(const ImportRoster& command) {
  SEATBOOK_TRY(rules::malformed_choice("profile", command.profile));
  SEATBOOK_TRY(rules::malformed_offset(command.utc_offset_minutes));
  return malformed_size(command.csv, max_import_bytes);
}

Result<RosterReport> import_roster(rules::Transaction& transaction, const ImportRoster& command,
                                   const RosterFile& file) {
  SEATBOOK_TRY(const License* license,
               rules::find_active_license(transaction.tables(), command.license, "license"));
  RosterImport import(transaction, file, *license, command);
  return import_rows(transaction, command, file, import);
}

}  // namespace seatbook::imports
