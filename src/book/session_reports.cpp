// Session: reports.
#include <utility>

#include "book/engine.hpp"
#include "book/query_checks.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/book.hpp"
#include "views/inactivity.hpp"
#include "views/views.hpp"

namespace seatbook {

using detail::bad_limit;
using detail::missing_license;
using model::Slices;
using model::Tables;

namespace {

/// Checks the order of a period (step 1). A time that could not be parsed is reported in step 6.
std::optional<Error> bad_order(Timestamp since, Timestamp until) {
  if (since <= until || until == Timestamp::unreadable()) return std::nullopt;
  return Error{Code::invalid_argument, "until must not be before since", "until"};
}

/// Checks a period (steps 4 to 6).
std::optional<Error> bad_period(const Tables& tables, const std::optional<LicenseId>& license,
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
    return Error{Code::invalid_argument, "at_most_percent must not be less than at_least_percent",
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
        if (query.after.value_or(AssignmentId())) {
          const auto found = rules::find_assignment(tables, *query.after, "after");
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
  if (auto error = bad_order(range.since, range.until)) return *std::move(error);
  static_assert(max_steps_limit == max_history_limit);
  if (auto error = bad_limit(query.limit)) return *std::move(error);
  return engine_->ask(
      *state_, Operation::usage_over_time,
      [&](const Tables& tables, Slices& slices) -> Result<UsageOverTime> {
        if (auto error = bad_period(tables, range.license, range.since, range.until)) {
          return *std::move(error);
        }
        return views::usage_over_time(tables, range, query.limit, slices);
      });
}

Result<UsageStep> Session::peak_usage(const UsageRange& range) const {
  if (auto error = bad_order(range.since, range.until)) return *std::move(error);
  return engine_->ask(
      *state_, Operation::peak_usage,
      [&](const Tables& tables, Slices& slices) -> Result<UsageStep> {
        if (auto error = bad_period(tables, range.license, range.since, range.until)) {
          return *std::move(error);
        }
        return views::peak_usage(tables, range, slices);
      });
}

Result<OffboardingTimes> Session::offboarding_times(const OffboardingQuery& query) const {
  if (auto error = bad_order(query.since, query.until)) return *std::move(error);
  static_assert(max_offboarding_limit == max_history_limit);
  if (auto error = bad_limit(query.limit)) return *std::move(error);
  return engine_->ask(
      *state_, Operation::offboarding_times,
      [&](const Tables& tables, Slices& slices) -> Result<OffboardingTimes> {
        if (auto error = bad_period(tables, query.license, query.since, query.until)) {
          return *std::move(error);
        }
        return views::offboarding_times(tables, query, slices);
      });
}

}  // namespace seatbook
