#include "views/views.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace seatbook::views {
namespace {

constexpr std::uint64_t rows_looked_at_in_one_call = 100'000;

/// Adds the notifications of the rows from `first` to `last`, which form one batch.
void add_notifications(const model::Tables& tables, Seq first, Seq last,
                       std::vector<Notification>& notifications, model::Slices& slices) {
  std::unordered_map<std::uint64_t, std::size_t> of_person;
  const std::uint64_t rows = last.value + 1 - first.value;
  // The maximum for the batch, so that the map does not grow under the lock.
  if (!slices.apart(rows, [&] { of_person.reserve(rows); })) return;
  for (std::uint64_t seq = first.value; seq <= last.value; ++seq) {
    if (!slices.step() || !slices.room(notifications)) break;
    if (!tables.history.moves_a_seat(Seq(seq))) continue;
    if (!slices.step(model::Slices::copied_row)) break;
    const HistoryRow row = tables.history.row(Seq(seq));
    if (!row.grants()) continue;
    const auto [at, is_new] = of_person.emplace(row.person->value, notifications.size());
    if (is_new) {
      const Person& person = tables.people.find(*row.person)->person;
      Notification& fresh = notifications.emplace_back();
      fresh.version = row.batch;
      fresh.seq = row.seq;
      fresh.at = row.at;
      fresh.person = *row.person;
      fresh.person_name = person.name;
      fresh.person_email = person.email;
      fresh.actor = *tables.actors.find(row.actor);
      fresh.actor_name = name_of(tables, fresh.actor);
    }
    notifications[at->second].seats.push_back(
        {*row.assignment, *row.license, tables.licenses.find(*row.license)->name});
  }
  (void)slices.apart(of_person.size(), [&] { of_person = {}; });
}

}  // namespace

std::string name_of(const model::Tables& tables, const ActorRecord& actor) {
  return actor.person ? tables.people.find(*actor.person)->person.name : actor.actor;
}

std::optional<Event> event_of(const model::Tables& tables, Seq seq) {
  if (!tables.history.moves_a_seat(seq)) return std::nullopt;
  const HistoryRow row = tables.history.row(seq);
  const Person& person = tables.people.find(*row.person)->person;
  Event event;
  event.seq = seq;
  event.kind = row.grants() ? EventKind::software_assigned : EventKind::software_revoked;
  event.at = row.at;
  event.version = row.batch;
  event.assignment = *row.assignment;
  event.license = *row.license;
  event.license_name = tables.licenses.find(*row.license)->name;
  event.person = *row.person;
  event.person_name = person.name;
  event.person_email = person.email;
  event.actor = *tables.actors.find(row.actor);
  event.actor_name = name_of(tables, event.actor);
  return event;
}

std::vector<Notification> notifications_of(const model::Tables& tables, Seq first, Seq last) {
  std::vector<Notification> notifications;
  model::OneSlice slices;
  if (slices.enter()) add_notifications(tables, first, last, notifications, slices);
  return notifications;
}

EventPage events_after(const model::Tables& tables, Seq after, std::uint32_t limit,
                       model::Slices& slices) {
  EventPage page;
  const std::uint64_t end = tables.history.size();
  page.next = after;
  if (after.value >= end) return page;
  const std::uint64_t last = std::min(end, after.value + rows_looked_at_in_one_call);
  for (std::uint64_t seq = after.value + 1; seq <= last && page.events.size() < limit; ++seq) {
    const bool copied = tables.history.moves_a_seat(Seq(seq));
    if (!slices.step(copied ? model::Slices::copied_row : 1) || !slices.room(page.events)) break;
    page.next = Seq(seq);
    if (copied) page.events.push_back(*event_of(tables, page.next));
  }
  page.more = page.next.value < end;
  return page;
}

NotificationPage notifications_after(const model::Tables& tables, Seq after, std::uint32_t limit,
                                     model::Slices& slices) {
  const model::HistoryTable& history = tables.history;
  NotificationPage page;
  const std::uint64_t end = history.size();
  page.next = after;
  while (page.next.value < end && page.notifications.size() < limit &&
         page.next.value - after.value < rows_looked_at_in_one_call) {
    const std::uint64_t first = page.next.value + 1;
    std::uint64_t last = first;
    while (slices.step() && last < end && history.batch(Seq(last + 1)) == history.batch(Seq(first)))
      ++last;
    add_notifications(tables, Seq(first), Seq(last), page.notifications, slices);
    if (slices.ended()) break;
    page.next = Seq(last);
  }
  page.more = page.next.value < end;
  return page;
}

}  // namespace seatbook::views
