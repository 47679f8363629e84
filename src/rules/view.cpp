#include "rules/view.hpp"

#include <algorithm>
#include <variant>

namespace seatbook::rules {

void View::add(const std::vector<RecordImage>& images) {
  // What follows cannot fail.
  seats_.reserve(seats_.size() + images.size());
  actors_.reserve(actors_.size() + images.size());
  uses_.reserve(uses_.size() + images.size());
  std::optional<BookInfo> info = info_;
  for (const RecordImage& image : images) {
    if (const auto* written = std::get_if<BookInfo>(&image)) info = *written;
  }
  info_ = std::move(info);

  for (const RecordImage& image : images) {
    if (const auto* assignment = std::get_if<Assignment>(&image)) {
      const Seat seat{model::row_of(*assignment), assignment};
      const auto known = std::find_if(seats_.begin(), seats_.end(), [&](const Seat& other) {
        return other.row.id == seat.row.id;
      });
      if (assignment->id.value > assignment_count()) ++new_assignments_;
      if (known == seats_.end()) {
        seats_.push_back(seat);
      } else {
        *known = seat;
      }
    } else if (const auto* actor = std::get_if<ActorRecord>(&image)) {
      actors_.push_back(actor);
    } else if (const auto* use = std::get_if<LastUse>(&image)) {
      uses_.push_back(use);
    } else if (const auto* row = std::get_if<HistoryRow>(&image)) {
      ++history_rows_;
      last_at_ = row->at;
    }
  }
  ++batches_;
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
    if (seat.row.active() && seat.image->license == license && seat.image->person == person) {
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
    if (seat.image->license != license) continue;
    const model::AssignmentRow* before = tables_.assignments.find(seat.image->id);
    if (before != nullptr && before->active()) --count;
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
