#include "views/views.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "text/utf8.hpp"
#include "views/first_rows.hpp"
#include "views/inactivity.hpp"

namespace seatbook::views {
namespace {

/// Iterates over the seats of a license, a person or the book, in the order of assignment, in
/// either direction. Skips seats assigned in the meantime. Some may be revoked: the caller checks
/// each.
class Walk {
 public:
  Walk(const model::Tables& tables, const std::optional<LicenseId>& license,
       const std::optional<PersonId>& person, bool backwards = false)
      : assignments_(tables.assignments),
        license_(license),
        person_(person),
        backwards_(backwards),
        last_(assignments_.size()) {}

  [[nodiscard]] AssignmentId first() const { return known(nearest()); }

  /// Returns the seat after `at`, which may be revoked but must be in the scope. Each skipped seat
  /// is a step; also returns 0 if the query has ended.
  [[nodiscard]] AssignmentId after(AssignmentId at, model::Slices& slices) const {
    if (license_ && person_) return known(after_the_only(at));
    if (license_ || person_) return known(in_chain(at, slices));
    return known(AssignmentId(backwards_ ? at.value - 1 : at.value + 1));
  }

  [[nodiscard]] bool contains(AssignmentId id) const {
    const model::AssignmentRow* row = assignments_.find(id);
    return row != nullptr && (!license_ || row->license == license_->value) &&
           (!person_ || row->person == person_->value);
  }

 private:
  [[nodiscard]] AssignmentId nearest() const {
    if (license_ && person_) {
      const auto* held = assignments_.find_active(*license_, *person_);
      return held == nullptr ? AssignmentId() : AssignmentId(held->id);
    }
    if (license_ || person_) return backwards_ ? newest() : oldest();
    return backwards_ ? last_ : AssignmentId(1);
  }
  [[nodiscard]] AssignmentId oldest() const {
    return license_ ? assignments_.first_active(*license_) : assignments_.first_active(*person_);
  }
  [[nodiscard]] AssignmentId newest() const {
    return license_ ? assignments_.last_active(*license_) : assignments_.last_active(*person_);
  }
  [[nodiscard]] AssignmentId newer(AssignmentId at) const {
    return license_ ? assignments_.newer_of_license(at) : assignments_.newer_of_person(at);
  }
  [[nodiscard]] AssignmentId older(AssignmentId at) const {
    return license_ ? assignments_.older_of_license(at) : assignments_.older_of_person(at);
  }
  [[nodiscard]] AssignmentId in_chain(AssignmentId at, model::Slices& slices) const {
    const AssignmentId next = backwards_ ? older(at) : newer(at);
    if (next || assignments_.find(at)->active()) return next;
    // If `at` was the oldest when it was revoked, nothing is older.
    if (backwards_ && newer(at)) return {};
    // Without a link, only a search from the newest seat finds the neighbor of `at`.
    AssignmentId found;
    AssignmentId id = newest();
    for (; id > at; id = older(id)) {
      if (!slices.step()) return {};
      found = id;
    }
    return backwards_ ? id : found;
  }
  /// A person holds at most one seat of a license, but can get another after a revoke.
  [[nodiscard]] AssignmentId after_the_only(AssignmentId at) const {
    const AssignmentId held = nearest();
    return held && (backwards_ ? held < at : held > at) ? held : AssignmentId();
  }
  [[nodiscard]] AssignmentId known(AssignmentId id) const {
    return id <= last_ ? id : AssignmentId();
  }

  const model::AssignmentTable& assignments_;
  std::optional<LicenseId> license_;
  std::optional<PersonId> person_;
  bool backwards_;
  AssignmentId last_;
};

/// An active seat with its holder, since when it is held, and its last use.
struct Seat {
  const model::AssignmentRow* row = nullptr;
  const model::PersonRow* holder = nullptr;
  Timestamp since;
  std::int64_t last_use_us = SeatPosition::never;

