/// The queries.
#ifndef SEATBOOK_VIEWS_VIEWS_HPP_
#define SEATBOOK_VIEWS_VIEWS_HPP_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/events.hpp"
#include "seatbook/lists.hpp"
#include "seatbook/queries.hpp"
#include "seatbook/reports.hpp"
#include "views/seat_cursor.hpp"

namespace seatbook::views {

// seats.cpp: queries about seats: usage, the seats of a license, a person's software.

[[nodiscard]] Usage usage_of(const model::Tables& tables, const License& license);
[[nodiscard]] std::vector<SeatRow> license_seats(const model::Tables& tables, LicenseId license,
                                                 model::Slices& slices);
[[nodiscard]] std::vector<SoftwareRow> my_software(const model::Tables& tables, PersonId person,
                                                   model::Slices& slices);

// people.cpp: the people who can be assigned a seat (A10, B13, B16).

[[nodiscard]] std::vector<AssignablePerson> assignable_people(const model::Tables& tables,
                                                              const AssignableQuery& query,
                                                              model::Slices& slices);

// roster.cpp: everyone who holds or held a seat of a license (B10, B33).

/// Returns a page. The license must exist, and `query.after` be 0 or one of its assignments.
[[nodiscard]] RosterPage roster(const model::Tables& tables, const RosterQuery& query,
                                model::Slices& slices);

/// Returns all assignments of the license, in the roster's order; and their rows.
[[nodiscard]] std::vector<AssignmentId> roster_order(const model::Tables& tables, LicenseId license,
                                                     model::Slices& slices);
[[nodiscard]] std::vector<RosterRow> roster_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 model::Slices& slices);

// seat_list.cpp: the full seat list (A22 to A27): filter, sort, pages, header figures.

/// Returns a page of the list. `after` is the position of `query.after`, if any. The ids of the
/// query must exist. If the assignment of `after` is not in the scope, the page has no rows.
[[nodiscard]] SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                                     const std::optional<SeatPosition>& after, Timestamp now,
                                     model::Slices& slices);

[[nodiscard]] SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query,
                                       Timestamp now, model::Slices& slices);

/// The rows of a page, in order.
struct SeatOrder {
  std::vector<AssignmentId> seats;
  std::string next;  ///< see SeatListPage::next
};
[[nodiscard]] SeatOrder seat_order(const model::Tables& tables, const SeatListQuery& query,
                                   const std::optional<SeatPosition>& after, Timestamp now,
                                   model::Slices& slices);

/// Returns the current rows of these assignments. Each must exist, but can be revoked. `query`
/// defines which are inactive.
[[nodiscard]] std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 const SeatListQuery& query, Timestamp now,
                                                 model::Slices& slices);

// history.cpp: the audit trail with the names of its records.

/// Returns the rows that `query` selects; its ids must exist.
[[nodiscard]] std::vector<HistoryEntry> history(const model::Tables& tables,
                                                const HistoryQuery& query, model::Slices& slices);

/// Returns all rows that the query selects, ignoring its limit, in its order; and the entries of
/// rows.
[[nodiscard]] std::vector<Seq> history_order(const model::Tables& tables, HistoryQuery query,
                                             model::Slices& slices);
[[nodiscard]] std::vector<HistoryEntry> history_entries(const model::Tables& tables,
                                                        std::span<const Seq> rows,
                                                        model::Slices& slices);

// owners.cpp: the contacts of a license (B5, B9, C22).

[[nodiscard]] LicenseContacts contacts_of(const model::Tables& tables, const License& license);
[[nodiscard]] std::vector<ArchivedOwnerRow> archived_owners(const model::Tables& tables,
                                                            model::Slices& slices);

// reviews.cpp: seats to review after an offboarding (B29, B30).

/// Returns the seats, longest waiting first.
[[nodiscard]] std::vector<ReviewRow> needs_review(const model::Tables& tables,
                                                  const std::optional<LicenseId>& license,
                                                  Timestamp now, model::Slices& slices);

// reclaim.cpp: inactive seats, and the saving of freeing them (A25, C8, C9, C53).

/// The license and the assignment of the query must exist.
[[nodiscard]] ReclaimPage reclaim_candidates(const model::Tables& tables, const ReclaimQuery& query,
                                             Timestamp now, model::Slices& slices);

// renewals.cpp: renewals that are due, and the number of seats they need (B5).

[[nodiscard]] std::vector<RenewalRow> renewals_due(const model::Tables& tables,
                                                   const RenewalsQuery& query, Timestamp now,
                                                   model::Slices& slices);

// utilization.cpp: utilization and cost of licenses, product groups and the book (B11, C3, C53).

/// The license of the query must exist.
[[nodiscard]] std::vector<UtilizationRow> utilization(const model::Tables& tables,
                                                      const UtilizationQuery& query,
                                                      model::Slices& slices);

// offboarding.cpp: how long people who left kept their seats (B28, B31, C47).

[[nodiscard]] OffboardingTimes offboarding_times(const model::Tables& tables,
                                                 const OffboardingQuery& query,
                                                 model::Slices& slices);

// timeline.cpp: seats over time, from history: who held one at an instant, and how many were in use
// (C52).

// A given license must exist, and `since` must not be after `until`. Results are of one version,
// that of the first slice, because history rows never change.

/// Returns the holders in the order in which they got their seats. Names are the current ones.
[[nodiscard]] std::vector<HolderRow> holders_at(const model::Tables& tables, LicenseId license,
                                                Timestamp at, model::Slices& slices);
[[nodiscard]] UsageOverTime usage_over_time(const model::Tables& tables, const UsageRange& range,
                                            std::uint32_t limit, model::Slices& slices);
[[nodiscard]] UsageStep peak_usage(const model::Tables& tables, const UsageRange& range,
                                   model::Slices& slices);

// events.cpp: events and notifications, derived from history on demand (A34, A35, A40, A41, C39 to
// C41). A change does not depend on whether anyone receives its events (A42).

/// Returns the current name of an actor.
[[nodiscard]] std::string name_of(const model::Tables& tables, const ActorRecord& actor);

/// Returns the event of a history row, if it is a grant or a removal.
[[nodiscard]] std::optional<Event> event_of(const model::Tables& tables, Seq seq);

/// Returns the notifications of the rows from `first` to `last`, which form one batch: one for each
/// person who was assigned seats, in the order of their first.
[[nodiscard]] std::vector<Notification> notifications_of(const model::Tables& tables, Seq first,
                                                         Seq last);

/// Returns up to `limit` events of rows after `after`.
[[nodiscard]] EventPage events_after(const model::Tables& tables, Seq after, std::uint32_t limit,
                                     model::Slices& slices);
/// Returns the notifications of the batches after `after`; starts no further batch once there are
/// `limit`.
[[nodiscard]] NotificationPage notifications_after(const model::Tables& tables, Seq after,
                                                   std::uint32_t limit, model::Slices& slices);

// dump.cpp: the whole book as canonical JSON.

/// Returns one object with the version and one array per kind of record, ordered by id; members are
/// ordered by name; indented by two spaces. Equal books give equal bytes. All records are copied
/// from one version: if the tables may have changed between two slices, the slices end. The text is
/// made without the lock.
[[nodiscard]] std::string dump(const model::Tables& tables, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_VIEWS_HPP_
