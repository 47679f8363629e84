/// Book, the object that a host opens, and Session, a book as used by one actor.
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
#include "seatbook/stats.hpp"
#include "seatbook/storage.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

namespace detail {
class Engine;
struct SessionState;

/// Returns the part of a closed book that a moved-from session refers to.
template <class Part>
Part* closed();
template <>
Engine* closed<Engine>();
template <>
SessionState* closed<SessionState>();

/// A shared pointer that is never null: after a move it points to the part of a closed book.
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
  /// None: the storage's clock if it has one (Storage::clock()), else the machine's clock.
  std::shared_ptr<Clock> clock = {};
  /// Permits writes although the clock is more than 10 minutes behind the newest history row, for
  /// example because the clock was ahead before (C52). History stays in order. The clock is
  /// compared with history rows only, not with last-used dates.
  bool allow_clock_behind = false;
  /// Every command fails with `book_read_only`.
  bool read_only = false;
  /// Called with each exception of a listener. No lock is held. The callback is destroyed when the
  /// book is closed.
  ListenerErrorCallback on_listener_error = {};
  /// Called with each entry of the log of the book, see LogCallback. None: nothing is logged.
  LogCallback on_log = {};
};

/// A book as used by one actor. Every call is checked against the actor's permissions (C43).
///
/// Sessions are cheap to create and copy, and safe to use from any thread. A session stays valid
/// when the Book object is moved or destroyed. Every call fails with `book_closed` once the book is
/// closed, by Book::close() or by its destructor, and on a moved-from session.
///
/// Commands are described at their structs in commands.hpp, rows and filters in queries.hpp. Every
/// query can fail with invalid_argument, invalid_text, book_closed, book_needs_reopen, book_forked,
/// permission_denied, out_of_memory and internal; its comment lists any other errors. Queries see
/// committed states only. They never wait for storage, unless the session requests a version
/// (at_least).
///
/// No query holds the book's lock for longer than 10 ms at 1,000,000 assignments (C69). Longer
/// queries run in slices and release the lock in between. A result that fits into one slice (about
/// 4,000 rows examined, or 500 rows returned) is of one version. A longer result can reflect
/// several versions. A row whose sort key does not change is returned exactly once, and a record is
/// counted in its state when the query reaches it. Every slice checks the permission and the state
/// of the book: close() ends a running query with book_closed.
class Session {
 public:
  // Commands and imports: one method for each request of commands.hpp, imports.hpp and
  // inventory.hpp, where the comments are, such as
  //     Result<SeatReceipt> assign(const Assign& command);
  //     Result<RosterReport> import_roster(const ImportRoster& command);
#define SEATBOOK_COMMAND(name, Request, Receipt, permission) \
  Result<Receipt> name(const Request& command);
#define SEATBOOK_IMPORT(name, Request, Report, permission) \
  Result<Report> name(const Request& command);
#include "seatbook/operations.def"

  /// Returns whether the actor may use the operation at all, to hide or disable a button (B35, C43,
  /// C68). Returns false if why_not() returns any error. If only `view_own` permits the operation,
  /// a call about another person still fails. To check whether a license has room, use usage().
  [[nodiscard]] bool can(Operation operation) const;
  /// Returns why can() is false; none if it is true (C68).
  /// Errors: invalid_argument (unknown operation, or a malformed actor), book_closed,
  /// book_needs_reopen, book_behind, book_forked, permission_denied.
  [[nodiscard]] std::optional<Error> why_not(Operation operation) const;

  /// Returns a session for the same actor whose queries observe at least `version`, such as the one
  /// in the result of a command. If this book is older, a query first refreshes from the storage.
  /// It does not wait for the version to be committed: if the storage has not reached it, the query
  /// fails with `book_behind`.
  [[nodiscard]] Session at_least(Version version) const;

