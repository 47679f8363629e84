#include "views/history.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace seatbook::views {
namespace {

constexpr std::uint64_t rows_looked_at_in_one_call = 100'000;

HistoryEntry entry_of(const model::Tables& tables, Seq seq) {
  HistoryEntry entry;
  entry.row = tables.history.row(seq);
  if (const HistoryTexts* texts = tables.history.texts(seq)) entry.texts = *texts;
  entry.texts.seq = seq;
  entry.actor = *tables.actors.find(entry.row.actor);
  if (entry.row.license) entry.license_name = tables.licenses.find(entry.row.license)->name;
  if (entry.row.person) entry.person_name = tables.people.find(entry.row.person)->person.name;
  return entry;
}

/// Walks from the newest row backwards along the shortest list that holds every row asked for.
class Backwards {
 public:
  Backwards(const model::Tables& tables, const HistoryQuery& query)
      : history_(tables.history), query_(query) {
    if (query.license) {
      at_ = history_.last_of(*query.license);
    } else if (query.person) {
      at_ = history_.last_of(*query.person);
    } else {
      at_ = Seq(history_.size());
    }
    skip_others();
  }
  [[nodiscard]] Seq at() const { return at_; }
  void step() {
    move();
    skip_others();
  }

 private:
  void move() {
    if (query_.license) {
      at_ = history_.previous_of_license(at_);
    } else if (query_.person) {
      at_ = history_.previous_of_person(at_);
    } else {
      at_ = Seq(at_.value - 1);
    }
  }
  void skip_others() {
    if (!query_.license || !query_.person) return;
    while (at_ && history_.row(at_).person != *query_.person) move();
  }

  const model::HistoryTable& history_;
  const HistoryQuery& query_;
  Seq at_;
};

}  // namespace

std::vector<HistoryEntry> history(const model::Tables& tables, const HistoryQuery& query) {
  std::vector<Seq> wanted;
  if (query.newest_first) {
    for (Backwards rows(tables, query); rows.at() && wanted.size() < query.limit; rows.step()) {
      if (!query.from || rows.at() < query.from) wanted.push_back(rows.at());
    }
  } else if (!query.license && !query.person) {
    const std::uint64_t last =
        std::min(tables.history.size(), query.from.value + std::uint64_t{query.limit});
    for (std::uint64_t seq = query.from.value + 1; seq <= last; ++seq) wanted.emplace_back(seq);
  } else {
    // The lists run backwards, so the oldest rows are the last ones met.
    for (Backwards rows(tables, query); rows.at() > query.from; rows.step()) {
      wanted.push_back(rows.at());
    }
    std::reverse(wanted.begin(), wanted.end());
    if (wanted.size() > query.limit) wanted.resize(query.limit);
  }
  std::vector<HistoryEntry> entries;
  entries.reserve(wanted.size());
  for (const Seq seq : wanted) entries.push_back(entry_of(tables, seq));
  return entries;
}

std::optional<Event> event_of(const model::Tables& tables, Seq seq) {
  const HistoryKind kind = tables.history.kind(seq);
  if (kind != HistoryKind::assigned && kind != HistoryKind::revoked) return std::nullopt;
  const HistoryRow row = tables.history.row(seq);
  Event event;
  event.seq = seq;
  event.kind =
      kind == HistoryKind::assigned ? EventKind::software_assigned : EventKind::software_revoked;
  event.at = row.at;
  event.version = row.batch;
  event.assignment = row.assignment;
  event.license = row.license;
  event.license_name = tables.licenses.find(row.license)->name;
  const Person& person = tables.people.find(row.person)->person;
  event.person = row.person;
  event.person_name = person.name;
  event.person_email = person.email;
  event.actor = *tables.actors.find(row.actor);
  event.actor_name =
      event.actor.person ? tables.people.find(*event.actor.person)->person.name : event.actor.actor;
  return event;
}

EventPage events_after(const model::Tables& tables, Seq after, std::uint32_t limit) {
  EventPage page;
  const std::uint64_t end = tables.history.size();
  const std::uint64_t last =
      after.value < end ? std::min(end, after.value + rows_looked_at_in_one_call) : after.value;
  page.next = after;
  for (std::uint64_t seq = after.value + 1; seq <= last && page.events.size() < limit; ++seq) {
    page.next = Seq(seq);
    if (auto event = event_of(tables, page.next)) page.events.push_back(*std::move(event));
  }
  page.more = page.next.value < end;
  return page;
}

}  // namespace seatbook::views
