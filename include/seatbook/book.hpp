/// Book, the object a host opens, and Session, the book as one actor may use it.
#ifndef SEATBOOK_BOOK_HPP_
#define SEATBOOK_BOOK_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/actor.hpp"
#include "seatbook/clock.hpp"
#include "seatbook/commands.hpp"
#include "seatbook/csv.hpp"
#include "seatbook/events.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/inventory.hpp"
#include "seatbook/lists.hpp"
#include "seatbook/queries.hpp"
#include "seatbook/records.hpp"
#include "seatbook/reports.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

namespace detail {
class Engine;
struct SessionState;

/// The part of a closed book that a moved-from session refers to.
template <class Part>
Part* closed();
template <>
Engine* closed<Engine>();
template <>
SessionState* closed<SessionState>();

/// A shared pointer that is never null: after a move it refers to a closed book.
template <class Part>
class OrClosed {
 public:
  OrClosed(std::shared_ptr<Part> part) : part_(std::move(part)) {}  // NOLINT: a pointer, still
  Part* operator->() const { return part_ ? part_.get() : closed<Part>(); }
  Part& operator*() const { return *operator->(); }

 private:
  std::shared_ptr<Part> part_;
};
}  // namespace detail

struct OpenOptions {
  /// None: the storage's clock where it has one (Storage::clock()), else the machine's.
  std::shared_ptr<Clock> clock = {};
  /// Writes although the clock is over 10 minutes before the newest history row: an operator's way
  /// out after the clock had been set wrong (C52). History stays in order all the same. Last uses,
  /// which write no history, are not compared with.
  bool allow_clock_behind = false;
  /// Every command answers `book_read_only`.
  bool read_only = false;
  /// Called with what listeners throw, under no lock. Destroyed when the book is closed.
  ListenerErrorCallback on_listener_error = {};
};

/// A book as one actor may use it: every call is checked against that actor's permissions (C43).
///
/// Cheap to make and to copy; any number, used from any thread. It stays valid when the Book object
/// is moved or destroyed. Once the book is closed, by Book::close() or by its destructor, and on a
/// moved-from session, every call fails with `book_closed`.
///
/// The commands are described at their structs in commands.hpp, rows and filters in queries.hpp.
/// Every query may answer invalid_argument, invalid_text, book_closed, book_needs_reopen,
/// permission_denied and out_of_memory; what else it may answer is said beside it. Queries see
/// committed states only, and never wait for storage unless the session asks for a version
/// (at_least).
///
/// No query holds the book's lock for longer than 10 ms at 1,000,000 assignments (C69). Longer work
/// is done in slices that let writers in. What fits into one slice (some 4,000 rows looked at, or
/// 500 rows returned) is of one version. A longer result reflects several versions in turn: a row
/// that did not move is neither lost nor repeated, and a figure counts each record as it is when it
/// is found. Permission and the book's state are checked in each slice: close() ends a query with
/// book_closed.
class Session {
 public:
  Result<PersonReceipt> add_person(const AddPerson& command);
  Result<PersonReceipt> update_person(const UpdatePerson& command);
  Result<PersonReceipt> archive_person(const ArchivePerson& command);
  Result<PersonReceipt> reactivate_person(const ReactivatePerson& command);

  Result<PersonReceipt> erase_person(const ErasePerson& command);

  Result<LicenseReceipt> add_license(const AddLicense& command);
  Result<LicenseReceipt> update_license(const UpdateLicense& command);
  Result<LicenseReceipt> set_total_seats(const SetTotalSeats& command);
  Result<LicenseReceipt> set_policy(const SetPolicy& command);
  Result<LicenseReceipt> set_owners(const SetOwners& command);
  Result<LicenseReceipt> archive_license(const ArchiveLicense& command);
  Result<LicenseReceipt> reactivate_license(const ReactivateLicense& command);

