/// The floor: the rules of assign and revoke on arrays and one flat hash map.
///
/// It has no permissions, texts, clock, threads, storage or owned results. It shows the minimum
/// cost of the same operations on this machine.
#ifndef SEATBOOK_BENCHMARKS_FLOOR_HPP_
#define SEATBOOK_BENCHMARKS_FLOOR_HPP_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "outcome.hpp"
#include "workload.hpp"

namespace seatbook::bench {

/// Maps (license, person) to the assignment: open addressing, linear probing, load factor up to
/// 0.8.
class SeatMap {
 public:
  /// Returns the assignment, or 0 if there is none.
  [[nodiscard]] std::uint32_t find(SeatKey key) const {
    std::size_t at = home(key);
    while (slots_[at].assignment != 0 && !is_at(at, key)) at = following(at);
    return slots_[at].assignment;
  }

  /// The key must not exist.
  void insert(SeatKey key, std::uint32_t assignment) {
    if ((size_ + 1) * 5 > slots_.size() * 4) grow();
    place({key.license, key.person, assignment});
    ++size_;
  }

  /// The key must exist.
  void erase(SeatKey key) {
    std::size_t hole = home(key);
    while (!is_at(hole, key)) hole = following(hole);
    // No tombstones: entries that were pushed past the hole move back into it.
    for (std::size_t at = following(hole); slots_[at].assignment != 0; at = following(at)) {
      const std::size_t preferred = home({slots_[at].license, slots_[at].person});
      if (((at - preferred) & mask()) >= ((at - hole) & mask())) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = {};
    --size_;
  }

 private:
  struct Slot {
    std::uint32_t license = 0;
    std::uint32_t person = 0;
    std::uint32_t assignment = 0;  // 0: free
  };

  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t following(std::size_t at) const { return (at + 1) & mask(); }
  [[nodiscard]] bool is_at(std::size_t at, SeatKey key) const {
    return slots_[at].license == key.license && slots_[at].person == key.person;
  }
  [[nodiscard]] std::size_t home(SeatKey key) const {
    const std::uint64_t both = (std::uint64_t{key.license} << 32U) | key.person;
    return static_cast<std::size_t>((both * 0x9E3779B97F4A7C15U) >> shift_);
  }
  void place(Slot slot) {
    std::size_t at = home({slot.license, slot.person});
    while (slots_[at].assignment != 0) at = following(at);
    slots_[at] = slot;
  }
  void grow() {
    --shift_;
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old) {
      if (slot.assignment != 0) place(slot);
    }
  }

  static constexpr unsigned first_bits = 4;
  unsigned shift_ = 64 - first_bits;
  std::size_t size_ = 0;
  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << first_bits);
};

class Floor {
 public:
  static constexpr const char* name = "floor";

  struct SeatOfLicense {
    std::uint32_t assignment = 0;
    std::uint32_t person = 0;
    std::int64_t assigned_at = 0;
  };
  struct SeatOfPerson {
    std::uint32_t assignment = 0;
    std::uint32_t license = 0;
    std::int64_t assigned_at = 0;
  };

  explicit Floor(const Scale& scale) : licenses_(scale.licenses), people_(scale.people) {}

  Outcome assign(SeatKey key) {
    if (key.license - 1 >= licenses_.size()) return {Code::license_not_found};
    if (key.person - 1 >= people_.size()) return {Code::person_not_found};
    License& license = licenses_[key.license - 1];
    Person& person = people_[key.person - 1];
    if (!person.active) return {Code::person_archived};
    if (map_.find(key) != 0) return {Code::already_assigned};
    if (license.seats.count >= license.total) return {Code::no_seats_remaining};

    const auto id = static_cast<std::uint32_t>(rows_.size() + 1);
    Row& row = rows_.emplace_back();
    row.key = key;
    row.assigned_at = ++now_;
    link(license.seats, &Row::of_license, id);
    link(person.seats, &Row::of_person, id);
    map_.insert(key, id);
    record(Kind::assigned, id, license, person);
    return {Code::ok, id};
  }

