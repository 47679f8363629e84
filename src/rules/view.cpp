#include "rules/view.hpp"

#include <algorithm>
#include <variant>

#include "model/plausible.hpp"

namespace seatbook::rules {
namespace {

/// Whether a view can show a record: it is of a kind that the view has, its id continues those of
/// the tables, and what it refers to exists.
class Covered {
 public:
  Covered(const model::Tables& tables, const std::vector<RecordImage>& images)
      : tables_(tables),
        actors_(tables.actors.size()),
        assignments_(tables.assignments.size()),
        rows_(tables.history.size()) {
    for (const RecordImage& image : images) {
      if (std::holds_alternative<ActorRecord>(image)) ++actors_;
      if (std::holds_alternative<HistoryRow>(image)) ++rows_;
      const auto* seat = std::get_if<Assignment>(&image);
      if (seat != nullptr && tables.assignments.find(seat->id) == nullptr) ++assignments_;
    }
  }

  bool operator()(const ActorRecord& actor) const {
    return actor.id.value > tables_.actors.size() && exists(actor.id) &&
           (!actor.person || exists(*actor.person));
  }
  bool operator()(const Assignment& seat) const {
    if (!exists(seat.assigned_by) || (seat.revoked_by && !exists(*seat.revoked_by))) return false;
    if (const model::AssignmentRow* row = tables_.assignments.find(seat.id)) {
      return LicenseId(row->license) == seat.license && PersonId(row->person) == seat.person &&
             (row->active() || !seat.active());
    }
    return exists(seat.id) && exists(seat.person) && tables_.licenses.find(seat.license) != nullptr;
  }
  bool operator()(const HistoryRow& row) const {
    return row.seq.value > tables_.history.size() && row.seq.value <= rows_;
  }
  bool operator()(const HistoryTexts& texts) const { return texts.seq.value <= rows_; }
  bool operator()(const LastUse& use) const { return exists(use.assignment); }
  template <class Other>
  bool operator()(const Other& /*another kind*/) const {
    return false;
  }

 private:
  [[nodiscard]] bool exists(ActorId id) const { return id && id.value <= actors_; }
  [[nodiscard]] bool exists(AssignmentId id) const { return id && id.value <= assignments_; }
  [[nodiscard]] bool exists(PersonId id) const { return tables_.people.find(id) != nullptr; }

  const model::Tables& tables_;
  // With the new ones.
  std::uint64_t actors_;
  std::uint64_t assignments_;
  std::uint64_t rows_;
};

/// Reserves memory for `count` more entries.
template <class Entry>
void reserve(std::vector<Entry>& entries, std::size_t count) {
  const std::size_t size = entries.size() + count;
  if (size > entries.capacity()) entries.reserve(std::max(size, 2 * entries.capacity()));
}

}  // namespace

bool View::covers(const model::Tables& tables, const std::vector<RecordImage>& images) {
  const Covered covered(tables, images);
  return std::all_of(images.begin(), images.end(), [&](const RecordImage& image) {
    return model::is_plausible(image) && std::visit(covered, image);
  });
}

void View::add(const std::vector<RecordImage>& images, Version to) {
  // What follows cannot fail.
  reserve(seats_, images.size());
  reserve(actors_, images.size());
  reserve(uses_, images.size());
  std::optional<BookInfo> info = info_;
  for (const RecordImage& image : images) {
    if (const auto* written = std::get_if<BookInfo>(&image)) info = *written;
  }
  info_ = std::move(info);

  const auto earlier = static_cast<std::ptrdiff_t>(seats_.size());
  for (const RecordImage& image : images) {
    if (const auto* assignment = std::get_if<Assignment>(&image)) {
      Seat seat{model::row_of(*assignment), assignment};
      const auto end = seats_.begin() + earlier;
      const auto known = std::find_if(
          seats_.begin(), end, [&](const Seat& other) { return other.row.id == seat.row.id; });
      if (known != end) {
        seat.was_active = known->was_active;
        *known = seat;
        continue;
      }
      const model::AssignmentRow* before = tables_.assignments.find(assignment->id);
      if (before == nullptr) ++new_assignments_;
      seat.was_active = before != nullptr && before->active();
      seats_.push_back(seat);
    } else if (const auto* actor = std::get_if<ActorRecord>(&image)) {
      actors_.push_back(actor);
    } else if (const auto* use = std::get_if<LastUse>(&image)) {
      uses_.push_back(use);
    } else if (const auto* row = std::get_if<HistoryRow>(&image)) {
      ++history_rows_;
      last_at_ = std::max(last_at(), row->at);
    }
  }
  version_ = to;
}

Timestamp View::last_at() const {
  return last_at_ ? *last_at_ : tables_.history.last_at();
}

const std::optional<BookInfo>& View::info() const {
  return info_ ? info_ : tables_.info;
}

std::uint64_t View::actor_count() const {
  return tables_.actors.size() + actors_.size();
}

const ActorRecord* View::find_actor(std::string_view actor,
                                    const std::optional<PersonId>& person) const {
  for (const ActorRecord* added : actors_) {
    if (added->actor == actor && added->person == person) return added;
  }
  // Often the actor that wrote last writes next. This is faster than to hash a name.
  const ActorRecord* last = tables_.actors.find(tables_.history.last_actor());
  if (last != nullptr && last->actor == actor && last->person == person) return last;
  return tables_.actors.find(actor, person);
}

std::uint64_t View::assignment_count() const {
  return tables_.assignments.size() + new_assignments_;
}

const View::Seat* View::pending(AssignmentId id) const {
  for (const Seat& seat : seats_) {
    if (seat.row.id == id.value) return &seat;
  }
  return nullptr;
}

const model::AssignmentRow* View::find(AssignmentId id) const {
  const Seat* seat = pending(id);
  return seat != nullptr ? &seat->row : tables_.assignments.find(id);
}

Assignment View::record(AssignmentId id) const {
  const Seat* seat = pending(id);
  return seat != nullptr ? *seat->image : tables_.assignments.record(id);
}

Timestamp View::since(const model::AssignmentRow& row) const {
  const Seat* seat = pending(AssignmentId(row.id));
  return seat != nullptr ? seat->image->since() : tables_.assignments.since(row);
}

const model::AssignmentRow* View::find_active(LicenseId license, PersonId person) const {
  for (const Seat& seat : seats_) {
    if (seat.row.active() && seat.row.license == license.value && seat.row.person == person.value) {
      return &seat.row;
    }
  }
  const model::AssignmentRow* row = tables_.assignments.find_active(license, person);
  // A pending image that is active was found above: this one revokes the seat.
  return row != nullptr && pending(AssignmentId(row->id)) == nullptr ? row : nullptr;
}

std::uint64_t View::active_count(LicenseId license) const {
  std::uint64_t count = tables_.assignments.active_count(license);
  for (const Seat& seat : seats_) {
    if (seat.row.license != license.value) continue;
    if (seat.was_active) --count;
    if (seat.row.active()) ++count;
  }
  return count;
}

std::optional<Timestamp> View::last_use(AssignmentId id) const {
  for (auto use = uses_.rbegin(); use != uses_.rend(); ++use) {
    if ((*use)->assignment == id) return (*use)->used_at;
  }
  // A new assignment is not in the tables.
  return id.value <= tables_.assignments.size() ? tables_.assignments.last_use(id) : std::nullopt;
}

}  // namespace seatbook::rules
