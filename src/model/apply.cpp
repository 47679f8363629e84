// Tables::apply and Tables::catch_up: apply a set of record images as one change.
#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "model/plausible.hpp"
#include "model/tables.hpp"
#include "model/violations.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::model {
namespace {

/// Removes each changed row from the unique indexes first, so that the result does not depend on
/// the order of the new images. A revoked image frees its seat and takes no unique key, so it is
/// applied immediately.
struct LeaveUniqueIndexes {
  Tables& tables;

  bool operator()(const Person& person) const {
    const PersonRow* row = tables.people.find(person.id);
    if (row != nullptr &&
        (row->person.email != person.email || row->person.host_key != person.host_key)) {
      tables.people.release_keys(person.id);
    }
    return true;
  }
  bool operator()(const License& license) const {
    const License* row = tables.licenses.find(license.id);
    if (row != nullptr && row->host_key != license.host_key) {
      tables.licenses.release_keys(license.id);
    }
    return true;
  }
  bool operator()(const Assignment& assignment) const {
    return assignment.active() || tables.assignments.find(assignment.id) == nullptr ||
           tables.assignments.put(assignment);
  }
  template <class Other>
  bool operator()(const Other&) const {
    return true;
  }
};

/// Whether all records that a record refers to exist.
class References {
 public:
  explicit References(const Tables& tables) : tables_(tables) {}

  bool operator()(const ActorRecord& actor) const { return exists_if_any(actor.person); }
  bool operator()(const License& license) const {
    return exists(license.owner) && exists_if_any(license.backup_owner);
  }
  bool operator()(const Assignment& assignment) const {
    return exists(assignment.license) && exists(assignment.person) &&
           exists(assignment.assigned_by) &&
           (assignment.active() || (assignment.revoked_by && exists(*assignment.revoked_by)));
  }
  bool operator()(const HistoryRow& row) const {
    return exists(row.actor) && exists_if_any(row.license) && exists_if_any(row.person) &&
           exists_if_any(row.assignment) && exists_if_any(row.counterpart);
  }
  bool operator()(const HistoryTexts& texts) const {
    return texts.seq.value <= tables_.history.size();
  }
  bool operator()(const LastUse& use) const { return exists(use.assignment); }
  template <class Other>
  bool operator()(const Other& /*has no references*/) const {
    return true;
  }

 private:
  [[nodiscard]] bool exists(PersonId id) const { return tables_.people.find(id) != nullptr; }
  [[nodiscard]] bool exists(LicenseId id) const { return tables_.licenses.find(id) != nullptr; }
  [[nodiscard]] bool exists(ActorId id) const { return tables_.actors.find(id) != nullptr; }
  [[nodiscard]] bool exists(AssignmentId id) const {
    return tables_.assignments.find(id) != nullptr;
  }
  template <class IdType>
  [[nodiscard]] bool exists_if_any(const std::optional<IdType>& id) const {
    return !id || exists(*id);
  }
  const Tables& tables_;
};

/// Whether a new record's id is the next one of its kind.
struct Next {
  const Tables& tables;

  bool operator()(const Person& person) const {
    return person.id.value == tables.people.size() + 1;
  }
  bool operator()(const ActorRecord& actor) const {
    return actor.id.value == tables.actors.size() + 1;
  }
  bool operator()(const License& license) const {
    return license.id.value == tables.licenses.size() + 1;
  }
  bool operator()(const Assignment& assignment) const {
    return assignment.id.value == tables.assignments.size() + 1;
  }
  bool operator()(const HistoryRow& row) const {
    return row.seq.value == tables.history.size() + 1;
  }
  template <class Other>
  bool operator()(const Other& /*has no id sequence*/) const {
    return true;
  }
};

struct Enter {
  Tables& tables;