  Outcome revoke(std::uint64_t assignment) {
    if (assignment - 1 >= rows_.size()) return {Code::assignment_not_found};
    const auto id = static_cast<std::uint32_t>(assignment);
    Row& row = rows_[id - 1];
    if (row.revoked_at != 0) return {Code::already_revoked};
    License& license = licenses_[row.key.license - 1];
    Person& person = people_[row.key.person - 1];
    row.revoked_at = ++now_;
    unlink(license.seats, &Row::of_license, id);
    unlink(person.seats, &Row::of_person, id);
    map_.erase(row.key);
    record(Kind::revoked, id, license, person);
    return {Code::ok, id};
  }

  [[nodiscard]] bool holds(SeatKey key) const { return map_.find(key) != 0; }

  [[nodiscard]] std::uint64_t used(std::uint32_t license) const {
    return licenses_[license - 1].seats.count;
  }

  [[nodiscard]] std::vector<SeatOfLicense> license_seats(std::uint32_t license) const {
    const List& seats = licenses_[license - 1].seats;
    std::vector<SeatOfLicense> result;
    result.reserve(seats.count);
    for (std::uint32_t id = seats.first; id != 0; id = rows_[id - 1].of_license.next) {
      result.push_back({id, rows_[id - 1].key.person, rows_[id - 1].assigned_at});
    }
    return result;
  }

  [[nodiscard]] std::vector<SeatOfPerson> person_seats(std::uint32_t person) const {
    const List& seats = people_[person - 1].seats;
    std::vector<SeatOfPerson> result;
    result.reserve(seats.count);
    for (std::uint32_t id = seats.first; id != 0; id = rows_[id - 1].of_person.next) {
      result.push_back({id, rows_[id - 1].key.license, rows_[id - 1].assigned_at});
    }
    return result;
  }

  void archive_person(std::uint32_t person) { people_[person - 1].active = false; }

 private:
  enum class Kind : std::uint8_t { assigned, revoked };
  struct Links {
    std::uint32_t next = 0;
    std::uint32_t previous = 0;
  };
  struct List {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t count = 0;
  };
  struct Row {
    std::int64_t assigned_at = 0;
    std::int64_t revoked_at = 0;  // 0: active
    SeatKey key;
    Links of_license;
    Links of_person;
  };
  struct History {
    std::int64_t at = 0;
    SeatKey key;
    std::uint32_t assignment = 0;
    std::uint32_t previous_of_license = 0;
    std::uint32_t previous_of_person = 0;
    Kind kind = Kind::assigned;
  };
  struct License {
    List seats;
    std::uint32_t total = Scale::seats_per_license;
    std::uint32_t last_history = 0;
  };
  struct Person {
    List seats;
    std::uint32_t last_history = 0;
    bool active = true;
  };

  void link(List& list, Links Row::* links, std::uint32_t id) {
    (rows_[id - 1].*links).previous = list.last;
    (list.last != 0 ? (rows_[list.last - 1].*links).next : list.first) = id;
    list.last = id;
    ++list.count;
  }
  void unlink(List& list, Links Row::* links, std::uint32_t id) {
    const Links own = rows_[id - 1].*links;
    (own.previous != 0 ? (rows_[own.previous - 1].*links).next : list.first) = own.next;
    (own.next != 0 ? (rows_[own.next - 1].*links).previous : list.last) = own.previous;
    --list.count;
  }
  void record(Kind kind, std::uint32_t id, License& license, Person& person) {
    history_.push_back(
        {now_, rows_[id - 1].key, id, license.last_history, person.last_history, kind});
    license.last_history = person.last_history = static_cast<std::uint32_t>(history_.size());
  }

  std::int64_t now_ = 0;
  std::vector<License> licenses_;
  std::vector<Person> people_;
  std::vector<Row> rows_;
  std::vector<History> history_;
  SeatMap map_;
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_FLOOR_HPP_
