#include "views/seat_list.hpp"

#include <algorithm>
#include <string_view>

#include "text/utf8.hpp"
#include "views/inactivity.hpp"
#include "views/seats.hpp"

namespace seatbook::views {
namespace {

/// The active seats of a license, a person or the book, in the order they were given, either way.
class Walk {
 public:
  Walk(const model::Tables& tables, const std::optional<LicenseId>& license,
       const std::optional<PersonId>& person, bool backwards = false)
      : assignments_(tables.assignments),
        license_(license),
        person_(person),
        backwards_(backwards) {}

  [[nodiscard]] AssignmentId first() const {
    if (license_ && person_) {
      const auto* held = assignments_.find_active(*license_, *person_);
      return held == nullptr ? AssignmentId() : AssignmentId(held->id);
    }
    if (license_) {
      return backwards_ ? assignments_.last_active(*license_)
                        : assignments_.first_active(*license_);
    }
    if (person_) {
      return backwards_ ? assignments_.last_active(*person_) : assignments_.first_active(*person_);
    }
    return nearest_active(AssignmentId(backwards_ ? assignments_.size() : 1));
  }

  /// The one behind `at`, which need not be active any more but must be one of the scope's.
  [[nodiscard]] AssignmentId behind(AssignmentId at) const {
    if (license_ && person_) return behind_the_only(at);
    if (license_) {
      return backwards_ ? assignments_.previous_active_of_license(at)
                        : assignments_.next_active_of_license(at);
    }
    if (person_) {
      return backwards_ ? assignments_.previous_active_of_person(at)
                        : assignments_.next_active_of_person(at);
    }
    return nearest_active(AssignmentId(backwards_ ? at.value - 1 : at.value + 1));
  }

  [[nodiscard]] bool contains(AssignmentId id) const {
    const model::AssignmentRow* row = assignments_.find(id);
    return row != nullptr && (!license_ || row->license == license_->value) &&
           (!person_ || row->person == person_->value);
  }

 private:
  /// A person holds one seat of a license at most, but may be given another after a revoke.
  [[nodiscard]] AssignmentId behind_the_only(AssignmentId at) const {
    const AssignmentId held = first();
    return held && (backwards_ ? held < at : held > at) ? held : AssignmentId();
  }
  [[nodiscard]] AssignmentId nearest_active(AssignmentId id) const {
    while (const model::AssignmentRow* row = assignments_.find(id)) {
      if (row->active()) return id;
      id.value += backwards_ ? std::uint64_t(-1) : 1;
    }
    return {};
  }

  const model::AssignmentTable& assignments_;
  std::optional<LicenseId> license_;
  std::optional<PersonId> person_;
  bool backwards_;
};

/// An active seat, with what lists look at.
struct Seat {
  const model::AssignmentRow* row = nullptr;
  const model::PersonRow* holder = nullptr;
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
  if (const auto last_use = tables.assignments.last_use(id)) seat.last_use_us = last_use->us;
  return seat;
}

bool is_inactive(const Seat& seat, const InactivityRule& rule, Timestamp now) {
  return views::is_inactive(seat.last_use(), {seat.row->assigned_at_us}, now, rule);
}

class Filter {
 public:
  Filter(const SeatListQuery& query, Timestamp now)
      : query_(query), rule_(rule_of(query)), now_(now), search_(text::fold(query.search)) {}

  [[nodiscard]] bool fits(const Seat& seat) const {
    if (query_.needs_review_only && !seat.row->needs_review) return false;
    if (query_.archived_only && seat.holder->person.state != PersonState::archived) return false;
    if (query_.inactive_only && !is_inactive(seat, rule_, now_)) return false;
    return search_.empty() || seat.holder->name_key.find(search_) != std::string::npos ||
           seat.holder->email_key.find(search_) != std::string::npos;
  }

