#include "views/views.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace seatbook::views {
namespace {

/// Computes seats in use and totals from history rows in order.
class Fold {
 public:
  /// Of one license, or of the book with this many licenses; then archived licenses have no total.
  explicit Fold(const std::optional<std::uint64_t>& licenses_of_book)
      : of_book_(licenses_of_book), licenses_(licenses_of_book.value_or(1)) {}

  void take(const HistoryRow& row) {
    if (!row.license) return;
    OfLicense& license = licenses_[of_book_ ? row.license->value - 1 : 0];
    leave_out(license);
    if (row.grants()) ++license.used;
    if (row.removes()) --license.used;
    if (row.after) {
      license.added = true;
      license.total = row.after->total_seats;
      license.policy = row.after->policy;
    }
    if (row.kind == HistoryKind::license_archived) license.archived = true;
    if (row.kind == HistoryKind::license_reactivated) license.archived = false;
    count_in(license);
  }

  [[nodiscard]] UsageStep state(Timestamp at) const {
    UsageStep step;
    step.at = at;
    step.used = used_;
    step.used_unlimited = used_unlimited_;
    if (limited_ != 0) step.total = total_;
    if (!of_book_ && licenses_.front().added) step.policy = licenses_.front().policy;
    return step;
  }

 private:
  struct OfLicense {
    std::uint64_t used = 0;
    SeatTotal total = {};
    CapacityPolicy policy = CapacityPolicy::enforce;
    bool added = false;
    bool archived = false;
  };

  [[nodiscard]] bool in_force(const OfLicense& license) const {
    return license.added && !license.total.is_unlimited() && !(of_book_ && license.archived);
  }
  void leave_out(const OfLicense& license) {
    used_ -= license.used;
    if (license.total.is_unlimited()) used_unlimited_ -= license.used;
    if (!in_force(license)) return;
    total_ -= static_cast<std::uint64_t>(license.total.seats());
    --limited_;
  }
  void count_in(const OfLicense& license) {
    used_ += license.used;
    if (license.total.is_unlimited()) used_unlimited_ += license.used;
    if (!in_force(license)) return;
    total_ += static_cast<std::uint64_t>(license.total.seats());
    ++limited_;
  }

  bool of_book_;
  std::vector<OfLicense> licenses_;  // by id - 1
  std::uint64_t used_ = 0;
  std::uint64_t used_unlimited_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t limited_ = 0;  // licenses in `total_`
};

/// Calls `take` with the rows of a license, or of the book, oldest first, until it returns false.
/// Skips rows written in the meantime.
template <class Take>
void each_row(const model::HistoryTable& history, const std::optional<LicenseId>& license,
              std::uint64_t last, model::Slices& slices, const Take& take) {
  if (!license) {
    for (std::uint64_t seq = 1; seq <= last; ++seq) {
      if (!slices.step() || !take(history.row(Seq(seq)))) return;
    }
    return;
  }
  std::vector<Seq> backwards;
  for (Seq seq = history.last_of(*license); seq; seq = history.previous_of_license(seq)) {
    if (!slices.step() || !slices.room(backwards)) return;
    if (seq.value <= last) backwards.push_back(seq);
  }
  for (auto seq = backwards.rbegin(); seq != backwards.rend(); ++seq) {
    if (!slices.step() || !take(history.row(*seq))) return;
  }
}

/// Calls `visit` with the state at `since` and then with the state after each later instant, until
/// it returns false. States within an instant are not reported: a batch is one change, and an
/// assignment that begins and ends at one instant is empty (C52).
template <class Visit>
void each_instant(const model::Tables& tables, const UsageRange& range, model::Slices& slices,
                  const Visit& visit) {
  const std::uint64_t last = tables.history.size();
  std::optional<std::uint64_t> licenses;
  if (!range.license) licenses = tables.licenses.size();
  std::optional<Fold> fold;
  if (!slices.apart(licenses.value_or(1), [&] { fold.emplace(licenses); })) return;
  Timestamp at = range.since;
  bool goes_on = true;
  each_row(tables.history, range.license, last, slices, [&](const HistoryRow& row) {
    if (row.at > at) {
      goes_on = visit(fold->state(at));
      at = row.at;
      if (!goes_on || at >= range.until) {
        goes_on = false;
        return false;
      }
    }
    fold->take(row);
    return true;
  });
  if (goes_on) visit(fold->state(at));
}

/// The edits of access levels after an instant (C59).
class LaterEdits {
 public:
  explicit LaterEdits(Timestamp at) : at_(at) {}