  [[nodiscard]] std::optional<Timestamp> last_use() const {
    return last_use_us == SeatPosition::never ? std::nullopt
                                              : std::optional(Timestamp{last_use_us});
  }
};

Seat seat_of(const model::Tables& tables, AssignmentId id) {
  Seat seat;
  seat.row = tables.assignments.find(id);
  seat.holder = tables.people.find(PersonId(seat.row->person));
  seat.since = tables.assignments.since(*seat.row);
  if (const auto last_use = tables.assignments.last_use(id)) seat.last_use_us = last_use->us;
  return seat;
}

bool is_inactive(const Seat& seat, const InactivityRule& rule, Timestamp now) {
  return views::is_inactive(seat.last_use(), seat.since, now, rule);
}

class Filter {
 public:
  Filter(const SeatListQuery& query, Timestamp now)
      : query_(query), rule_(rule_of(query)), now_(now), search_(text::search_key(query.search)) {}

  [[nodiscard]] bool fits(const Seat& seat) const {
    if (!seat.row->active()) return false;  // A23, C13
    if (query_.needs_review_only && !seat.row->needs_review) return false;
    if (query_.archived_only && seat.holder->person.state != PersonState::archived) return false;
    // A25
    if (query_.inactive_only && !is_inactive(seat, rule_, now_)) return false;
    return search_.empty() ||  // A24
           seat.holder->name_key.find(search_) != std::string::npos ||
           seat.holder->email_key.find(search_) != std::string::npos;
  }

 private:
  const SeatListQuery& query_;
  InactivityRule rule_;
  Timestamp now_;
  std::string search_;
};

/// Returns the sort key of a seat, unless the list is sorted by `assigned`.
RowKey key_of(SeatSort sort, std::string_view name_key, std::int64_t last_use_us,
              AssignmentId assignment) {
  const auto id = static_cast<std::uint32_t>(assignment.value);
  if (sort == SeatSort::user) return RowKey::by_name(name_key, id);
  RowKey key;
  key.rank = static_cast<std::uint64_t>(last_use_us - SeatPosition::never);
  key.id = id;
  return key;
}

/// The sort order of a list.
struct Order {
  bool descending = false;

