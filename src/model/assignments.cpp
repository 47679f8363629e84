#include "model/assignments.hpp"

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index/ranked_index.hpp>
#include <boost/multi_index_container.hpp>
#include <memory_resource>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/compact.hpp"
#include "model/row_memory.hpp"

namespace seatbook::model {
namespace {

namespace mi = boost::multi_index;

struct BySeat {};

struct SeatKey {
  std::uint32_t license = 0;
  std::uint32_t person = 0;
  std::uint32_t id_if_revoked = 0;

  friend bool operator==(const SeatKey& a, const SeatKey& b) {
    return a.license == b.license && a.person == b.person && a.id_if_revoked == b.id_if_revoked;
  }
};

struct SeatKeyHash {
  std::size_t operator()(const SeatKey& key) const noexcept {
    // Spreads licenses far apart and keeps the holders of a license close together, because their
    // ids are often consecutive. Prime bucket counts do the rest.
    constexpr std::size_t license_stride = 0x9E3779B97F4A7C15U;
    constexpr std::size_t revoked_stride = 0xC2B2AE3D27D4EB4FU;
    return key.license * license_stride + key.person + key.id_if_revoked * revoked_stride;
  }
};

SeatKey seat_key_of(const AssignmentRow& row) {
  return {row.license, row.person, row.active() ? 0 : row.id};
}

struct Indices
    : mi::indexed_by<mi::random_access<>,  // by id: position id - 1
                     mi::hashed_unique<mi::tag<BySeat>, mi::key<&seat_key_of>, SeatKeyHash>> {};

using Rows = mi::multi_index_container<AssignmentRow, Indices,
                                       std::pmr::polymorphic_allocator<AssignmentRow>>;

/// An entry of the partial index of flagged assignments (MultiIndex has no partial indexes).
struct Flag {
  std::uint32_t license = 0;
  std::uint32_t id = 0;
};

// Ranked, so that counting a license's flags does not iterate over them.
struct FlagIndices : mi::indexed_by<mi::ranked_unique<mi::key<&Flag::license, &Flag::id>>> {};

using Flags = mi::multi_index_container<Flag, FlagIndices>;

/// Whether `row` can be a later image of the assignment: the members set by the grant never change,
/// and a revoked seat stays revoked (C19).
bool can_follow(const AssignmentRow& known, const AssignmentRow& row) {
  return known.license == row.license && known.person == row.person &&
         known.assigned_at_us == row.assigned_at_us && known.assigned_by == row.assigned_by &&
         (known.active() || !row.active());
}

std::unique_ptr<AssignmentTexts> texts_of(const Assignment& assignment) {
  if (assignment.access_level.empty() && assignment.account.empty() && assignment.notes.empty() &&
      assignment.revoke_reason.empty() && !assignment.cost_override && !assignment.held_since) {
    return nullptr;
  }
  return std::make_unique<AssignmentTexts>(
      AssignmentTexts{assignment.access_level, assignment.account, assignment.notes,
                      assignment.revoke_reason, assignment.cost_override,
                      assignment.held_since ? assignment.held_since->us : AssignmentTexts::none});
}

}  // namespace

AssignmentRow row_of(const Assignment& assignment) {
  AssignmentRow row;
  row.assigned_at_us = assignment.assigned_at.us;
  row.revoked_at_us = assignment.revoked_at ? assignment.revoked_at->us : AssignmentRow::held;
  row.id = compact(assignment.id);
  row.license = compact(assignment.license);
  row.person = compact(assignment.person);
  row.assigned_by = compact(assignment.assigned_by);
  row.revoked_by = compact(assignment.revoked_by);
  row.revision = compact(assignment.revision);
  row.needs_review = assignment.needs_review;
  row.has_held_since = assignment.held_since.has_value();
  return row;
}

Assignment assignment_of(const AssignmentRow& row, const AssignmentTexts* texts) {
  Assignment assignment;
  assignment.id = AssignmentId(row.id);
  assignment.license = LicenseId(row.license);
  assignment.person = PersonId(row.person);
  assignment.assigned_at = {row.assigned_at_us};
  assignment.assigned_by = ActorId(row.assigned_by);
  if (!row.active()) assignment.revoked_at = Timestamp{row.revoked_at_us};
  assignment.revoked_by = id_or_none<ActorId>(row.revoked_by);
  assignment.needs_review = row.needs_review;
  assignment.revision = Revision(row.revision);
  if (texts != nullptr) {
    assignment.revoke_reason = texts->revoke_reason;
    assignment.access_level = texts->access_level;
    assignment.account = texts->account;
    assignment.notes = texts->notes;
    assignment.cost_override = texts->cost_override;
    assignment.held_since = texts->held_since();
  }
  return assignment;
}

struct AssignmentTable::Container {
  RowMemory memory;
  Rows rows{&memory};
  Flags flags;

