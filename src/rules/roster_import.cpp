#include "rules/roster_import.hpp"

#include <unordered_map>
#include <utility>

#include "rules/capacity.hpp"
#include "rules/fields.hpp"
#include "rules/imports.hpp"
#include "rules/lookups.hpp"
#include "rules/seats.hpp"
#include "text/utf8.hpp"

namespace seatbook {

std::string_view RosterFileRow::reason() const noexcept {
  switch (code) {
    case Code::ok:
      return outcome == RosterOutcome::removed ? "removed from the license before" : "";
    case Code::already_assigned:
      return differs ? "holds a seat, which is left as it is: it differs from this row"
                     : "holds a seat already";
    case Code::person_not_found:
      return "nobody in the book has this email";
    case Code::no_seats_remaining:
      return "no seats left";
    case Code::malformed_csv:
      return "not as many cells as the header";
    case Code::required:
      return text::trim(email).empty() ? "no email" : "the license has no currency for a cost";
    case Code::text_too_long:
      return "too long";
    case Code::invalid_email:
      return "not an email address";
    case Code::invalid_money:
      return "not a plain decimal such as 12.58: no currency sign, no separator, at most 4 "
             "decimals";
    case Code::money_out_of_range:
      return "not within 0 to 99999999.9999";
    case Code::person_archived:
      return "the person is archived";
    default:
      return to_string(code);
  }
}

std::vector<std::string> RosterReport::unmatched_emails() const {
  std::vector<std::string> emails;
  emails.reserve(not_found);
  for (const RosterFileRow& row : not_added) {
    if (row.outcome == RosterOutcome::not_found) emails.push_back(row.email);
  }
  return emails;
}

std::string_view RosterReport::column_name(const RosterFileRow& row) const noexcept {
  return row.column != 0 && row.column <= columns.size() ? columns[row.column - 1]
                                                         : std::string_view();
}

namespace rules {
namespace {

/// Nobody's cell is looked at: the person has left, as the file itself says (C37).
bool is_removed(const RosterLine& line) {
  return line.complete && !text::trim(line.date_removed).empty();
}

class RosterImport {
 public:
  RosterImport(Draft& draft, const RosterFile& file, const License& license)
      : draft_(draft),
        file_(file),
        license_(license),
        used_(draft.tables().assignments.active_count(license.id)) {
    seen_.reserve(file.lines.size());
  }

  /// One row, by the order of C27. The error, where the book is full of records.
  std::optional<Error> decide(const RosterLine& line) {
    if (is_removed(line)) {
      ++report_.removed_rows;
      tell(line, RosterOutcome::removed, Code::ok, 0);
      return std::nullopt;
    }
    if (line.code != Code::ok) return invalid(line, line.code, line.column);
    if (line.cost_override && license_.currency.empty()) {
      return invalid(line, Code::required, file_.places.cost);
    }
    const model::PersonRow* person = draft_.tables().people.find_email(line.email_key);
    if (person == nullptr) {
      ++report_.not_found;
      tell(line, RosterOutcome::not_found, Code::person_not_found, file_.places.email);
      return std::nullopt;
    }
    const PersonId id = person->person.id;
    if (const auto earlier = seen_.find(id.value); earlier != seen_.end()) {
      already_linked(line, earlier->second, earlier->second.line);
      return std::nullopt;
    }
    if (const auto* held = draft_.tables().assignments.find_active(license_.id, id)) {
      const First first{line.line, nullptr, AssignmentId(held->id)};
      seen_.emplace(id.value, first);
      already_linked(line, first, 0);
      return std::nullopt;
    }
    if (person->person.state == PersonState::archived) {
      return invalid(line, Code::person_archived, file_.places.email);
    }
    if (!has_room(used_, license_.total_seats, license_.policy)) {
      ++report_.no_seats;
      tell(line, RosterOutcome::no_seats, Code::no_seats_remaining, 0);
      return std::nullopt;
    }
    const auto granted = grant(
        draft_, {license_.id, id, std::string(line.access_level), {}, {}, line.cost_override});
    if (!granted) return granted.error();
    seen_.emplace(id.value, First{line.line, &line, *granted});
    ++used_;
    ++report_.added;
    return std::nullopt;
  }

