#include "model/violations.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "model/compact.hpp"
#include "seatbook/describe.hpp"
#include "text/utf8.hpp"

namespace seatbook::model {
namespace {

struct LimitedText {
  std::string_view member;
  std::string_view text;
  std::size_t limit;
};

std::string_view first_too_long(std::initializer_list<LimitedText> texts) {
  for (const auto& [member, text, limit] : texts) {
    if (!text::fits(text, limit)) return member;
  }
  return {};
}

/// Counts all violations and keeps the messages of the first 100.
class Violations {
 public:
  void add(const char* kind, std::uint64_t id, std::string_view what) {
    if (++count_ > max_named_violations) return;
    if (count_ > 1) named_ += "; ";
    named_.append(kind).append(" ").append(std::to_string(id)).append(" ").append(what);
  }
  void check(bool broken, const char* kind, std::uint64_t id, const char* what) {
    if (broken) add(kind, id, what);
  }
  void check_text(std::string_view member, const char* kind, std::uint64_t id) {
    if (!member.empty()) add(kind, id, "has a text that is too long: " + std::string(member));
  }

  Result<void> result() && {
    if (count_ == 0) return {};
    std::string message = "the stored records break the rules: " + std::move(named_);
    if (count_ > max_named_violations) {
      message += "; and " + std::to_string(count_ - max_named_violations) + " more";
    }
    return Error{Code::storage_corrupt, std::move(message)};
  }

 private:
  std::size_t count_ = 0;
  std::string named_;
};

/// The current state computed from the history alone (C48), indexed by id - 1: ids are dense.
class Present {
 public:
  explicit Present(const Tables& tables)
      : people_(tables.people.size()),
        licenses_(tables.licenses.size()),
        assignments_(tables.assignments.size()) {}

  void take(const HistoryRow& row) {
    if (row.person) take_person(row.kind, people_[row.person->value - 1]);
    if (row.license) take_license(row, licenses_[row.license->value - 1]);
    if (row.assignment) take_assignment(row, assignments_[row.assignment->value - 1]);
  }

  [[nodiscard]] bool matches(const Person& person) const {
    return people_[person.id.value - 1] == person.state;
  }
  [[nodiscard]] bool matches(const License& license) const {
    const LicensePresent& present = licenses_[license.id.value - 1];
    return present.state == license.state && present.terms == Tables::terms_of(license);
  }
  [[nodiscard]] bool matches(const AssignmentRow& row) const {
    const AssignmentPresent& present = assignments_[row.id - 1];
    return present.active == row.active() && present.flagged == row.needs_review && present.granted;
  }

 private:
  struct LicensePresent {
    std::optional<LicenseState> state;
    std::optional<LicenseTerms> terms;
  };
  struct AssignmentPresent {
    bool granted = false;
    bool active = false;
    bool flagged = false;
  };

  static void take_person(HistoryKind kind, std::optional<PersonState>& state) {
    if (kind == HistoryKind::person_added || kind == HistoryKind::person_reactivated) {
      state = PersonState::active;
    } else if (kind == HistoryKind::person_archived) {
      state = PersonState::archived;
    } else if (kind == HistoryKind::person_erased) {
      state = PersonState::erased;
    }
  }
  static void take_license(const HistoryRow& row, LicensePresent& license) {
    if (row.after) license.terms = row.after;
    if (row.kind == HistoryKind::license_added || row.kind == HistoryKind::license_reactivated) {
      license.state = LicenseState::active;
    } else if (row.kind == HistoryKind::license_archived) {
      license.state = LicenseState::archived;
    }
  }
  static void take_assignment(const HistoryRow& row, AssignmentPresent& assignment) {
    if (row.grants()) {
      assignment = {true, true, false};
    } else if (row.removes()) {
      assignment.active = false;
      assignment.flagged = false;
    } else if (row.kind == HistoryKind::flagged) {
      assignment.flagged = true;
    } else if (row.kind == HistoryKind::flag_cleared || row.kind == HistoryKind::reviewed) {
      assignment.flagged = false;
    }
  }