  Result<SeatReceipt> assign(const Assign& command);
  Result<BulkReceipt> bulk_assign(const BulkAssign& command);
  Result<BulkReceipt> assign_many(const AssignMany& command);
  Result<SeatReceipt> revoke(const Revoke& command);
  Result<BulkReceipt> revoke_all(const RevokeAll& command);
  Result<SeatReceipt> transfer(const Transfer& command);
  Result<SeatReceipt> edit_seat(const EditSeat& command);
  Result<SeatReceipt> mark_reviewed(const MarkReviewed& command);
  Result<SeatReceipt> record_use(const RecordUse& command);
  Result<BulkReceipt> record_uses(const RecordUses& command);

  // Files in: described in imports.hpp and inventory.hpp.
  Result<RosterReport> import_roster(const ImportRoster& command);
  Result<InventoryReport> import_people(const ImportPeople& command);
  Result<InventoryReport> import_licenses(const ImportLicenses& command);

  /// Returns whether the actor may do this at all, to hide or disable a button (C43, C68): false if
  /// why_not() returns an error, whichever it is. An operation about one person can still be
  /// refused for another person if only `view_own` allows it. Whether a license has room: usage().
  [[nodiscard]] bool can(Operation operation) const;
  /// Returns why can() is false, or none (C68). Errors: invalid_argument (no such operation, or a
  /// malformed actor), book_closed, book_needs_reopen, book_behind, book_forked, permission_denied.
  [[nodiscard]] std::optional<Error> why_not(Operation operation) const;

  /// The same actor, whose queries see the book at `version` or later (an answer of a command
  /// carries one): where this object is behind, a query first refreshes from the storage. It waits
  /// for nobody: a version that is not there either answers `book_behind`.
  [[nodiscard]] Session at_least(Version version) const;

  /// All people or licenses, by id, a page at a time. Needs `view`. O(rows looked at).
  [[nodiscard]] Result<std::vector<Person>> people(const PeopleQuery& query = {}) const;
  [[nodiscard]] Result<std::vector<License>> licenses(const LicensesQuery& query = {}) const;

  /// One record. Needs `view`. Errors: person_not_found / license_not_found / assignment_not_found.
  [[nodiscard]] Result<Person> get_person(PersonId person) const;
  [[nodiscard]] Result<License> get_license(LicenseId license) const;
  [[nodiscard]] Result<Assignment> get_assignment(AssignmentId assignment) const;
  /// Who stands behind an actor id of history. Errors: actor_not_found.
  [[nodiscard]] Result<ActorRecord> get_actor(ActorId actor) const;

  /// Returns the person with that email or host key, archived people included. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<PersonId>> find_person(const PersonLookup& lookup) const;
  /// Returns the license with that host key, archived licenses included. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<LicenseId>> find_license(const LicenseLookup& lookup) const;

  /// The id of an actor that has written to the book. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<ActorId>> find_actor(const ActorLookup& lookup) const;

  /// The active assignment of that person to that license, if any: "does P hold L?". Needs `view`,
  /// or `view_own` where the person is the actor. O(1).
  [[nodiscard]] Result<std::optional<AssignmentId>> find_seat(LicenseId license,
                                                              PersonId person) const;

  /// When the seat was last used, if ever (A46). Needs `view`. O(1). Errors: assignment_not_found.
  [[nodiscard]] Result<std::optional<Timestamp>> last_use(AssignmentId assignment) const;

  /// How full the license is. Needs `view`. O(1). Errors: license_not_found.
  [[nodiscard]] Result<Usage> usage(LicenseId license) const;

  /// The license's active assignments, oldest first (A21). Needs `view`. O(rows).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::vector<SeatRow>> license_seats(LicenseId license) const;