  /// Returns a page of the people, ordered by id: archived and erased ones too, unless `state` is
  /// set. Needs `view`. O(rows examined).
  [[nodiscard]] Result<std::vector<Person>> people(const PeopleQuery& query = {}) const;
  /// Returns a page of the licenses, ordered by id: archived ones too, unless `state` is set. Needs
  /// `view`. O(rows examined).
  [[nodiscard]] Result<std::vector<License>> licenses(const LicensesQuery& query = {}) const;

  /// Returns a person. Needs `view`.
  /// Errors: person_not_found.
  [[nodiscard]] Result<Person> get_person(PersonId person) const;
  /// Returns a license. Needs `view`.
  /// Errors: license_not_found.
  [[nodiscard]] Result<License> get_license(LicenseId license) const;
  /// Returns an assignment, active or revoked. Needs `view`.
  /// Errors: assignment_not_found.
  [[nodiscard]] Result<Assignment> get_assignment(AssignmentId assignment) const;
  /// Returns the actor of an actor id in history. Needs `view`.
  /// Errors: actor_not_found.
  [[nodiscard]] Result<ActorRecord> get_actor(ActorId actor) const;

  /// Returns the person with that email or host key, archived people included. Exactly one of the
  /// two must be given. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<PersonId>> find_person(const PersonLookup& lookup) const;
  /// Returns the license with that host key, archived licenses included. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<LicenseId>> find_license(const LicenseLookup& lookup) const;

  /// Returns the id of an actor that has written to the book: of a service by `actor`, or of a
  /// person. Exactly one of the two must be given. Needs `view`. O(1).
  [[nodiscard]] Result<std::optional<ActorId>> find_actor(const ActorLookup& lookup) const;

  /// Returns the active assignment of the person to the license, if any: "does P hold L?". Needs
  /// `view`, or `view_own` if the person is the actor. O(1).
  [[nodiscard]] Result<std::optional<AssignmentId>> find_seat(LicenseId license,
                                                              PersonId person) const;

  /// Returns when the seat was last used, if ever (A46). Needs `view`. O(1).
  /// Errors: assignment_not_found.
  [[nodiscard]] Result<std::optional<Timestamp>> last_use(AssignmentId assignment) const;

  /// Returns the seats in use and the capacity of the license. Needs `view`. O(1).
  /// Errors: license_not_found.
  [[nodiscard]] Result<Usage> usage(LicenseId license) const;

  /// Returns the license's active assignments, oldest first (A21). Needs `view`. O(rows).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::vector<SeatRow>> license_seats(LicenseId license) const;

  /// Returns a page of the full seat list of a license, a person or the book, filtered and sorted
  /// (A22, A23, A27, A29). Needs `view`. Cost: see SeatListQuery.
  /// Errors: license_not_found, person_not_found.
  [[nodiscard]] Result<SeatListPage> seat_list(const SeatListQuery& query) const;
  /// Returns the header figures of a seat list. Its filters do not affect them (A22). Needs `view`.
  /// O(active seats of the license or the person; all assignments of the book).
  /// Errors: as seat_list.
  [[nodiscard]] Result<SeatFigures> seat_figures(const SeatFiguresQuery& query) const;

  /// Returns everyone who holds or held a seat of the license (B10). Needs `view`. O(rows).
  /// Errors: license_not_found.
  [[nodiscard]] Result<RosterPage> roster(const RosterQuery& query) const;

  /// Streams a CSV file into `sink`, which is called without a lock (A28, B33, C35 to C38). The set
  /// and order of rows are fixed up front, in slices. Row contents are read in batches of 1,000
  /// under a short lock and reflect the state at that moment (C69). Extra memory: 8 bytes per row
  /// (about 64 for a seat list), plus one page. Needs `view` and `export`.
  /// Errors: invalid_argument (no sink, an offset of more than a day, or any error of the list),
  /// license_not_found, person_not_found, actor_not_found, invalid_date, date_out_of_range
  /// (history: since, until), cancelled (the sink returned false; data that it accepted before is
  /// not undone).
  Result<ExportReport> export_seat_list(const ExportSeatList& request, const CsvSink& sink) const;
  Result<ExportReport> export_roster(const ExportRoster& request, const CsvSink& sink) const;
  Result<ExportReport> export_history(const ExportHistory& request, const CsvSink& sink) const;

