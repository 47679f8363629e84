#include "rules/rules.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "rules/edits.hpp"
#include "rules/lookups.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

constexpr std::size_t max_listed_ids = 100;

Result<void> still_needed(const model::Tables& tables, const ErasePerson& command) {
  std::vector<std::uint64_t> licenses;
  for (const LicenseId id : tables.licenses.owned_by(command.person, max_listed_ids)) {
    licenses.push_back(id.value);
  }
  if (!licenses.empty()) {  // C49
    return Error{Code::owns_licenses,
                 "the person is owner or backup owner of a license",
                 "person",
                 {},
                 std::move(licenses)};
  }
  if (command.revoke_first) return {};
  std::vector<std::uint64_t> seats;
  for (AssignmentId id = tables.assignments.first_active(command.person);
       id && seats.size() < max_listed_ids; id = tables.assignments.newer_of_person(id)) {
    seats.push_back(id.value);
  }
  if (seats.empty()) return {};
  // C49
  return Error{
      Code::has_active_seats, "the person has active seats", "person", {}, std::move(seats)};
}

/// Empties the texts of a row about the person. The names of the changed fields, amounts and
/// instants stay (C59).
HistoryTexts emptied(const HistoryTexts& texts) {
  HistoryTexts image;
  image.seq = texts.seq;
  for (const FieldChange& change : texts.changes) {
    const bool stays = change.field == "cost_override" || change.field == "held_since";
    image.changes.push_back(stays ? change : FieldChange{change.field, {}, {}});
  }
  return image;
}

/// Collects all records with texts of the person. History names every assignment they ever had and
/// every row they wrote.
struct Traces {
  std::map<std::uint64_t, Assignment> assignments;      // images to put
  std::map<std::uint64_t, HistoryTexts> history_texts;  // images to put

  Traces(const model::Tables& tables, PersonId person) {
    const model::HistoryTable& history = tables.history;
    for (Seq seq = history.last_of(person); seq; seq = history.previous_of_person(seq)) {
      const HistoryRow row = history.row(seq);
      if (const HistoryTexts* texts = history.texts(seq)) {
        history_texts.emplace(seq.value, emptied(*texts));
      }
      if (!row.assignment) continue;
      Assignment& image = image_of(tables, *row.assignment);
      image.access_level.clear();
      image.account.clear();
      image.notes.clear();
      image.revoke_reason.clear();
    }
    const ActorRecord* actor = tables.actors.find("", person);
    if (actor == nullptr) return;
    // In rows about others, only the text that the person entered (C64), which is also in the
    // assignment. The reason of a transfer is set by the library.
    for (Seq seq = history.last_of(actor->id); seq; seq = history.previous_of_actor(seq)) {
      const HistoryTexts* texts = history.texts(seq);
      if (texts == nullptr) continue;
      const HistoryRow row = history.row(seq);
      if (row.kind == HistoryKind::edited && changes_notes(*texts)) clear_notes(tables, row);
      if (texts->reason.empty() || row.kind == HistoryKind::transferred) continue;
      history_texts.try_emplace(seq.value, *texts).first->second.reason.clear();
      if (row.removes()) image_of(tables, *row.assignment).revoke_reason.clear();
    }
  }

 private:
  static bool changes_notes(const HistoryTexts& texts) {
    return std::any_of(texts.changes.begin(), texts.changes.end(),
                       [](const FieldChange& change) { return change.field == "notes"; });
  }
  FieldChange& notes_in(const model::HistoryTable& history, Seq seq) {
    auto& changes = history_texts.try_emplace(seq.value, *history.texts(seq)).first->second.changes;
    return *std::find_if(changes.begin(), changes.end(),
                         [](const FieldChange& change) { return change.field == "notes"; });
  }
  /// Empties the notes that the row's actor entered (C64). They are also in the next change of the
  /// seat's notes or, if there is none, in the assignment.
  void clear_notes(const model::Tables& tables, const HistoryRow& row) {
    const model::HistoryTable& history = tables.history;
    notes_in(history, row.seq).after.clear();
    Seq next;
    for (Seq seq = history.last_of(*row.person); seq > row.seq;
         seq = history.previous_of_person(seq)) {
      const HistoryTexts* texts = history.texts(seq);
      if (texts == nullptr || history.row(seq).assignment != row.assignment) continue;
      if (changes_notes(*texts)) next = seq;
    }
    if (next) {
      notes_in(history, next).before.clear();
    } else {
      image_of(tables, *row.assignment).notes.clear();
    }
  }
  Assignment& image_of(const model::Tables& tables, AssignmentId id) {
    const auto found = assignments.find(id.value);
    if (found != assignments.end()) return found->second;
    return assignments.emplace(id.value, tables.assignments.record(id)).first->second;
  }
};

bool same_texts(const Assignment& image, const model::AssignmentTexts* texts) {
  if (texts == nullptr) return true;  // nothing to empty
  return image.access_level == texts->access_level && image.account == texts->account &&
         image.notes == texts->notes && image.revoke_reason == texts->revoke_reason;
}

}  // namespace

Result<void> malformed(const ErasePerson& /*command*/) {
  return {};
}

Result<PersonReceipt> erase_person(Transaction& transaction, const ErasePerson& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const Person* found, find_person_not_erased(tables, command.person, "person"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  SEATBOOK_TRY(still_needed(tables, command));

  Traces traces(tables, command.person);
  PersonReceipt result{found->id, next(found->revision)};
  std::vector<HistoryRow> revoked;
  for (auto& [id, image] : traces.assignments) {
    const bool held = image.person == command.person && image.active();
    if (held) {
      if (image.needs_review) ++result.flags_changed;
      stamp_revoked(transaction, image, "");
      revoked.push_back(about(HistoryKind::revoked, image));
    }
    if (held || !same_texts(image, tables.assignments.texts(AssignmentId(id)))) {
      transaction.put(std::move(image));
    }
  }
  Person erased;
  erased.id = found->id;
  erased.state = PersonState::erased;
  erased.revision = result.revision;
  transaction.put(std::move(erased));
  for (auto& [seq, image] : traces.history_texts) transaction.put(std::move(image));
  for (const HistoryRow& row : revoked) {
    SEATBOOK_TRY(transaction.record(row));
  }
  HistoryRow row;
  row.kind = HistoryKind::person_erased;
  row.person = command.person;
  SEATBOOK_TRY(transaction.record(row));
  return result;
}

}  // namespace seatbook::rules