  /// Takes a row of kind `edited`, in any order.
  [[nodiscard]] bool take(const model::HistoryTable& history, Seq seq, model::Slices& slices) {
    if (!slices.step(model::Slices::copied_row) || !slices.room(edits_)) return false;
    const HistoryRow row = history.row(seq);
    if (row.at <= at_ || !row.assignment) return true;
    const HistoryTexts* const texts = history.texts(seq);
    if (texts == nullptr || texts->changes.empty()) {
      edits_.push_back({*row.assignment, seq, {}, false});
      return true;
    }
    for (const FieldChange& change : texts->changes) {
      if (change.field == "access_level") {
        edits_.push_back({*row.assignment, seq, change.before, true});
      }
    }
    return true;
  }

  /// Replaces the current access levels of these holders by those before the edits.
  void undo(std::vector<HolderRow>& holders) {
    std::unordered_map<AssignmentId, Edit*> first;
    for (Edit& edit : edits_) {
      Edit*& known = first.emplace(edit.assignment, &edit).first->second;
      const bool recorded = known->recorded && edit.recorded;
      if (edit.seq < known->seq) known = &edit;
      known->recorded = recorded;
    }
    if (first.empty()) return;
    for (HolderRow& holder : holders) {
      const auto found = first.find(holder.assignment);
      if (found == first.end()) continue;
      holder.access_level_recorded = found->second->recorded;
      holder.access_level = found->second->recorded ? found->second->before : std::string();
    }
  }

 private:
  struct Edit {
    AssignmentId assignment;
    Seq seq;
    std::string before;
    bool recorded;  // false in a row that 0.1 wrote
  };

  Timestamp at_;
  std::vector<Edit> edits_;
};

bool same_state(const UsageStep& a, const UsageStep& b) {
  return a.used == b.used && a.used_unlimited == b.used_unlimited && a.total == b.total &&
         a.policy == b.policy;
}

}  // namespace

std::vector<HolderRow> holders_at(const model::Tables& tables, LicenseId license, Timestamp at,
                                  model::Slices& slices) {
  const model::HistoryTable& history = tables.history;
  std::vector<HolderRow> holders;
  // For a recent instant there are about as many holders as now. Moving the rows to a larger vector
  // would cost more than finding them.
  holders.reserve(tables.assignments.active_count(license));
  LaterEdits edits(at);
  const Seq newest = history.last_of(license);
  for (Seq seq = newest; seq; seq = history.previous_of_license(seq)) {
    if (!slices.step() || !slices.room(holders)) return holders;
    if (history.kind(seq) == HistoryKind::edited && !edits.take(history, seq, slices)) {
      return holders;
    }
    if (!history.moves_a_seat(seq)) continue;
    const HistoryRow row = history.row(seq);
    if (!row.grants() || row.at > at) continue;
    if (!slices.step(model::Slices::copied_row)) return holders;
    const model::AssignmentRow& assignment = *tables.assignments.find(*row.assignment);
    if (!assignment.active() && assignment.revoked_at_us <= at.us) continue;
    const Person& person = tables.people.find(*row.person)->person;
    HolderRow& holder = holders.emplace_back();
    holder.assignment = *row.assignment;
    holder.person = person.id;
    holder.name = person.name;
    holder.email = person.email;
    holder.erased = person.state == PersonState::erased;
    holder.assigned_at = {assignment.assigned_at_us};
    if (!assignment.active()) holder.revoked_at = Timestamp{assignment.revoked_at_us};
    holder.granted_by = *tables.actors.find(row.actor);
    holder.granted_by_name = name_of(tables, holder.granted_by);
    if (const auto* texts = tables.assignments.texts(holder.assignment)) {
      holder.access_level = texts->access_level;
    }
  }
  // An access level above may already include an edit that was made in the meantime.
  for (Seq seq = history.last_of(license); seq > newest; seq = history.previous_of_license(seq)) {
    if (!slices.step()) return holders;
    if (history.kind(seq) == HistoryKind::edited && !edits.take(history, seq, slices)) {
      return holders;
    }
  }
  slices.leave();
  std::reverse(holders.begin(), holders.end());
  edits.undo(holders);
  return holders;
}

UsageOverTime usage_over_time(const model::Tables& tables, const UsageRange& range,
                              std::uint32_t limit, model::Slices& slices) {
  UsageOverTime result;
  result.version = tables.version;
  each_instant(tables, range, slices, [&](const UsageStep& step) {
    if (!result.steps.empty() && same_state(result.steps.back(), step)) return true;
    if (result.steps.size() == limit) {
      result.next = step.at;
      return false;
    }
    result.steps.push_back(step);
    return slices.room(result.steps);
  });
  return result;
}

UsageStep peak_usage(const model::Tables& tables, const UsageRange& range, model::Slices& slices) {
  std::optional<UsageStep> peak;
  each_instant(tables, range, slices, [&](const UsageStep& step) {
    if (!peak || step.used > peak->used) peak = step;
    return true;
  });
  return peak.value_or(UsageStep());
}

}  // namespace seatbook::views