  std::vector<std::optional<PersonState>> people_;
  std::vector<LicensePresent> licenses_;
  std::vector<AssignmentPresent> assignments_;
};

Present check_history(const Tables& tables, Violations& violations) {
  constexpr const char* kind = "history row";
  Present present(tables);
  Version batch;
  for (std::uint64_t seq = 1; seq <= tables.history.size(); ++seq) {
    const HistoryRow row = tables.history.row(Seq(seq));
    violations.check(row.batch < batch || row.batch > tables.version, kind, seq, "is out of order");
    batch = row.batch;
    violations.check(row.assignment && !agrees(tables.assignments, row), kind, seq,
                     "contradicts its assignment");
    present.take(row);
  }
  return present;
}

void check_people(const Tables& tables, const Present& present, Violations& violations) {
  constexpr const char* kind = "person";
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    const Person& person = tables.people.find(PersonId(id))->person;
    violations.check(lacks_name(person), kind, id, "has no name");
    violations.check(person.state == PersonState::erased &&
                         (tables.assignments.active_count(person.id) != 0 || !person.name.empty() ||
                          !person.email.empty() || !person.host_key.empty()),
                     kind, id, "is erased but holds seats or texts");
    violations.check_text(too_long(person), kind, id);
    violations.check(!present.matches(person), kind, id,
                     "has a state that differs from its history");
  }
  for (std::uint64_t id = 1; id <= tables.actors.size(); ++id) {
    violations.check_text(too_long(*tables.actors.find(ActorId(id))), "actor", id);
  }
}

void check_licenses(const Tables& tables, const Present& present, Violations& violations) {
  constexpr const char* kind = "license";
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    const License& license = *tables.licenses.find(LicenseId(id));
    const std::uint64_t used = tables.assignments.active_count(license.id);
    violations.check(lacks_name(license), kind, id, "has no name");
    if (license.policy == CapacityPolicy::enforce && !license.total_seats.is_unlimited() &&
        used > static_cast<std::uint64_t>(license.total_seats.seats())) {
      violations.add(kind, id,
                     "is over-allocated: " + std::to_string(used) + " of " +
                         std::to_string(license.total_seats.seats()));
    }
    violations.check(license.backup_owner == license.owner, kind, id, "has its owner as backup");
    violations.check(license.state == LicenseState::archived && used != 0, kind, id,
                     "is archived but has active seats");
    violations.check_text(too_long(license), kind, id);
    violations.check(!present.matches(license), kind, id, "has terms that differ from its history");
  }
}

void check_assignments(const Tables& tables, const Present& present, Violations& violations) {
  constexpr const char* kind = "assignment";
  for (std::uint64_t id = 1; id <= tables.assignments.size(); ++id) {
    const AssignmentRow& row = *tables.assignments.find(AssignmentId(id));
    violations.check(!row.active() && row.revoked_at_us < row.assigned_at_us, kind, id,
                     "is revoked before it was assigned");
    violations.check(row.active() && row.revoked_by != 0, kind, id,
                     "is active but has a revoking actor");
    if (row.needs_review) {
      violations.check(!row.active(), kind, id, "is revoked but needs review");
      violations.check(
          tables.people.find(PersonId(row.person))->person.state == PersonState::active, kind, id,
          "needs review although its holder is active");
    }
    if (const AssignmentTexts* texts = tables.assignments.texts(AssignmentId(id))) {
      violations.check_text(too_long(*texts), kind, id);
    }
    violations.check(!present.matches(row), kind, id, "has a state that differs from its history");
  }
}

}  // namespace

Result<void> find_violations(const Tables& tables) {
  Violations violations;
  const Present present = check_history(tables, violations);
  check_people(tables, present, violations);
  check_licenses(tables, present, violations);
  check_assignments(tables, present, violations);
  return std::move(violations).result();
}

bool agrees(const AssignmentTable& assignments, const HistoryRow& row) {
  const AssignmentRow& assignment = *assignments.find(*row.assignment);
  if (compact(row.license) != assignment.license || compact(row.person) != assignment.person) {
    return false;
  }
  if (row.grants()) {
    return row.at.us == assignment.assigned_at_us && row.actor.value == assignment.assigned_by;
  }
  if (row.removes()) {
    return row.at.us == assignment.revoked_at_us && row.actor.value == assignment.revoked_by;
  }
  return true;
}

std::string_view too_long(const Person& person) {
  return first_too_long({{"name", person.name, max_name_length},
                         {"email", person.email, max_email_length},
                         {"host_key", person.host_key, max_host_key_length}});
}

std::string_view too_long(const License& license) {
  return first_too_long({{"name", license.name, max_name_length},
                         {"vendor", license.vendor, max_vendor_length},
                         {"product_group", license.product_group, max_product_group_length},
                         {"host_key", license.host_key, max_host_key_length}});
}

std::string_view too_long(const ActorRecord& actor) {
  return first_too_long({{"actor", actor.actor, max_actor_length}});
}

std::string_view too_long(const AssignmentTexts& texts) {
  return first_too_long({{"access_level", texts.access_level, max_access_level_length},
                         {"account", texts.account, max_account_length},
                         {"notes", texts.notes, max_notes_length},
                         {"revoke_reason", texts.revoke_reason, max_reason_length}});
}

bool lacks_name(const Person& person) {
  return person.state != PersonState::erased && text::trim(person.name).empty();
}

bool lacks_name(const License& license) {
  return text::trim(license.name).empty();
}

}  // namespace seatbook::model
