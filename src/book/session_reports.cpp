// Session: the reports.
#include <utility>

#include "book/engine.hpp"
#include "book/query_checks.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/book.hpp"
#include "views/inactivity.hpp"
#include "views/offboarding.hpp"
#include "views/reclaim.hpp"
#include "views/renewals.hpp"
#include "views/reviews.hpp"
#include "views/timeline.hpp"
#include "views/utilization.hpp"

namespace seatbook {

using detail::bad_limit;
using detail::missing_license;
using model::Slices;
using model::Tables;

namespace {

/// Step 1 of a stretch of time. A text that is no time has its turn at step 6.
std::optional<Error> backwards(Timestamp since, Timestamp until) {
  if (since <= until || until == Timestamp::unreadable()) return std::nullopt;
  return Error{Code::invalid_argument, "a stretch of time does not end before it begins", "until"};
}

/// Steps 4 to 6 of a stretch of time.
std::optional<Error> beyond(const Tables& tables, const std::optional<LicenseId>& license,
                            Timestamp since, Timestamp until) {
  if (auto error = missing_license(tables, license)) return error;
  return rules::FieldChecks().instant("since", since).instant("until", until).error();
}

}  // namespace

Result<std::vector<ReviewRow>> Session::needs_review(std::optional<LicenseId> license) const {
  return engine_->ask_now(
      *state_, Operation::needs_review,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<std::vector<ReviewRow>> {
        if (auto error = missing_license(tables, license)) return *std::move(error);
        return views::needs_review(tables, license, now, slices);
      });
}

Result<std::vector<UtilizationRow>> Session::utilization(const UtilizationQuery& query) const {
  if (auto error = rules::malformed_choice("by", query.by)) return *std::move(error);
  if (query.product_group) {
    if (auto error = rules::malformed_texts({{"product_group", *query.product_group}})) {
      return *std::move(error);
    }
  }
  if (query.at_least_percent && query.at_most_percent &&
      *query.at_most_percent < *query.at_least_percent) {
    return Error{Code::invalid_argument, "no percentage is at most this and at least the other",
                 "at_most_percent"};
  }
  return engine_->ask(
      *state_, Operation::utilization,
      [&](const Tables& tables, Slices& slices) -> Result<std::vector<UtilizationRow>> {
        if (auto error = missing_license(tables, query.license)) {
          return *std::move(error);
        }
        return views::utilization(tables, query, slices);
      });
}

Result<ReclaimPage> Session::reclaim_candidates(const ReclaimQuery& query) const {
  if (auto error = views::malformed(views::rule_of(query))) return *std::move(error);
  static_assert(max_reclaim_limit == max_history_limit);
  if (auto error = bad_limit(query.limit)) return *std::move(error);
  return engine_->ask_now(
      *state_, Operation::reclaim_candidates,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<ReclaimPage> {
        if (auto error = missing_license(tables, query.license)) {
          return *std::move(error);
        }
        if (query.after) {
          const auto found = rules::find_assignment(tables, query.after, "after");
          if (!found) return *found.error;
        }
        return views::reclaim_candidates(tables, query, now, slices);
      });
}

Result<std::vector<RenewalRow>> Session::renewals_due(const RenewalsQuery& query) const {
  if (auto error = views::malformed(views::rule_of(query))) return *std::move(error);
  return engine_->ask_now(
      *state_, Operation::renewals_due,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<std::vector<RenewalRow>> {
        rules::FieldChecks fields;
        if (fields.date("until", query.until).error()) return *fields.error();
        return views::renewals_due(tables, query, now, slices);
      });
}

Result<std::vector<HolderRow>> Session::holders_at(LicenseId license, Timestamp at) const {
  return engine_->ask(*state_, Operation::holders_at,
                      [&](const Tables& tables, Slices& slices) -> Result<std::vector<HolderRow>> {
                        const auto found = rules::find_license(tables, license, "license");
                        if (!found) return *found.error;
                        rules::FieldChecks fields;
                        if (fields.instant("at", at).error()) return *fields.error();
                        return views::holders_at(tables, license, at, slices);
                      });
}

Result<UsageOverTime> Session::usage_over_time(const UsageOverTimeQuery& query) const {
  const UsageRange range = {query.license, query.since, query.until};
  if (auto error = backwards(range.since, range.until)) return *std::move(error);
  static_assert(max_steps_limit == max_history_limit);
  if (auto error = bad_limit(query.limit)) return *std::move(error);
  return engine_->ask(*state_, Operation::usage_over_time,
                      [&](const Tables& tables, Slices& slices) -> Result<UsageOverTime> {
                        if (auto error = beyond(tables, range.license, range.since, range.until)) {
                          return *std::move(error);
                        }
                        return views::usage_over_time(tables, range, query.limit, slices);
                      });
}

Result<UsageStep> Session::peak_usage(const UsageRange& range) const {
  if (auto error = backwards(range.since, range.until)) return *std::move(error);
  return engine_->ask(*state_, Operation::peak_usage,
                      [&](const Tables& tables, Slices& slices) -> Result<UsageStep> {
                        if (auto error = beyond(tables, range.license, range.since, range.until)) {
                          return *std::move(error);
                        }
                        return views::peak_usage(tables, range, slices);
                      });
}

Result<OffboardingTimes> Session::offboarding_times(const OffboardingQuery& query) const {
  if (auto error = backwards(query.since, query.until)) return *std::move(error);
  static_assert(max_offboarding_limit == max_history_limit);
  if (auto error = bad_limit(query.limit)) return *std::move(error);
  return engine_->ask(*state_, Operation::offboarding_times,
                      [&](const Tables& tables, Slices& slices) -> Result<OffboardingTimes> {
                        if (auto error = beyond(tables, query.license, query.since, query.until)) {
                          return *std::move(error);
                        }
                        return views::offboarding_times(tables, query, slices);
                      });
}

}  // namespace seatbook
