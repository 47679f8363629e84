#include "views/views.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace seatbook::views {
namespace {

HistoryEntry entry_of(const model::Tables& tables, Seq seq) {
  HistoryEntry entry;
  entry.row = tables.history.row(seq);
  if (const HistoryTexts* texts = tables.history.texts(seq)) entry.texts = *texts;
  entry.texts.seq = seq;
  entry.actor = *tables.actors.find(entry.row.actor);
  entry.actor_name = name_of(tables, entry.actor);
  if (entry.row.license) entry.license_name = tables.licenses.find(*entry.row.license)->name;
  if (entry.row.person) entry.person_name = tables.people.find(*entry.row.person)->person.name;
  return entry;
}

/// Iterates backwards over one list of rows: that of the license, the person or the actor of the
/// query, or all rows.
class Backwards {
 public:
  Backwards(const model::HistoryTable& history, const HistoryQuery& query)
      : history_(history), query_(query) {
    if (query.newest_first && starts_in_list()) {
      at_ = query.from;
      step();
    } else if (query.license) {
      at_ = history_.last_of(*query.license);
    } else if (query.person) {
      at_ = history_.last_of(*query.person);
    } else if (query.actor) {
      at_ = history_.last_of(*query.actor);
    } else {
      at_ = Seq(history_.size());
    }
  }
  [[nodiscard]] Seq at() const { return at_; }
  void step() {
    if (query_.license) {
      at_ = history_.previous_of_license(at_);
    } else if (query_.person) {
      at_ = history_.previous_of_person(at_);
    } else if (query_.actor) {
      at_ = history_.previous_of_actor(at_);
    } else {
      at_ = Seq(at_.value - 1);
    }
  }

 private:
  /// Returns whether `from` is a row of the list, so that the iteration can start there.
  [[nodiscard]] bool starts_in_list() const {
    if (!query_.from || query_.from.value > history_.size()) return false;
    const HistoryRow row = history_.row(query_.from);
    if (query_.license) return row.license == *query_.license;
    if (query_.person) return row.person == *query_.person;
    if (query_.actor) return row.actor == *query_.actor;
    return true;
  }

  const model::HistoryTable& history_;
  const HistoryQuery& query_;
  Seq at_;
};

bool fits(const HistoryRow& row, const HistoryQuery& query) {
  return (!query.license || row.license == *query.license) &&
         (!query.person || row.person == *query.person) &&
         (!query.actor || row.actor == *query.actor) && (!query.kind || row.kind == *query.kind) &&
         (!query.since || row.at >= *query.since) && (!query.until || row.at < *query.until);
}

std::vector<Seq> newest_first(const model::HistoryTable& history, const HistoryQuery& query,
                              model::Slices& slices) {
  std::vector<Seq> wanted;
  for (Backwards rows(history, query); rows.at() && wanted.size() < query.limit; rows.step()) {
    if (!slices.step() || !slices.room(wanted)) break;
    if (query.from && rows.at() >= query.from) continue;
    const HistoryRow row = history.row(rows.at());
    if (query.since && row.at < *query.since) break;  // all further rows are older
    if (fits(row, query)) wanted.push_back(row.seq);
  }
  return wanted;
}

/// Skips rows written in the meantime.
std::vector<Seq> oldest_first(const model::HistoryTable& history, const HistoryQuery& query,
                              model::Slices& slices) {
  std::vector<Seq> wanted;
  const std::uint64_t last = history.size();
  if (query.from.value >= last) return wanted;
  if (!query.license && !query.person && !query.actor) {
    for (std::uint64_t seq = query.from.value + 1; seq <= last && wanted.size() < query.limit;
         ++seq) {
      if (!slices.step() || !slices.room(wanted)) break;
      const HistoryRow row = history.row(Seq(seq));
      if (query.until && row.at >= *query.until) break;
      if (fits(row, query)) wanted.push_back(row.seq);
    }
    return wanted;
  }
  // The lists are linked backwards, so the oldest rows come last.
  for (Backwards rows(history, query); rows.at() > query.from; rows.step()) {
    if (!slices.step() || !slices.room(wanted)) return {};
    if (fits(history.row(rows.at()), query)) wanted.push_back(rows.at());
  }
  std::reverse(wanted.begin(), wanted.end());
  if (wanted.size() > query.limit) wanted.resize(query.limit);
  return wanted;
}

std::vector<Seq> seqs_of(const model::Tables& tables, const HistoryQuery& query,
                         model::Slices& slices) {
  return query.newest_first ? newest_first(tables.history, query, slices)
                            : oldest_first(tables.history, query, slices);
}

}  // namespace

std::vector<HistoryEntry> history(const model::Tables& tables, const HistoryQuery& query,
                                  model::Slices& slices) {
  return history_entries(tables, seqs_of(tables, query, slices), slices);
}

std::vector<Seq> history_order(const model::Tables& tables, HistoryQuery query,
                               model::Slices& slices) {
  query.limit = std::numeric_limits<std::uint32_t>::max();  // more than a book can hold
  return seqs_of(tables, query, slices);
}

std::vector<HistoryEntry> history_entries(const model::Tables& tables, std::span<const Seq> rows,
                                          model::Slices& slices) {
  std::vector<HistoryEntry> entries;
  entries.reserve(rows.size());
  for (const Seq seq : rows) {
    if (!slices.step(2 * model::Slices::copied_row)) return entries;
    entries.push_back(entry_of(tables, seq));
  }
  return entries;
}

}  // namespace seatbook::views