  /// Returns the licenses of which the person holds a seat, oldest grant first (A15). Needs `view`,
  /// or `view_own` if the person is the actor. O(rows).
  /// Errors: person_not_found.
  [[nodiscard]] Result<std::vector<SoftwareRow>> my_software(PersonId person) const;

  /// Lists the people who can be assigned a seat, ordered by case-folded name, then id. Needs
  /// `view`. O(people).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::vector<AssignablePerson>> assignable_people(
      const AssignableQuery& query) const;

  /// Returns the seats of a license or the book that are flagged for review, longest waiting first:
  /// ordered by the history rows that flagged them (B29). Needs `view`. O(rows, and the history of
  /// their holders since they were flagged).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::vector<ReviewRow>> needs_review(
      std::optional<LicenseId> license = {}) const;
  /// Returns the number of seats of a license or the book that are flagged for review. Needs
  /// `view`. O(log of all flagged seats).
  /// Errors: license_not_found.
  [[nodiscard]] Result<std::uint64_t> needs_review_count(
      std::optional<LicenseId> license = {}) const;

  /// Returns the active licenses whose owner or backup owner is archived (B9, C22). Needs `view`.
  /// O(licenses).
  [[nodiscard]] Result<std::vector<ArchivedOwnerRow>> archived_owners() const;

  /// Returns the approver and the renewal recipients of a license (B5). Needs `view`.
  /// Errors: license_not_found.
  [[nodiscard]] Result<LicenseContacts> license_contacts(LicenseId license) const;

  /// Returns the rows of the audit trail that match all filters. Needs `view`, or `view_own` if
  /// `person` is the actor and neither a license nor an actor is given. O(rows of the license, else
  /// of the person, else of the actor; if none is given, of the book).
  /// Errors: license_not_found, person_not_found, actor_not_found, invalid_date, date_out_of_range
  /// (since, until).
  [[nodiscard]] Result<std::vector<HistoryEntry>> history(const HistoryQuery& query) const;

  /// Returns the events of history rows after `after`, oldest first, from every process that shares
  /// the storage. Use it to build a dispatcher that loses no event (C41). Needs `view`. `limit` is
  /// 1 to 100,000 events; one call examines up to 100,000 rows.
  [[nodiscard]] Result<EventPage> events_after(Seq after,
                                               std::uint32_t limit = default_page_limit) const;

  /// Returns notifications, in the same way as events_after. A page ends at the end of a batch, so
  /// it can be longer than `limit`.
  [[nodiscard]] Result<NotificationPage> notifications_after(
      Seq after, std::uint32_t limit = default_page_limit) const;

  /// Returns how full licenses are and what they cost a month (B11, C53): one row for each license
  /// in the order of ids, one for each product group in byte order (licenses without a group are
  /// the group ""), or one row for the book. Needs `view`. O(licenses of the book, active seats of
  /// the selected ones).
  /// Errors: invalid_argument (by; at_most_percent below at_least_percent), invalid_text
  /// (product_group), license_not_found.
  [[nodiscard]] Result<std::vector<UtilizationRow>> utilization(
      const UtilizationQuery& query = {}) const;

  /// Returns a page of the inactive seats (A25, A26, C8, C9) of one license or of all, with the
  /// monthly saving of freeing each. Ordered by currency, then by saving, largest first, then by
  /// id; seats without a price come last. Needs `view`. O(active seats of the license or of the
  /// book) for every page. Errors: invalid_argument (inactive_days, new_seat_grace_days, limit),
  /// license_not_found, assignment_not_found (after).
  [[nodiscard]] Result<ReclaimPage> reclaim_candidates(const ReclaimQuery& query = {}) const;

  /// Returns the renewals that are due up to and including a day, overdue ones included, ordered by
  /// date, then license. Archived licenses have none. Needs `view`. O(licenses, active seats of
  /// those that are due).
  /// Errors: invalid_argument (inactive_days, new_seat_grace_days), invalid_date, date_out_of_range
  /// (until).
  [[nodiscard]] Result<std::vector<RenewalRow>> renewals_due(const RenewalsQuery& query) const;

  /// Returns who held a seat of the license at that instant, in the order of the grants (C52).
  /// Needs `view`. O(history of the license).
  /// Errors: license_not_found, invalid_date, date_out_of_range.
  [[nodiscard]] Result<std::vector<HolderRow>> holders_at(LicenseId license, Timestamp at) const;

  /// Returns the seats in use over time, as steps (C52). Needs `view`. O(history of the license, or
  /// of the book, up to the end of the page).
  /// Errors: invalid_argument (since is after until; limit), license_not_found, invalid_date,
  /// date_out_of_range.
  [[nodiscard]] Result<UsageOverTime> usage_over_time(const UsageOverTimeQuery& query = {}) const;

  /// Returns the earliest step with the most seats in use; its `at` is not before `since`. For a
  /// license that enforces its total the peak never exceeds the total in force (A3, C12, C52).
  /// Needs `view`. O(history of the license, or of the book, before `until`).
  /// Errors: as usage_over_time.
  [[nodiscard]] Result<UsageStep> peak_usage(const UsageRange& range = {}) const;

  /// Returns how long people who left kept their seats: from the archiving that flagged a seat to
  /// its release (B28, B31), in the order of the flags. Needs `view`. O(history of the book from
  /// `since` on) for every page.
  /// Errors: invalid_argument (since is after until; limit), license_not_found, invalid_date,
  /// date_out_of_range.
  [[nodiscard]] Result<OffboardingTimes> offboarding_times(
      const OffboardingQuery& query = {}) const;

 private:
  friend class Book;
  Session(detail::OrClosed<detail::Engine> engine, detail::OrClosed<detail::SessionState> state);
  detail::OrClosed<detail::Engine> engine_;
  detail::OrClosed<detail::SessionState> state_;
};