  bool operator()(const RowKey& a, const RowKey& b) const { return descending ? b < a : a < b; }
};

SeatListRow list_row(const model::Tables& tables, const Seat& seat, const InactivityRule& rule,
                     Timestamp now) {
  SeatListRow row;
  row.assignment = AssignmentId(seat.row->id);
  row.license = LicenseId(seat.row->license);
  row.license_name = tables.licenses.find(row.license)->name;
  const Person& person = seat.holder->person;
  row.person = person.id;
  row.name = person.name;
  row.email = person.email;
  row.archived = person.state == PersonState::archived;
  row.needs_review = seat.row->needs_review;
  row.inactive = is_inactive(seat, rule, now);
  row.assigned_at = {seat.row->assigned_at_us};
  row.since = seat.since;
  row.last_used_at = seat.last_use();
  if (const auto* texts = tables.assignments.texts(row.assignment)) {
    row.access_level = texts->access_level;
    row.account = texts->account;
    row.cost_override = texts->cost_override;
  }
  return row;
}

/// Returns how many rows to search for: one more than the page, to detect whether another page
/// follows.
std::size_t wanted_rows(const SeatListQuery& query) {
  return query.limit == all_rows ? FirstRows<RowKey, Order>::all : std::size_t{query.limit} + 1;
}

SeatOrder by_assigned(const model::Tables& tables, const SeatListQuery& query, const Filter& filter,
                      const std::optional<SeatPosition>& after, model::Slices& slices) {
  const Walk walk(tables, query.license, query.person, query.descending);
  SeatOrder order;
  if (after && !walk.contains(after->assignment)) return order;
  for (AssignmentId id = after ? walk.after(after->assignment, slices) : walk.first(); id;
       id = walk.after(id, slices)) {
    if (!slices.step() || !slices.room(order.seats)) return {};
    if (!filter.fits(seat_of(tables, id))) continue;
    if (query.limit != all_rows && order.seats.size() == query.limit) {
      order.next = cursor_of(query, {order.seats.back(), {}, SeatPosition::never});
      break;
    }
    order.seats.push_back(id);
  }
  if (slices.ended()) return {};
  return order;
}

SeatOrder by_key(const model::Tables& tables, const SeatListQuery& query, const Filter& filter,
                 const std::optional<SeatPosition>& after, model::Slices& slices) {
  const Walk walk(tables, query.license, query.person);
  const Order before{query.descending};
  std::optional<RowKey> last_shown;
  if (after) {
    last_shown = key_of(query.sort, after->name_key, after->last_use_us, after->assignment);
  }
  FirstRows<RowKey, Order> first(wanted_rows(query), before);
  for (AssignmentId id = walk.first(); id; id = walk.after(id, slices)) {
    if (!slices.step()) return {};
    const Seat seat = seat_of(tables, id);
    const RowKey key = key_of(query.sort, seat.holder->name_key, seat.last_use_us, id);
    if (!first.wants(key)) continue;
    if (last_shown && !before(*last_shown, key)) continue;
    if (!filter.fits(seat)) continue;
    if (!first.add(key, slices)) return {};
  }
  SeatOrder order;
  const bool finished = first.finish(slices, [&](const std::vector<RowKey>& keys) {
    const bool more = query.limit != all_rows && keys.size() > query.limit;
    const std::size_t shown = more ? query.limit : keys.size();
    order.seats.reserve(shown);
    for (std::size_t at = 0; at < shown; ++at) order.seats.emplace_back(keys[at].id);
    if (!more) return;
    const RowKey& last = keys[shown - 1];
    order.next = cursor_of(query, {AssignmentId(last.id), std::string(last.name),
                                   static_cast<std::int64_t>(last.rank) + SeatPosition::never});
  });
  return finished ? order : SeatOrder();
}

/// Returns the free seats of all active licenses; none if one of them is unlimited.
std::optional<std::uint64_t> free_in_book(const model::Tables& tables, model::Slices& slices) {
  std::uint64_t sum = 0;
  const std::uint64_t last = tables.licenses.size();
  for (std::uint64_t id = 1; id <= last; ++id) {
    if (!slices.step()) return std::nullopt;
    const License& license = *tables.licenses.find(LicenseId(id));
    if (license.state != LicenseState::active) continue;
    const auto available = usage_of(tables, license).available();
    if (!available) return std::nullopt;
    sum += *available;
  }
  return sum;
}

}  // namespace

SeatOrder seat_order(const model::Tables& tables, const SeatListQuery& query,
                     const std::optional<SeatPosition>& after, Timestamp now,
                     model::Slices& slices) {
  const Filter filter(query, now);
  return query.sort == SeatSort::assigned ? by_assigned(tables, query, filter, after, slices)
                                          : by_key(tables, query, filter, after, slices);
}

SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                       const std::optional<SeatPosition>& after, Timestamp now,
                       model::Slices& slices) {
  SeatListPage page;
  page.version = tables.version;
  SeatOrder order = seat_order(tables, query, after, now, slices);
  page.next = std::move(order.next);
  page.rows = seat_rows(tables, order.seats, query, now, slices);
  return page;
}

SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query, Timestamp now,
                         model::Slices& slices) {
  SeatFigures figures;
  figures.version = tables.version;
  if (query.license && !query.person) {
    figures.available = usage_of(tables, *tables.licenses.find(*query.license)).available();
  } else if (!query.person) {
    figures.available = free_in_book(tables, slices);
    if (slices.ended()) return figures;
  }
  const model::AssignmentTable& assignments = tables.assignments;
  const Walk walk(tables, query.license, query.person);
  for (AssignmentId id = walk.first(); id; id = walk.after(id, slices)) {
    if (!slices.step()) return figures;
    const model::AssignmentRow& row = *assignments.find(id);
    if (!row.active()) continue;
    ++figures.total_assigned;
    const bool inactive =
        is_inactive(assignments.last_use(id), assignments.since(row), now, rule_of(query));
    figures.inactive += inactive ? 1 : 0;
  }
  figures.last_version = tables.version;
  return figures;
}

std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                   std::span<const AssignmentId> assignments,
                                   const SeatListQuery& query, Timestamp now,
                                   model::Slices& slices) {
  std::vector<SeatListRow> rows;
  rows.reserve(assignments.size());
  for (const AssignmentId id : assignments) {
    if (!slices.step(model::Slices::copied_row)) return rows;
    rows.push_back(list_row(tables, seat_of(tables, id), rule_of(query), now));
  }
  return rows;
}

}  // namespace seatbook::views