  void set_flag(const AssignmentRow& row) {
    if (row.needs_review) {
      flags.insert(Flag{row.license, row.id});
    } else {
      const auto flag = flags.find(std::make_tuple(row.license, row.id));
      if (flag != flags.end()) flags.erase(flag);
    }
  }
};

AssignmentTable::AssignmentTable() : container_(std::make_unique<Container>()) {}
AssignmentTable::~AssignmentTable() = default;

std::uint64_t AssignmentTable::size() const {
  return container_->rows.size();
}

const AssignmentRow* AssignmentTable::find(AssignmentId id) const {
  return id.value - 1 < container_->rows.size() ? &container_->rows[id.value - 1] : nullptr;
}

const AssignmentTexts* AssignmentTable::texts(AssignmentId id) const {
  return extras_[id.value - 1].texts.get();
}

Assignment AssignmentTable::record(AssignmentId id) const {
  return assignment_of(container_->rows[id.value - 1], texts(id));
}

const AssignmentRow* AssignmentTable::find_active(LicenseId license, PersonId person) const {
  const auto& index = container_->rows.get<BySeat>();
  if (license.value > max_records || person.value > max_records) return nullptr;
  const auto found = index.find(
      SeatKey{static_cast<std::uint32_t>(license.value), static_cast<std::uint32_t>(person.value)});
  return found == index.end() ? nullptr : &*found;
}

const AssignmentTable::List& AssignmentTable::list_of(const Chunked<List>& lists,
                                                      std::uint64_t id) {
  static constexpr List empty;
  return id - 1 < lists.size() ? lists[id - 1] : empty;
}

std::uint64_t AssignmentTable::active_count(LicenseId license) const {
  return list_of(active_license_, license.value).count;
}

std::uint64_t AssignmentTable::active_count(PersonId person) const {
  return list_of(active_person_, person.value).count;
}

AssignmentId AssignmentTable::first_active(LicenseId license) const {
  return AssignmentId(list_of(active_license_, license.value).first);
}

AssignmentId AssignmentTable::first_active(PersonId person) const {
  return AssignmentId(list_of(active_person_, person.value).first);
}

AssignmentId AssignmentTable::last_active(LicenseId license) const {
  return AssignmentId(list_of(active_license_, license.value).last);
}

AssignmentId AssignmentTable::last_active(PersonId person) const {
  return AssignmentId(list_of(active_person_, person.value).last);
}

AssignmentId AssignmentTable::newer_of_license(AssignmentId id) const {
  return AssignmentId(extras_[id.value - 1].of_license.next);
}

AssignmentId AssignmentTable::newer_of_person(AssignmentId id) const {
  return AssignmentId(extras_[id.value - 1].of_person.next);
}

AssignmentId AssignmentTable::older_of_license(AssignmentId id) const {
  return AssignmentId(extras_[id.value - 1].of_license.previous);
}

AssignmentId AssignmentTable::older_of_person(AssignmentId id) const {
  return AssignmentId(extras_[id.value - 1].of_person.previous);
}

AssignmentId AssignmentTable::first_ever(LicenseId license) const {
  return license.value - 1 < rosters_.size() ? AssignmentId(rosters_[license.value - 1].first)
                                             : AssignmentId();
}

AssignmentId AssignmentTable::next_ever(AssignmentId id) const {
  return AssignmentId(extras_[id.value - 1].next_ever);
}

void AssignmentTable::link(List& list, Links AssignmentExtras::* links, std::uint32_t id) {
  Links& own = extras_[id - 1].*links;
  own = {0, list.last};
  if (list.last != 0) {
    (extras_[list.last - 1].*links).next = id;
  } else {
    list.first = id;
  }
  list.last = id;
  ++list.count;
}

void AssignmentTable::unlink(List& list, Links AssignmentExtras::* links, std::uint32_t id) {
  const Links& own = extras_[id - 1].*links;
  (own.previous != 0 ? (extras_[own.previous - 1].*links).next : list.first) = own.next;
  (own.next != 0 ? (extras_[own.next - 1].*links).previous : list.last) = own.previous;
  --list.count;
}

std::optional<Timestamp> AssignmentTable::last_use(AssignmentId id) const {
  const std::int64_t us = extras_[id.value - 1].last_use_us;
  return us == never ? std::nullopt : std::optional(Timestamp{us});
}

bool AssignmentTable::put(const LastUse& use) {
  if (use.assignment.value - 1 >= extras_.size()) return false;
  extras_[use.assignment.value - 1].last_use_us = use.used_at.us;
  return true;
}

std::vector<AssignmentId> AssignmentTable::flagged(const std::optional<LicenseId>& license,
                                                   AssignmentId after, std::size_t limit) const {
  const Flags& flags = container_->flags;
  auto at = flags.begin();
  if (after) {
    const AssignmentRow& row = container_->rows[after.value - 1];
    at = flags.upper_bound(std::make_tuple(row.license, row.id));
  } else if (license) {
    at = flags.lower_bound(static_cast<std::uint32_t>(license->value));
  }
  std::vector<AssignmentId> ids;
  for (; at != flags.end() && ids.size() < limit; ++at) {
    if (license && at->license != license->value) break;
    ids.emplace_back(at->id);
  }
  return ids;
}

std::uint64_t AssignmentTable::flagged_count(const std::optional<LicenseId>& license) const {
  const Flags& flags = container_->flags;
  if (!license) return flags.size();
  const auto [first, last] = flags.equal_range_rank(static_cast<std::uint32_t>(license->value));
  return last - first;
}

bool AssignmentTable::put(const Assignment& assignment) {
  Rows& rows = container_->rows;
  const AssignmentRow row = row_of(assignment);
  const std::uint64_t position = assignment.id.value - 1;
  if (position > rows.size()) return false;
  // Checked before the lists grow: a corrupt id must not allocate as many lists.
  if (position < rows.size() && !can_follow(rows[position], row)) return false;

  // Everything that allocates comes first, so that the rest cannot fail part-way.
  auto texts = texts_of(assignment);
  List& of_license = active_license_.grow_to(row.license - 1);
  List& of_person = active_person_.grow_to(row.person - 1);
  Ends& roster = rosters_.grow_to(row.license - 1);
  AssignmentExtras& extras = extras_.grow_to(position);

  if (position == rows.size()) {
    if (row.needs_review) container_->set_flag(row);
    if (!rows.push_back(row).second) {
      Flags& flags = container_->flags;
      if (row.needs_review) flags.erase(flags.find(std::make_tuple(row.license, row.id)));
      return false;
    }
    extras.texts = std::move(texts);
    (roster.last != 0 ? extras_[roster.last - 1].next_ever : roster.first) = row.id;
    roster.last = row.id;
    if (row.active()) {
      link(of_license, &AssignmentExtras::of_license, row.id);
      link(of_person, &AssignmentExtras::of_person, row.id);
    }
    return true;
  }

  const auto at = rows.begin() + static_cast<std::ptrdiff_t>(position);
  const bool was_active = at->active();
  const bool was_flagged = at->needs_review;
  if (was_flagged != row.needs_review) container_->set_flag(row);
  if (!rows.replace(at, row)) return false;
  extras.texts = std::move(texts);
  if (was_active && !row.active()) {
    unlink(of_license, &AssignmentExtras::of_license, row.id);
    unlink(of_person, &AssignmentExtras::of_person, row.id);
  }
  return true;
}

void AssignmentTable::check_lists(const Chunked<List>& lists, Links AssignmentExtras::* links,
                                  std::uint32_t AssignmentRow::* key, const char* what,
                                  std::vector<std::string>& findings, Slices& slices) const {
  for (std::uint64_t owner = 1; owner <= lists.size(); ++owner) {
    if (!slices.step()) return;
    const List& list = lists[owner - 1];
    const std::string prefix = std::string(what) + " " + std::to_string(owner) + ": ";
    std::uint32_t count = 0;
    std::uint32_t previous = 0;
    for (std::uint32_t id = list.first; id != 0; id = (extras_[id - 1].*links).next) {
      if (!slices.step()) return;
      const AssignmentRow* row = find(AssignmentId(id));
      if (row == nullptr || !row->active() || row->*key != owner) {
        findings.push_back(prefix + "lists assignment " + std::to_string(id) +
                           ", which is not its active one");
        break;
      }
      if (id <= previous || (extras_[id - 1].*links).previous != previous) {
        findings.push_back(prefix + "links are out of order at assignment " + std::to_string(id));
        break;
      }
      previous = id;
      ++count;
    }
    if (count != list.count || previous != list.last) {
      findings.push_back(prefix + "counts " + std::to_string(list.count) + " active, lists " +
                         std::to_string(count));
    }
  }
}

void AssignmentTable::check_rosters(std::vector<std::string>& findings, Slices& slices) const {
  std::uint64_t listed = 0;
  for (std::uint64_t license = 1; license <= rosters_.size(); ++license) {
    if (!slices.step()) return;
    std::uint32_t last = 0;
    for (AssignmentId id = first_ever(LicenseId(license)); id; id = next_ever(id)) {
      if (!slices.step()) return;
      const AssignmentRow* row = find(id);
      if (row == nullptr || row->license != license || row->id <= last) {
        findings.push_back("license " + std::to_string(license) +
                           ": the roster is broken at assignment " + std::to_string(id.value));
        break;
      }
      last = row->id;
      ++listed;
    }
    if (last != rosters_[license - 1].last) {
      findings.push_back("license " + std::to_string(license) +
                         ": the roster ends before its last assignment");
    }
  }
  if (listed != size()) {
    findings.push_back("the rosters list " + std::to_string(listed) + " of " +
                       std::to_string(size()) + " assignments");
  }
}

void AssignmentTable::check(std::vector<std::string>& findings, Slices& slices) const {
  std::uint64_t active = 0;
  for (const AssignmentRow& row : container_->rows) {
    if (!slices.step()) return;
    const AssignmentRow* holder = find_active(LicenseId(row.license), PersonId(row.person));
    if (row.active()) ++active;
    if (row.active() && holder != &row) {
      findings.push_back("assignment " + std::to_string(row.id) +
                         " is active but not found by license and person");
    }
    if (!row.active() && row.revoked_at_us < row.assigned_at_us) {
      findings.push_back("assignment " + std::to_string(row.id) +
                         " is revoked before it was assigned");
    }
  }
  std::uint64_t flagged = 0;
  for (const AssignmentRow& row : container_->rows) {
    if (!slices.step()) return;
    if (!row.needs_review) continue;
    ++flagged;
    if (container_->flags.count(std::make_tuple(row.license, row.id)) != 1) {
      findings.push_back("assignment " + std::to_string(row.id) +
                         " is flagged but not in the index of flags");
    }
  }
  if (flagged != container_->flags.size())
    findings.push_back("the index of flags has more entries than flagged assignments");
  check_lists(active_license_, &AssignmentExtras::of_license, &AssignmentRow::license, "license",
              findings, slices);
  if (slices.ended()) return;
  check_lists(active_person_, &AssignmentExtras::of_person, &AssignmentRow::person, "person",
              findings, slices);
  if (slices.ended()) return;
  check_rosters(findings, slices);
  if (slices.ended()) return;
  const auto total = [](const Chunked<List>& lists) {
    std::uint64_t sum = 0;
    for (std::size_t owner = 0; owner < lists.size(); ++owner) sum += lists[owner].count;
    return sum;
  };
  if (total(active_license_) != active || total(active_person_) != active) {
    findings.push_back("the lists of active assignments do not add up to " +
                       std::to_string(active));
  }
}

}  // namespace seatbook::model