/// The complete set of records of one workspace.
///
/// A moved-from book can only be destroyed or assigned to. All members are safe to call from any
/// thread. Commands are executed one after the other, with a storage in the order of their calls.
/// Those that change a single seat and wait for each other are written with one sync, if the
/// storage takes groups (storage.hpp). Readers run concurrently and never wait for storage. When a
/// change enters memory, its writer waits for the readers that are running; readers that start
/// later wait for that writer.
///
/// A callback of the book's storage or clock must not use the book, or another book on the same
/// storage: commands, queries, refresh() and backup_to() fail with invalid_argument. close() and
/// the destructor take effect when the current call ends.
class Book {
 public:
  /// Opens a book in memory only. Nothing is stored beyond the life of the book.
  [[nodiscard]] static Result<Book> open(OpenOptions options = {});
  /// Opens a book on a storage and reads all its records.
  /// Errors: invalid_argument (no storage), storage_failed, storage_corrupt (records contradict
  /// each other or break the rules: the message names up to 100 violations, separated by "; "),
  /// book_needs_reopen (this storage object was used when its server was restored to an older
  /// state: open a new one), out_of_memory.
  [[nodiscard]] static Result<Book> open(std::shared_ptr<Storage> storage,
                                         OpenOptions options = {});

  Book(Book&&) noexcept;
  Book& operator=(Book&&) noexcept;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  /// Closes the book.
  ~Book();

  /// Returns the book as used by `actor`. Never fails: if the actor is malformed (no name and no
  /// person, both, or a name that is too long), every call of the session fails with
  /// invalid_argument.
  [[nodiscard]] Session session(Actor actor) const;