 private:
  const SeatListQuery& query_;
  InactivityRule rule_;
  Timestamp now_;
  std::string search_;
};

/// The order of a list.
class Order {
 public:
  explicit Order(const SeatListQuery& query) : sort_(query.sort), descending_(query.descending) {}

  [[nodiscard]] bool operator()(const Seat& a, const Seat& b) const {
    return descending_ ? less(b, a.holder->name_key, a.last_use_us, AssignmentId(a.row->id))
                       : less(a, b.holder->name_key, b.last_use_us, AssignmentId(b.row->id));
  }
  [[nodiscard]] bool is_behind(const Seat& seat, const SeatPosition& position) const {
    if (AssignmentId(seat.row->id) == position.assignment && same_key(seat, position)) return false;
    return less(seat, position.name_key, position.last_use_us, position.assignment) == descending_;
  }

 private:
  [[nodiscard]] bool same_key(const Seat& seat, const SeatPosition& position) const {
    return sort_ == SeatSort::user ? seat.holder->name_key == position.name_key
                                   : seat.last_use_us == position.last_use_us;
  }
  [[nodiscard]] bool less(const Seat& seat, std::string_view name_key, std::int64_t last_use_us,
                          AssignmentId id) const {
    if (sort_ == SeatSort::user) {
      if (const int order = seat.holder->name_key.compare(name_key); order != 0) return order < 0;
    } else if (seat.last_use_us != last_use_us) {
      return seat.last_use_us < last_use_us;
    }
    return AssignmentId(seat.row->id) < id;
  }

  SeatSort sort_;
  bool descending_;
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
  row.last_used_at = seat.last_use();
  if (const auto* texts = tables.assignments.texts(row.assignment)) {
    row.access_level = texts->access_level;
    row.account = texts->account;
    row.cost_override = texts->cost_override;
  }
  return row;
}

/// How many rows to look for: one more than the page shows tells whether there is another page.
std::size_t wanted_rows(const SeatListQuery& query) {
  return query.limit == all_rows ? static_cast<std::size_t>(-1) : std::size_t{query.limit} + 1;
}

std::vector<Seat> seats_by_assigned(const model::Tables& tables, const SeatListQuery& query,
                                    const Filter& filter,
                                    const std::optional<SeatPosition>& after) {
  const Walk walk(tables, query.license, query.person, query.descending);
  std::vector<Seat> seats;
  if (after && !walk.contains(after->assignment)) return seats;
  for (AssignmentId id = after ? walk.behind(after->assignment) : walk.first();
       id && seats.size() < wanted_rows(query); id = walk.behind(id)) {
    const Seat seat = seat_of(tables, id);
    if (filter.fits(seat)) seats.push_back(seat);
  }
  return seats;
}

/// One pass, in which a heap keeps the first rows behind `after`: its top is the last of them.
std::vector<Seat> seats_by_key(const model::Tables& tables, const SeatListQuery& query,
                               const Filter& filter, const std::optional<SeatPosition>& after) {
  const Walk walk(tables, query.license, query.person);
  const Order order(query);
  const std::size_t wanted = wanted_rows(query);
  std::vector<Seat> seats;
  for (AssignmentId id = walk.first(); id; id = walk.behind(id)) {
    const Seat seat = seat_of(tables, id);
    if (seats.size() == wanted && !order(seat, seats.front())) continue;
    if (after && !order.is_behind(seat, *after)) continue;
    if (!filter.fits(seat)) continue;
    if (seats.size() == wanted) {
      std::pop_heap(seats.begin(), seats.end(), order);
      seats.back() = seat;
    } else {
      seats.push_back(seat);
    }
    if (query.limit != all_rows) std::push_heap(seats.begin(), seats.end(), order);
  }
  std::sort(seats.begin(), seats.end(), order);
  return seats;
}

std::uint64_t big_endian(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return number;
}

std::optional<std::uint64_t> available(const model::Tables& tables, const SeatFiguresQuery& query) {
  if (query.person) return std::nullopt;
  if (query.license) return usage_of(tables, *tables.licenses.find(*query.license)).available();
  std::uint64_t sum = 0;
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    const License& license = *tables.licenses.find(LicenseId(id));
    if (license.state != LicenseState::active) continue;
    const auto free = usage_of(tables, license).available();
    if (!free) return std::nullopt;
    sum += *free;
  }
  return sum;
}

}  // namespace

SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                       const std::optional<SeatPosition>& after, Timestamp now) {
  const Filter filter(query, now);
  std::vector<Seat> seats = query.sort == SeatSort::assigned
                                ? seats_by_assigned(tables, query, filter, after)
                                : seats_by_key(tables, query, filter, after);
  SeatListPage page;
  page.version = tables.version;
  if (query.limit != all_rows && seats.size() > query.limit) {
    seats.resize(query.limit);
    const Seat& last = seats.back();
    page.next =
        cursor_of(query, {AssignmentId(last.row->id), last.holder->name_key, last.last_use_us});
  }
  page.rows.reserve(seats.size());
  for (const Seat& seat : seats) page.rows.push_back(list_row(tables, seat, rule_of(query), now));
  return page;
}

SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query,
                         Timestamp now) {
  SeatFigures figures;
  const Walk walk(tables, query.license, query.person);
  for (AssignmentId id = walk.first(); id; id = walk.behind(id)) {
    ++figures.total_assigned;
    const model::AssignmentRow& row = *tables.assignments.find(id);
    figures.inactive +=
        is_inactive(tables.assignments.last_use(id), {row.assigned_at_us}, now, rule_of(query)) ? 1
                                                                                                : 0;
  }
  figures.available = available(tables, query);
  return figures;
}

SeatOrder::SeatOrder(const model::Tables& tables, const SeatListQuery& query, Timestamp now)
    : sort_(query.sort), descending_(query.descending) {
  const Filter filter(query, now);
  const Walk walk(tables, query.license, query.person);
  for (AssignmentId id = walk.first(); id; id = walk.behind(id)) {
    const Seat seat = seat_of(tables, id);
    if (!filter.fits(seat)) continue;
    Key& key = keys_.emplace_back();
    key.assignment = seat.row->id;
    if (sort_ == SeatSort::user) {
      const std::string& name = seat.holder->name_key;
      key.rank = big_endian(name);
      key.name_start = names_.size();
      key.name_size = static_cast<std::uint32_t>(name.size());
      names_ += name;
    } else if (sort_ == SeatSort::last_used) {
      key.rank = static_cast<std::uint64_t>(seat.last_use_us + 1);  // never: 0
    }
  }
}

bool SeatOrder::before(const Key& a, const Key& b) const {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (sort_ == SeatSort::user) {
    const std::string_view names = names_;
    const int order =
        names.substr(a.name_start, a.name_size).compare(names.substr(b.name_start, b.name_size));
    if (order != 0) return order < 0;
  }
  return a.assignment < b.assignment;
}

std::vector<AssignmentId> SeatOrder::sorted() && {
  // As they were given is how they were taken.
  if (sort_ != SeatSort::assigned) {
    std::sort(keys_.begin(), keys_.end(),
              [this](const Key& a, const Key& b) { return before(a, b); });
  }
  std::vector<AssignmentId> ids;
  ids.reserve(keys_.size());
  for (const Key& key : keys_) ids.emplace_back(key.assignment);
  if (descending_) std::reverse(ids.begin(), ids.end());
  return ids;
}

std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                   std::span<const AssignmentId> assignments,
                                   const SeatListQuery& query, Timestamp now) {
  std::vector<SeatListRow> rows;
  rows.reserve(assignments.size());
  for (const AssignmentId id : assignments) {
    rows.push_back(list_row(tables, seat_of(tables, id), rule_of(query), now));
  }
  return rows;
}

}  // namespace seatbook::views
