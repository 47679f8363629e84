/// The workload of all contenders of seats.cpp: the same calls in the same shuffled order.
///
/// Deterministic: it has its own generator and shuffle, because those of the standard library may
/// differ between implementations.
#ifndef SEATBOOK_BENCHMARKS_WORKLOAD_HPP_
#define SEATBOOK_BENCHMARKS_WORKLOAD_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace seatbook::bench {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  /// Returns a number from 0 to limit - 1.
  std::uint32_t below(std::uint64_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
  }
  template <class Element>
  void shuffle(std::vector<Element>& elements) {
    for (std::size_t i = elements.size(); i > 1; --i) {
      std::swap(elements[i - 1], elements[below(i)]);
    }
  }

 private:
  std::uint64_t state_;
};

/// The size of a book: 400 of each license's 500 seats are assigned, on average four per person.
struct Scale {
  std::uint32_t assignments = 800'000;
  std::uint32_t licenses = 2'000;
  std::uint32_t people = 200'000;
  static constexpr std::uint32_t seats_per_license = 500;
  static constexpr std::uint32_t used_per_license = 400;
  static constexpr std::uint32_t seats_per_person = 4;

  static Scale of(std::uint32_t assignments) {
    return {assignments, assignments / used_per_license, assignments / seats_per_person};
  }
};

/// A license and a person, by their ids, which count from 1.
struct SeatKey {
  std::uint32_t license = 0;
  std::uint32_t person = 0;
};

/// An endless list of people for each license that repeats a person only after all others. It is a
/// keyed permutation (a Feistel network over the next power of four, repeated until the value is in
/// range), so the grants of a workload are unique without storing them.
class Candidates {
 public:
  explicit Candidates(std::uint32_t people) : people_(people) {
    while ((std::uint64_t{1} << (2 * half_bits_)) < people_) ++half_bits_;
  }

  [[nodiscard]] SeatKey at(std::uint32_t license, std::uint32_t place) const {
    std::uint32_t value = place;
    do {
      value = permuted(license, value);
    } while (value >= people_);
    return {license, value + 1};
  }

 private:
  [[nodiscard]] std::uint32_t permuted(std::uint32_t license, std::uint32_t value) const {
    const std::uint32_t mask = (1U << half_bits_) - 1;
    std::uint32_t left = value >> half_bits_;
    std::uint32_t right = value & mask;
    for (std::uint32_t round = 0; round < 4; ++round) {
      const std::uint64_t key = (std::uint64_t{license} << 34U) | (std::uint64_t{round} << 32U);
      left = std::exchange(right,
                           left ^ (static_cast<std::uint32_t>(Random(key | right).next()) & mask));
    }
    return (left << half_bits_) | right;
  }

  std::uint32_t people_;
  std::uint32_t half_bits_ = 1;
};

/// A query "does this person hold that license?" and its expected result.
struct HoldsQuery {
  SeatKey key;
  bool held = false;
};

/// One step of churn: the seat in `slot` is revoked, and `grant` takes its slot.
struct Step {
  std::uint32_t slot = 0;
  SeatKey grant;
};

/// Steps per block of churn. All seats of a block are revoked before the first new assignment.
inline constexpr std::uint32_t steps_per_block = 1'000;

struct Workload {
  explicit Workload(const Scale& size, std::uint32_t steps = 100'000,
                    std::uint32_t query_count = 200'000)
      : scale(size) {
    Random random(scale.assignments);
    const Candidates candidates(scale.people);

    grants.reserve(scale.assignments);
    for (std::uint32_t place = 0; place < Scale::used_per_license; ++place) {
      for (std::uint32_t license = 1; license <= scale.licenses; ++license) {
        grants.push_back(candidates.at(license, place));
      }
    }
    random.shuffle(grants);

    for (std::uint32_t i = 0; i < query_count / 2; ++i) {
      const std::uint32_t license = 1 + random.below(scale.licenses);
      const std::uint32_t unused = Scale::used_per_license + random.below(1'000);
      queries.push_back({grants[random.below(grants.size())], true});
      queries.push_back({candidates.at(license, unused), false});
    }
    random.shuffle(queries);

    for (std::uint32_t license = 1; license <= scale.licenses; ++license) {
      licenses.push_back(license);
    }
    random.shuffle(licenses);
    for (std::uint32_t i = 0; i < query_count / 2; ++i) {
      some_licenses.push_back(1 + random.below(scale.licenses));
      some_people.push_back(1 + random.below(scale.people));
    }

    make_churn(random, candidates, steps);
  }

  Scale scale;
  std::vector<SeatKey> grants;  ///< fills the book
  // Queries to the filled book.
  std::vector<HoldsQuery> queries;           ///< half of them are held
  std::vector<std::uint32_t> licenses;       ///< each once
  std::vector<std::uint32_t> some_licenses;  ///< with repeats
  std::vector<std::uint32_t> some_people;
  /// Slots are indexes of `grants`.
  std::vector<Step> churn;

 private:
  void make_churn(Random& random, const Candidates& candidates, std::uint32_t steps) {
    std::vector<std::uint32_t> license_of_slot;
    license_of_slot.reserve(grants.size());
    for (const SeatKey& grant : grants) license_of_slot.push_back(grant.license);
    std::vector<std::uint32_t> used(scale.licenses + 1, Scale::used_per_license);
    std::vector<std::uint32_t> next_place = used;
    std::vector<std::uint32_t> last_block(grants.size(), 0);

    for (std::uint32_t i = 0; i < steps; ++i) {
      const std::uint32_t block = 1 + i / steps_per_block;
      std::uint32_t slot = random.below(grants.size());
      while (last_block[slot] == block) slot = random.below(grants.size());
      last_block[slot] = block;
      --used[license_of_slot[slot]];

      std::uint32_t license = 1 + random.below(scale.licenses);
      while (used[license] == Scale::seats_per_license || next_place[license] == scale.people) {
        license = 1 + random.below(scale.licenses);
      }
      ++used[license];
      license_of_slot[slot] = license;
      churn.push_back({slot, candidates.at(license, next_place[license]++)});
    }
  }
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_WORKLOAD_HPP_