  /// Returns the number of committed batches, as far as this object has seen.
  [[nodiscard]] Version version() const;

  /// Applies what others have committed to a shared storage, and resolves an earlier
  /// storage_unknown.
  /// Errors: book_closed, book_needs_reopen, storage_failed, storage_unknown, storage_corrupt.
  Result<Version> refresh();

  /// Calls `listener` with the events of every later commit of this book (see Listener, C70). If
  /// the book is closed, discards the listener and returns the id 0.
  ListenerId subscribe(Listener listener);
  /// Calls `listener` with the notifications of every later commit. The notifications of a batch
  /// are delivered after its events. Otherwise like subscribe.
  ListenerId subscribe_notifications(NotificationListener listener);
  /// Ends a subscription. The listener receives no further event after this call, except one that
  /// another thread is delivering at the moment.
  void unsubscribe(ListenerId listener);
  /// Returns how many times a listener has thrown.
  [[nodiscard]] std::uint64_t listener_failures() const;
  /// Returns how many events were not queued for listeners, because max_queued_events others were
  /// waiting or memory ran out (C70). Their notifications were dropped with them.
  /// Session::events_after() returns all of them.
  [[nodiscard]] std::uint64_t dropped_events() const;

  /// Returns the whole book as canonical JSON, of one version: equal records give equal bytes,
  /// whichever calls created them. For tests, support and comparison; O(everything). The records
  /// are copied in slices of the lock. If a commit comes between two slices, the copy starts again.
  /// The fourth attempt blocks commands during the copy (about 0.3 s at 1,000,000 assignments) but
  /// not queries. The text is made without the lock (C69).
  [[nodiscard]] Result<std::string> dump() const;

  /// Checks all rules: seat counts against assignments, uniqueness, links and indexes, the order of
  /// history, and that history yields the present state. Returns one line for each violation; an
  /// empty list means that the book is sound. For tests and support; O(everything). One version is
  /// checked, in slices of the lock. If a commit comes between two slices, the check starts again.
  /// The fourth attempt blocks commands until the check ends (1 to 2 s at 1,000,000 assignments)
  /// but not queries (C69).
  [[nodiscard]] Result<std::vector<std::string>> check_invariants() const;

  /// Returns what this object has done since it was opened and how long its storage took. Never
  /// waits for storage. O(1).
  /// Errors: book_forked, invalid_argument (called by the book's storage or clock), book_closed,
  /// book_needs_reopen.
  [[nodiscard]] Result<BookStats> stats() const;

  /// Writes a copy of the stored records to a new file at `path` while the book is in use. The copy
  /// contains one committed version and everything before it. The header of the storage
  /// (sqlite.hpp) says what it can copy and how long that takes.
  /// Errors: book_forked, book_closed, unsupported_storage (a storage that does not support copies,
  /// or none), invalid_argument (field `path`: the file exists, or no such folder), storage_failed
  /// (no copy was made; a partial file may remain under another name).
  [[nodiscard]] Result<void> backup_to(const std::string& path) const;

  /// Returns whether close() was called.
  [[nodiscard]] bool closed() const noexcept;

  /// Closes the book: frees its records in memory, even while sessions exist, and releases the
  /// storage, the clock, the listeners and the error callback, which are destroyed without a lock.
  /// Waits for the commands that are being executed. Commands that wait for them, exports that are
  /// running, and later calls fail with `book_closed`. Queued events are dropped:
  /// Session::events_after() returns them once the book is open again. Idempotent. A backup_to()
  /// that is running in another thread keeps the storage and its file until it ends.
  void close();

 private:
  explicit Book(std::shared_ptr<detail::Engine> engine);
  std::shared_ptr<detail::Engine> engine_;
};

}  // namespace seatbook

#endif  // SEATBOOK_BOOK_HPP_