  [[nodiscard]] RosterReport& report() { return report_; }
  [[nodiscard]] static bool is_in_the_way(RosterOutcome outcome) {
    return outcome != RosterOutcome::already_linked && outcome != RosterOutcome::removed;
  }
  void forget_made() {
    const std::uint64_t known = draft_.tables().assignments.size();
    for (RosterFileRow& row : report_.not_added) {
      if (row.assignment.value > known) row.assignment = {};
    }
  }

 private:
  /// The row of this file by which a person got, or had, their seat.
  struct First {
    std::uint64_t line;
    const RosterLine* granted;  // null where they had it before
    AssignmentId assignment;
  };

  std::optional<Error> invalid(const RosterLine& line, Code code, std::uint32_t column) {
    ++report_.invalid;
    tell(line, RosterOutcome::invalid, code, column);
    return std::nullopt;
  }

  void already_linked(const RosterLine& line, const First& first, std::uint64_t first_line) {
    ++report_.already_linked;
    const std::uint32_t column = difference(line, first);
    RosterFileRow& row = tell(line, RosterOutcome::already_linked, Code::already_assigned, column);
    row.differs = column != 0;
    row.first_line = first_line;
    row.assignment = first.assignment;
  }

  /// The first cell that gives another value than the assignment has; 0 where none does.
  [[nodiscard]] std::uint32_t difference(const RosterLine& line, const First& first) const {
    std::string_view access_level;
    std::optional<Money> cost_override;
    if (first.granted != nullptr) {
      access_level = first.granted->access_level;
      cost_override = first.granted->cost_override;
    } else if (const auto* texts = draft_.tables().assignments.texts(first.assignment)) {
      access_level = texts->access_level;
      cost_override = texts->cost_override;
    }
    if (!line.access_level.empty() && line.access_level != access_level) {
      return file_.places.access_level;
    }
    if (line.cost_override && line.cost_override != cost_override) return file_.places.cost;
    return 0;
  }

  RosterFileRow& tell(const RosterLine& line, RosterOutcome outcome, Code code,
                      std::uint32_t column) {
    RosterFileRow& row = report_.not_added.emplace_back();
    row.line = line.line;
    row.outcome = outcome;
    row.code = code;
    row.column = column;
    row.email = line.email;
    row.access_level = line.access_level;
    row.cost = line.cost;
    row.date_removed = line.date_removed;
    return row;
  }

  Draft& draft_;
  const RosterFile& file_;
  const License& license_;
  std::uint64_t used_;
  std::unordered_map<std::uint64_t, First> seen_;  // by person
  RosterReport report_;
};

}  // namespace

void judge(RosterFile& file, RosterLine& line) {
  const auto invalid = [&](Code code, std::uint32_t column) {
    line.code = code;
    line.column = column;
  };
  if (!line.complete) return invalid(Code::malformed_csv, 0);
  if (is_removed(line)) return;
  if (text::trim(line.email).empty()) return invalid(Code::required, file.places.email);
  if (const auto error = FieldChecks().email("email", line.email).error()) {
    return invalid(error->code, file.places.email);
  }
  if (!text_fits(line.access_level, max_access_level_length)) {
    return invalid(Code::text_too_long, file.places.access_level);
  }
  if (!text::trim(line.cost).empty()) {
    const auto cost = Money::parse(line.cost);
    if (!cost) return invalid(cost.error().code, file.places.cost);
    line.cost_override = *cost;
  }
  line.email_key = file.texts.keep(text::email_key(line.email));
}

std::optional<Error> malformed(const ImportRoster& command) {
  return malformed_choice("profile", command.profile);
}

Result<RosterReport> import_roster(Draft& draft, const ImportRoster& command,
                                   const RosterFile& file) {
  const auto license = find_active_license(draft.tables(), command.license, "license");
  if (!license) return *license.error;
  RosterImport import(draft, file, *license);
  return import_rows(draft, command, file, import);
}

}  // namespace rules
}  // namespace seatbook
