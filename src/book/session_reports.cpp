// Session: reports.
#include "book/engine.hpp"
#include "book/query_checks.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/book.hpp"
#include "types/try.hpp"
#include "views/inactivity.hpp"
#include "views/views.hpp"

namespace seatbook {

using detail::bad_limit;
using detail::missing_license;
using model::Slices;
using model::Tables;

namespace {

/// Checks the order of a period (step 1). A time that could not be parsed is reported in step 6.
Result<void> bad_order(Timestamp since, Timestamp until) {
  if (since <= until || until == Timestamp::unreadable()) return {};
  return Error{Code::invalid_argument, "until must not be before since", "until"};
}

/// Checks a period (steps 4 to 6).
Result<void> bad_period(const Tables& tables, const std::optional<LicenseId>& license,
                        Timestamp since, Timestamp until) {
  SEATBOOK_TRY(missing_license(tables, license));
  return rules::FieldChecks().instant("since", since).instant("until", until).result();
}

}  // namespace

Result<std::vector<ReviewRow>> Session::needs_review(std::optional<LicenseId> license) const {
  return engine_->ask(
      *state_, Operation::needs_review,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<std::vector<ReviewRow>> {
        SEATBOOK_TRY(missing_license(tables, license));
        return views::needs_review(tables, license, now, slices);
      });
}

Result<std::vector<UtilizationRow>> Session::utilization(const UtilizationQuery& query) const {
  SEATBOOK_TRY(rules::malformed_choice("by", query.by));
  if (query.product_group) {
    SEATBOOK_TRY(rules::malformed_texts({{"product_group", *query.product_group}}));
  }
  if (query.at_least_percent && query.at_most_percent &&
      *query.at_most_percent < *query.at_least_percent) {
    return Error{Code::invalid_argument, "at_most_percent must not be less than at_least_percent",
                 "at_most_percent"};
  }
  return engine_->ask(
      *state_, Operation::utilization,
      [&](const Tables& tables, Slices& slices) -> Result<std::vector<UtilizationRow>> {
        SEATBOOK_TRY(missing_license(tables, query.license));
        return views::utilization(tables, query, slices);
      });
}

Result<ReclaimPage> Session::reclaim_candidates(const ReclaimQuery& query) const {
  SEATBOOK_TRY(views::malformed(views::rule_of(query)));
  static_assert(max_reclaim_limit == max_history_limit);
  SEATBOOK_TRY(bad_limit(query.limit));
  return engine_->ask(
      *state_, Operation::reclaim_candidates,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<ReclaimPage> {
        SEATBOOK_TRY(missing_license(tables, query.license));
        if (query.after.value_or(AssignmentId())) {
          SEATBOOK_TRY(rules::find_assignment(tables, *query.after, "after"));
        }
        return views::reclaim_candidates(tables, query, now, slices);
      });
}

Result<std::vector<RenewalRow>> Session::renewals_due(const RenewalsQuery& query) const {
  SEATBOOK_TRY(views::malformed(views::rule_of(query)));
  return engine_->ask(
      *state_, Operation::renewals_due,
      [&](const Tables& tables, Timestamp now, Slices& slices) -> Result<std::vector<RenewalRow>> {
        rules::FieldChecks fields;
        SEATBOOK_TRY(fields.date("until", query.until).result());
        return views::renewals_due(tables, query, now, slices);
      });
}

Result<std::vector<HolderRow>> Session::holders_at(LicenseId license, Timestamp at) const {
  return engine_->ask(*state_, Operation::holders_at,
                      [&](const Tables& tables, Slices& slices) -> Result<std::vector<HolderRow>> {
                        SEATBOOK_TRY(rules::find_license(tables, license, "license"));
                        rules::FieldChecks fields;
                        SEATBOOK_TRY(fields.instant("at", at).result());
                        return views::holders_at(tables, license, at, slices);
                      });
}

Result<UsageOverTime> Session::usage_over_time(const UsageOverTimeQuery& query) const {
  const UsageRange range = {query.license, query.since, query.until};
  SEATBOOK_TRY(bad_order(range.since, range.until));
  static_assert(max_steps_limit == max_history_limit);
  SEATBOOK_TRY(bad_limit(query.limit));
  return engine_->ask(*state_, Operation::usage_over_time,
                      [&](const Tables& tables, Slices& slices) -> Result<UsageOverTime> {
                        SEATBOOK_TRY(bad_period(tables, range.license, range.since, range.until));
                        return views::usage_over_time(tables, range, query.limit, slices);
                      });
}

Result<UsageStep> Session::peak_usage(const UsageRange& range) const {
  SEATBOOK_TRY(bad_order(range.since, range.until));
  return engine_->ask(*state_, Operation::peak_usage,
                      [&](const Tables& tables, Slices& slices) -> Result<UsageStep> {
                        SEATBOOK_TRY(bad_period(tables, range.license, range.since, range.until));
                        return views::peak_usage(tables, range, slices);
                      });
}

Result<OffboardingTimes> Session::offboarding_times(const OffboardingQuery& query) const {
  SEATBOOK_TRY(bad_order(query.since, query.until));
  static_assert(max_offboarding_limit == max_history_limit);
  SEATBOOK_TRY(bad_limit(query.limit));
  return engine_->ask(*state_, Operation::offboarding_times,
                      [&](const Tables& tables, Slices& slices) -> Result<OffboardingTimes> {
                        SEATBOOK_TRY(bad_period(tables, query.license, query.since, query.until));
                        return views::offboarding_times(tables, query, slices);
                      });
}

}  // namespace seatbook