  bool operator()(BookInfo& info) const {
    tables.info = std::move(info);
    return true;
  }
  bool operator()(ActorRecord& actor) const { return tables.actors.put(std::move(actor)); }
  bool operator()(Person& person) const { return tables.people.put(std::move(person)); }
  bool operator()(License& license) const { return tables.licenses.put(std::move(license)); }
  bool operator()(Assignment& assignment) const {
    // LeaveUniqueIndexes has already applied the revoked image of a known row.
    if (!assignment.active() && tables.assignments.find(assignment.id) != nullptr) return true;
    return tables.assignments.put(assignment);
  }
  bool operator()(HistoryRow& row) const { return tables.history.put(row); }
  bool operator()(HistoryTexts& texts) const { return tables.history.put_texts(std::move(texts)); }
  bool operator()(const LastUse& use) const { return tables.assignments.put(use); }
};

std::string name_of(const RecordImage& image) {
  static constexpr const char* names[] = {"book info",  "person",  "actor",         "license",
                                          "assignment", "history", "history texts", "last use"};
  return std::string(names[image.index()]) + " " + std::to_string(id_of(image));
}

Error contradiction(const RecordImage& image) {
  return {Code::storage_corrupt, "the stored " + name_of(image) +
                                     " contradicts the other records: an id out of order, a "
                                     "duplicate unique key, a missing record, or a value out of "
                                     "range"};
}

/// Returns whose email has the same key as that of a person (C17), or null.
const PersonRow* other_with_email(const Tables& tables, const RecordImage& image) {
  const auto* person = std::get_if<Person>(&image);
  if (person == nullptr || person->email.empty()) return nullptr;
  const PersonRow* other = tables.people.find_email(text::email_key(person->email));
  return other == nullptr || other->person.id == person->id ? nullptr : other;
}

/// Another Unicode version may give two emails the same key.
Error email_clash(const PersonRow& other, const RecordImage& image) {
  return {Code::storage_corrupt, "the people " + std::to_string(other.person.id.value) + " and " +
                                     std::to_string(id_of(image)) + " have the same email"};
}

/// Applies a record. Returns false if its references do not exist or it contradicts the tables.
bool enter(Tables& tables, RecordImage& image) {
  return std::visit(
      [&](auto& record) { return References(tables)(record) && Enter{tables}(record); }, image);
}

}  // namespace

Result<void> Tables::apply(std::vector<RecordImage>&& images, Version to) {
  for (RecordImage& image : images) {
    if (!std::visit(LeaveUniqueIndexes{*this}, image)) return contradiction(image);
  }
  for (RecordImage& image : images) {
    if (const auto* other = other_with_email(*this, image)) return email_clash(*other, image);
    if (!enter(*this, image)) return contradiction(image);
  }
  version = to;
  return {};
}

Result<bool> Tables::take_early(RecordImage& image) {
  if (!std::visit(Next{*this}, image) || !std::visit(References(*this), image)) return false;
  if (!is_plausible(image)) return contradiction(image);
  if (const auto* other = other_with_email(*this, image)) return email_clash(*other, image);
  if (!enter(*this, image)) return contradiction(image);
  return true;
}

Result<void> Tables::catch_up(std::vector<RecordImage> images, Version to) {
  // Sorted by kind, then id: a record comes after the records that it refers to.
  const auto before = [](const RecordImage& a, const RecordImage& b) {
    return std::make_tuple(a.index(), id_of(a)) < std::make_tuple(b.index(), id_of(b));
  };
  if (!std::is_sorted(images.begin(), images.end(), before)) {
    std::sort(images.begin(), images.end(), before);
  }
  for (const RecordImage& image : images) {
    if (!is_plausible(image)) return contradiction(image);
  }
  const bool first = version == Version();
  const Seq known(history.size());
  SEATBOOK_TRY(apply(std::move(images), to));
  // The first read checks everything. Later reads check new history rows against the assignments:
  // they disagree if the storage continues another book than the one in these tables.
  if (first) return find_violations(*this);
  for (Seq seq(known.value + 1); seq.value <= history.size(); ++seq.value) {
    const HistoryRow row = history.row(seq);
    if (row.assignment && !agrees(assignments, row)) return contradiction(row);
  }
  return {};
}

}  // namespace seatbook::model