  /// The full seat list of a license, a person or the book: filtered, sorted, in pages (A22 to
  /// A27). Needs `view`. Cost: see SeatListQuery. Errors: license_not_found, person_not_found.
  [[nodiscard]] Result<SeatListPage> seat_list(const SeatListQuery& query) const;
  /// The figures above that list, without its filter (A22). Needs `view`. O(active seats of the
  /// license or the person; all assignments of the book). Errors: as seat_list.
  [[nodiscard]] Result<SeatFigures> seat_figures(const SeatFiguresQuery& query) const;

  /// Everybody who holds or held a seat of the license (B10). Needs `view`. O(rows).
  /// Errors: license_not_found.
  [[nodiscard]] Result<RosterPage> roster(const RosterQuery& query) const;

  /// Files out (A28, B33, C35 to C38): streams the file into `sink`, under no lock. The set and
  /// order of rows are fixed up front, in slices; each row reflects the moment when it is read, a
  /// thousand rows under one short lock (C69). Extra memory: 8 bytes a row, some 64 of a seat list,
  /// and a page. Needs `view` and `export`.
  /// Errors: invalid_argument (no sink, an offset beyond a day, or what the list refuses),
  /// license_not_found, person_not_found, actor_not_found, invalid_date, date_out_of_range
  /// (history: since, until), cancelled (the sink answered false; what it took before stands).
  Result<ExportReport> export_seat_list(const ExportSeatList& request, const CsvSink& sink) const;
  Result<ExportReport> export_roster(const ExportRoster& request, const CsvSink& sink) const;
  Result<ExportReport> export_history(const ExportHistory& request, const CsvSink& sink) const;

  /// The licenses on which the person holds a seat, oldest grant first (A15). Needs `view`, or
  /// `view_own` where the person is the actor. O(rows). Errors: person_not_found.
  [[nodiscard]] Result<std::vector<SoftwareRow>> my_software(PersonId person) const;

  /// Whom one may give a seat, by folded name, then id. Needs `view`. O(people).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::vector<AssignablePerson>> assignable_people(
      const AssignableQuery& query) const;

  /// The flagged seats of a license, or of the book, as a queue: who has waited longest comes
  /// first, in the order of the history rows that flagged them (B29). Needs `view`. O(rows, and the
  /// history of their holders since they were flagged). Errors: license_not_found.
  [[nodiscard]] Result<std::vector<ReviewRow>> needs_review(
      std::optional<LicenseId> license = {}) const;
  /// How many they are. O(log of all flagged).
  [[nodiscard]] Result<std::uint64_t> needs_review_count(
      std::optional<LicenseId> license = {}) const;

  /// The licenses, archived ones excepted, whose owner or backup owner is archived (B9, C22). Needs
  /// `view`. O(licenses).
  [[nodiscard]] Result<std::vector<ArchivedOwnerRow>> archived_owners() const;

  /// Approver and renewal recipients of a license (B5). Needs `view`. Errors: license_not_found.
  [[nodiscard]] Result<LicenseContacts> license_contacts(LicenseId license) const;

  /// The audit trail. Needs `view`, or `view_own` where `person` is the actor and neither a license
  /// nor an actor is named. O(rows of the
  /// license, person or actor, the first of these that is asked for; of the book otherwise).
  /// Errors: license_not_found, person_not_found, actor_not_found, invalid_date, date_out_of_range
  /// (since, until).
  [[nodiscard]] Result<std::vector<HistoryEntry>> history(const HistoryQuery& query) const;

  /// The events of history rows after `after`, of every process that shares the storage, oldest
  /// first: how a dispatcher reads that must lose nothing (C41). Needs `view`. `limit` is 1 to
  /// 100,000 events; one call looks at up to 100,000 rows.
  [[nodiscard]] Result<EventPage> events_after(Seq after, std::uint32_t limit = 1000) const;

  /// As events_after, the notifications. A page ends where a batch ends, so it may be somewhat
  /// longer than `limit`.
  [[nodiscard]] Result<NotificationPage> notifications_after(Seq after,
                                                             std::uint32_t limit = 1000) const;

  /// How full licenses are and what they cost a month (B11, C53): by license in the order of ids,
  /// by product group in the order of their bytes (licenses of none are the group ""), or one row
  /// for the book. Needs `view`. O(licenses of the book, active seats of those asked for).
  /// Errors: invalid_argument (by; at_most_percent below at_least_percent), invalid_text
  /// (product_group), license_not_found.
  [[nodiscard]] Result<std::vector<UtilizationRow>> utilization(
      const UtilizationQuery& query = {}) const;

  /// The seats that nobody uses (A25, C8, C9) of one license, or of all, with what freeing each
  /// saves a month: by currency, the dearest first, then by id; those without a price at the end.
  /// Needs `view`. O(active seats of the license or of the book), every page.
  /// Errors: invalid_argument (inactive_days, new_seat_grace_days, limit), license_not_found,
  /// assignment_not_found (after).
  [[nodiscard]] Result<ReclaimPage> reclaim_candidates(const ReclaimQuery& query = {}) const;

  /// The renewals that fall due up to and including a day, overdue ones included, by date, then
  /// license; archived licenses have none. Needs `view`. O(licenses, active seats of those due).
  /// Errors: invalid_argument (inactive_days, new_seat_grace_days), invalid_date, date_out_of_range
  /// (until).
  [[nodiscard]] Result<std::vector<RenewalRow>> renewals_due(const RenewalsQuery& query) const;

  /// Who held a seat of the license at that instant, in the order of the grants (C52). Needs
  /// `view`. O(history of the license). Errors: license_not_found, invalid_date,
  /// date_out_of_range.
  [[nodiscard]] Result<std::vector<HolderRow>> holders_at(LicenseId license, Timestamp at) const;

  /// Seats in use over time, as steps (C52). Needs `view`. O(history of the license, or of the
  /// book, up to the end of the page).
  /// Errors: invalid_argument (since is after until; limit), license_not_found, invalid_date,
  /// date_out_of_range.
  [[nodiscard]] Result<UsageOverTime> usage_over_time(const UsageOverTimeQuery& query = {}) const;

  /// The step with the most seats in use, the earliest of them; its `at` is not before `since`.
  /// On a license that enforces its total it is never above the total that was in force (A3, C12,
  /// C52). Needs `view`. O(history of the license, or of the book, before `until`).
  /// Errors: as usage_over_time.
  [[nodiscard]] Result<UsageStep> peak_usage(const UsageRange& range = {}) const;

  /// How long the seats of people who left stay held: from the archiving that flagged them to their
  /// release (B28, B31), in the order of the flags. Needs `view`. O(history of the book from
  /// `since` on), every page. Errors: invalid_argument (since is after until; limit),
  /// license_not_found, invalid_date, date_out_of_range.
  [[nodiscard]] Result<OffboardingTimes> offboarding_times(
      const OffboardingQuery& query = {}) const;

 private:
  friend class Book;
  Session(detail::OrClosed<detail::Engine> engine, detail::OrClosed<detail::SessionState> state);
  detail::OrClosed<detail::Engine> engine_;
  detail::OrClosed<detail::SessionState> state_;
};

/// One workspace's complete set of records.
///
/// A moved-from book can be destroyed or assigned to, nothing else. All members are safe to call
/// from any thread. Writers are serialized. Readers run concurrently and never wait for storage. A
/// writer waits for the readers that are running when its change enters memory; readers that start
/// later wait for that writer.
///
/// A callback of the book's storage or clock must not use the book, or another book on the same
/// storage: commands, queries, refresh() and backup_to() fail with invalid_argument. close() and
/// the destructor then take effect when the call that is under way ends.
class Book {
 public:
  /// A book in memory only: it keeps nothing beyond its own life.
  [[nodiscard]] static Result<Book> open(OpenOptions options = {});
  /// A book on a storage; reads what is there.
  /// Errors: invalid_argument (no storage), storage_failed, storage_corrupt (records contradict
  /// each other or break the rules: the message names up to 100 violations, separated by "; "),
  /// out_of_memory.
  [[nodiscard]] static Result<Book> open(std::shared_ptr<Storage> storage,
                                         OpenOptions options = {});

  Book(Book&&) noexcept;
  Book& operator=(Book&&) noexcept;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  /// Closes the book.
  ~Book();

  /// The book as `actor` may use it. Never fails: an actor of wrong form (no name and no person,
  /// both, a name too long) makes every call of the session answer invalid_argument.
  [[nodiscard]] Session session(Actor actor) const;

  /// How many batches the book has committed, as far as this object has seen.
  [[nodiscard]] Version version() const;

  /// Takes in what others have committed to a shared storage since, and resolves an earlier
  /// storage_unknown. Errors: book_closed, book_needs_reopen, storage_failed, storage_unknown,
  /// storage_corrupt.
  Result<Version> refresh();

  /// Calls `listener` with the events of every later commit of this book (see Listener, C70). On a
  /// closed book: does not keep the listener, and returns the id 0.
  ListenerId subscribe(Listener listener);
  /// As subscribe, with the notifications; those of a batch are delivered after its events.
  ListenerId subscribe_notifications(NotificationListener listener);
  /// Afterwards the listener is called with no further event; a thread that is delivering one at
  /// the moment may still call it with that one.
  void unsubscribe(ListenerId listener);
  /// How many times a listener has thrown.
  [[nodiscard]] std::uint64_t listener_failures() const;
  /// How many events were not queued for listeners, because max_queued_events others were waiting
  /// or memory ran out (C70). Their notifications were dropped with them. Session::events_after()
  /// returns them all.
  [[nodiscard]] std::uint64_t dropped_events() const;

  /// The whole book as canonical JSON, of one version: the same records give the same bytes,
  /// whatever way they came. For tests, support and comparison; O(everything). The records are
  /// copied in slices of the lock, again if a commit comes between; the fourth time commands wait
  /// for the copy (about 0.3 s at 1,000,000 assignments), queries do not. The text is made
  /// under no lock (C69).
  [[nodiscard]] Result<std::string> dump() const;

  /// Looks for anything that breaks the rules: seats counted against assignments, uniqueness, links
  /// and indexes, history in order and folding to the present. For tests and support;
  /// O(everything). Returns one line for each finding; an empty list is good. One version is
  /// checked, in slices of the lock, again if a commit comes between; the fourth time commands wait
  /// until the check is done (1 to 2 s at 1,000,000 assignments), queries do not (C69).
  [[nodiscard]] Result<std::vector<std::string>> check_invariants() const;

  /// Writes a copy of what is stored to a new file at `path`, while the book is in use: it holds
  /// some committed version and everything before it. What a storage can copy, and how long that
  /// takes, is told where it is opened (sqlite.hpp).
  /// Errors: book_forked, book_closed, unsupported_storage (a storage that makes no copies, or
  /// none), invalid_argument (field `path`: there is a file already, or no such folder),
  /// storage_failed (there is no copy, or a part of one under another name).
  [[nodiscard]] Result<void> backup_to(const std::string& path) const;

  /// Whether close() was called.
  [[nodiscard]] bool closed() const noexcept;

  /// Closes the book: frees its records in memory, also while sessions exist, and releases the
  /// storage, the clock, the listeners and the error callback, which are destroyed under no lock.
  /// Waits for the command that is under way. Later calls, and exports that are under way, fail
  /// with `book_closed`. Events that are still queued are dropped: Session::events_after() returns
  /// them once the book is open again. Idempotent. A backup_to() that is under way in another
  /// thread keeps the storage, and its file, until it is done.
  void close();

 private:
  explicit Book(std::shared_ptr<detail::Engine> engine);
  std::shared_ptr<detail::Engine> engine_;
};

}  // namespace seatbook

#endif  // SEATBOOK_BOOK_HPP_
