/// The peer: the same rules hand-written on SQLite by a competent developer, in memory or in a
/// file.
///
/// Each statement is prepared once, and each call is one transaction. Queries use a covering index
/// where it helps. Each choice is the fastest of those measured (RESULTS.md):
///
/// - The license's row counts the seats in use. An UPDATE with the capacity in its WHERE increments
///   the counter. Counting the active rows by index gets slower the fuller a license is.
/// - A partial unique index refuses a second active assignment of a person to a license, without a
///   look-up first. It also serves "does P hold L?" and a license's rows.
/// - A person's active rows have a partial index. The history has one index by license and one by
///   person, because the library supports both queries.
/// - In memory, journal_mode = MEMORY, because a refusal after the first write must roll it back.
///   OFF would be faster, but SQLite guarantees nothing after a ROLLBACK or a failed statement
///   then.
/// - In a file, the settings that match the durability of the library's storage: a write-ahead log,
///   synced at every commit, exclusive to one process. The page size and the checkpoint every 1,000
///   pages are SQLite's defaults, as in the library.
/// - No mutex (one thread), and no foreign keys (checking the states also checks that the rows
///   exist).
#ifndef SEATBOOK_BENCHMARKS_PEER_SQLITE_HPP_
#define SEATBOOK_BENCHMARKS_PEER_SQLITE_HPP_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "outcome.hpp"
#include "seatbook/queries.hpp"
#include "sqlite.hpp"
#include "workload.hpp"

namespace seatbook::bench {

class PeerSqlite {
 public:
  static constexpr const char* name = "sqlite";

  /// Opens a database in memory.
  explicit PeerSqlite(const Scale& scale) : PeerSqlite(scale, in_memory, ":memory:") {}
  /// Opens a new file, durable at every commit.
  PeerSqlite(const Scale& scale, const std::string& path) : PeerSqlite(scale, durable, path) {}

 private:
  PeerSqlite(const Scale& scale, const char* settings, const std::string& path)
      : db_(std::string(settings) + schema, path) {
    begin_.run();
    Statement person(db_, "INSERT INTO person (name, email) VALUES (?1, ?2)");
    for (std::uint32_t id = 1; id <= scale.people; ++id) {
      const std::string number = std::to_string(id);
      person.bind(1, "Person " + number).bind(2, "person" + number + "@example.com").run();
    }
    Statement license(db_, "INSERT INTO license (name, total_seats, owner) VALUES (?1, ?2, 1)");
    for (std::uint32_t id = 1; id <= scale.licenses; ++id) {
      license.bind(1, "License " + std::to_string(id)).bind(2, Scale::seats_per_license).run();
    }
    commit_.run();
  }

 public:
  Outcome assign(SeatKey key) {
    Transaction transaction(*this);
    if (const Code code = refusal(key); code != Code::ok) return {code};
    add_.bind(1, key.license).bind(2, key.person).bind(3, ++now_).bind(4, actor);
    if (!add_.run_unless_constrained()) return {Code::already_assigned};
    const auto id = static_cast<std::uint64_t>(sqlite3_last_insert_rowid(db_));
    take_seat_.bind(1, key.license).run();
    if (sqlite3_changes(db_) == 0) return {Code::no_seats_remaining};
    record(HistoryKind::assigned, key, id);
    transaction.commit();
    return {Code::ok, id};
  }

  Outcome revoke(std::uint64_t assignment) {
    Transaction transaction(*this);
    std::optional<SeatKey> held;
    bool active = false;
    {
      auto row = find_.bind(1, assignment).rows();
      if (row.next()) {
        held = SeatKey{row.number(0), row.number(1)};
        active = row.is_null(2);
      }
    }
    if (!held) return {Code::assignment_not_found};
    if (!active) return {Code::already_revoked};
    revoke_.bind(1, assignment).bind(2, ++now_).bind(3, actor).run();
    return_seat_.bind(1, held->license).run();
    record(HistoryKind::revoked, *held, assignment);
    transaction.commit();
    return {Code::ok, assignment};
  }

  [[nodiscard]] bool holds(SeatKey key) {
    return holds_.bind(1, key.license).bind(2, key.person).rows().next();
  }

  [[nodiscard]] std::uint64_t used(std::uint32_t license) {
    auto row = used_.bind(1, license).rows();
    return row.next() ? row.number(0) : 0;
  }

  [[nodiscard]] std::vector<SeatRow> license_seats(std::uint32_t license) {
    std::vector<SeatRow> result;
    for (auto row = license_seats_.bind(1, license).rows(); row.next();) {
      SeatRow& seat = result.emplace_back();
      seat.assignment = AssignmentId(row.number(0));
      seat.person = PersonId(row.number(1));
      seat.name = row.text(2);
      seat.email = row.text(3);
      seat.archived = row.number(4) != 0;
      seat.needs_review = row.number(5) != 0;
      seat.assigned_at = {row.big_number(6)};
      seat.access_level = row.text(7);
      seat.account = row.text(8);
      if (!row.is_null(9)) seat.cost_override = Money{row.big_number(9)};
    }
    return result;
  }

  [[nodiscard]] std::vector<SoftwareRow> person_seats(std::uint32_t person) {
    std::vector<SoftwareRow> result;
    for (auto row = person_seats_.bind(1, person).rows(); row.next();) {
      SoftwareRow& seat = result.emplace_back();
      seat.assignment = AssignmentId(row.number(0));
      seat.license = LicenseId(row.number(1));
      seat.license_name = row.text(2);
      seat.assigned_at = {row.big_number(3)};
      seat.access_level = row.text(4);
      seat.account = row.text(5);
    }
    return result;
  }

  /// Archives a person and flags all their seats, each with a history row, in one transaction.
  void archive_person(std::uint32_t person) {
    Transaction transaction(*this);
    archive_.bind(1, person).run();
    ++now_;
    record(HistoryKind::person_archived, {0, person}, 0);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> held;
    for (auto row = held_.bind(1, person).rows(); row.next();) {
      held.emplace_back(row.number(1), row.number(0));
    }
    for (const auto& [license, assignment] : held) {
      flag_.bind(1, assignment).run();
      record(HistoryKind::flagged, {license, person}, assignment);
    }
    transaction.commit();
  }

  /// Assigns the person each license that allows it, in one transaction. Returns how many.
  std::size_t bulk_assign(std::uint32_t person, const std::vector<std::uint32_t>& licenses) {
    Transaction transaction(*this);
    std::size_t granted = 0;
    ++now_;
    for (const std::uint32_t license : licenses) {
      granted += grant({license, person}) ? 1 : 0;
    }
    transaction.commit();
    return granted;
  }

  /// Assigns a seat to each person for whom it is allowed, in one transaction. Returns how many.
  std::size_t assign_many(std::uint32_t license, const std::vector<std::uint32_t>& people) {
    Transaction transaction(*this);
    std::size_t granted = 0;
    ++now_;
    for (const std::uint32_t person : people) granted += grant({license, person}) ? 1 : 0;
    transaction.commit();
    return granted;
  }

  std::uint32_t add_license(std::uint32_t seats) {
    Statement license(db_,
                      "INSERT INTO license (name, total_seats, owner) VALUES ('Another', ?1, 1)");
    license.bind(1, seats).run();
    return static_cast<std::uint32_t>(sqlite3_last_insert_rowid(db_));
  }

  /// Records last uses in one transaction. The latest time wins.
  void record_uses(const std::vector<std::uint64_t>& assignments, std::int64_t used_at_us) {
    Transaction transaction(*this);
    for (const std::uint64_t assignment : assignments) {
      use_.bind(1, assignment).bind(2, static_cast<std::uint64_t>(used_at_us)).run();
    }
    transaction.commit();
  }

 private:
  static constexpr std::uint64_t actor = 1;

  class Transaction {
   public:
    explicit Transaction(PeerSqlite& peer) : peer_(peer) { peer_.begin_.run(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
      if (!committed_) sqlite3_exec(peer_.db_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    void commit() {
      peer_.commit_.run();
      committed_ = true;
    }

   private:
    PeerSqlite& peer_;
    bool committed_ = false;
  };

  Code refusal(SeatKey key) {
    auto row = states_.bind(1, key.license).bind(2, key.person).rows();
    row.next();
    if (row.is_null(0)) return Code::license_not_found;
    if (row.number(0) != 0) return Code::license_archived;
    if (row.is_null(1)) return Code::person_not_found;
    if (row.number(1) == 1) return Code::person_archived;
    if (row.number(1) == 2) return Code::person_erased;
    return Code::ok;
  }

  /// Assigns one item of a bulk call. A transaction must be open.
  bool grant(SeatKey key) {
    if (refusal(key) != Code::ok || holds(key)) return false;
    take_seat_.bind(1, key.license).run();
    if (sqlite3_changes(db_) == 0) return false;
    add_.bind(1, key.license).bind(2, key.person).bind(3, now_).bind(4, actor).run();
    record(HistoryKind::assigned, key, static_cast<std::uint64_t>(sqlite3_last_insert_rowid(db_)));
    return true;
  }

  void record(HistoryKind kind, SeatKey key, std::uint64_t assignment) {
    record_.bind(1, now_)
        .bind(2, actor)
        .bind(3, static_cast<std::uint64_t>(kind))
        .bind(4, key.license)
        .bind(5, key.person)
        .bind(6, assignment)
        .run();
  }

  static constexpr const char* in_memory = R"(
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = MEMORY;
    PRAGMA synchronous = OFF;
  )";
  static constexpr const char* durable = R"(
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
  )";
  static constexpr const char* schema = R"(
    PRAGMA secure_delete = OFF;
    PRAGMA temp_store = MEMORY;
    CREATE TABLE person (
      id INTEGER PRIMARY KEY, state INTEGER NOT NULL DEFAULT 0,
      name TEXT NOT NULL, email TEXT UNIQUE, host_key TEXT UNIQUE);
    CREATE TABLE license (
      id INTEGER PRIMARY KEY, state INTEGER NOT NULL DEFAULT 0, used INTEGER NOT NULL DEFAULT 0,
      total_seats INTEGER, policy INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL,
      owner INTEGER NOT NULL, host_key TEXT UNIQUE);
    CREATE TABLE assignment (
      id INTEGER PRIMARY KEY, license INTEGER NOT NULL, person INTEGER NOT NULL,
      assigned_at INTEGER NOT NULL, assigned_by INTEGER NOT NULL,
      revoked_at INTEGER, revoked_by INTEGER,
      revision INTEGER NOT NULL DEFAULT 1, needs_review INTEGER NOT NULL DEFAULT 0,
      cost_override INTEGER, last_used INTEGER, access_level TEXT, account TEXT, notes TEXT, revoke_reason TEXT);
    CREATE UNIQUE INDEX active_by_license ON assignment (license, person) WHERE revoked_at IS NULL;
    CREATE INDEX active_by_person ON assignment (person) WHERE revoked_at IS NULL;
    CREATE TABLE history (
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER NOT NULL, kind INTEGER NOT NULL,
      license INTEGER, person INTEGER, assignment INTEGER, reason TEXT);
    CREATE INDEX history_by_license ON history (license);
    CREATE INDEX history_by_person ON history (person);
  )";

  Database db_;
  std::uint64_t now_ = 0;
  Statement begin_{db_, "BEGIN"};
  Statement commit_{db_, "COMMIT"};
  Statement states_{db_,
                    "SELECT (SELECT state FROM license WHERE id = ?1),"
                    " (SELECT state FROM person WHERE id = ?2)"};
  Statement add_{db_,
                 "INSERT INTO assignment (license, person, assigned_at, assigned_by)"
                 " VALUES (?1, ?2, ?3, ?4)"};
  Statement take_seat_{db_,
                       "UPDATE license SET used = used + 1 WHERE id = ?1"
                       " AND (used < total_seats OR total_seats IS NULL OR policy = 1)"};
  Statement find_{db_, "SELECT license, person, revoked_at FROM assignment WHERE id = ?1"};
  Statement revoke_{db_,
                    "UPDATE assignment SET revoked_at = ?2, revoked_by = ?3, needs_review = 0,"
                    " revision = revision + 1 WHERE id = ?1"};
  Statement archive_{db_, "UPDATE person SET state = 1 WHERE id = ?1"};
  Statement held_{db_,
                  "SELECT id, license FROM assignment WHERE person = ?1 AND revoked_at IS NULL"};
  Statement flag_{db_, "UPDATE assignment SET needs_review = 1 WHERE id = ?1"};
  Statement use_{db_,
                 "UPDATE assignment SET last_used = ?2 WHERE id = ?1 AND revoked_at IS NULL"
                 " AND assigned_at <= ?2 AND (last_used IS NULL OR last_used < ?2)"};
  Statement return_seat_{db_, "UPDATE license SET used = used - 1 WHERE id = ?1"};
  Statement record_{db_,
                    "INSERT INTO history (at, actor, kind, license, person, assignment)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
  Statement holds_{db_,
                   "SELECT id FROM assignment WHERE license = ?1 AND person = ?2"
                   " AND revoked_at IS NULL"};
  Statement used_{db_, "SELECT used, total_seats, policy, state FROM license WHERE id = ?1"};
  Statement license_seats_{
      db_,
      "SELECT a.id, a.person, p.name, p.email, p.state, a.needs_review, a.assigned_at,"
      " a.access_level, a.account, a.cost_override FROM assignment a JOIN person p"
      " ON p.id = a.person WHERE a.license = ?1 AND a.revoked_at IS NULL ORDER BY a.id"};
  Statement person_seats_{db_,
                          "SELECT a.id, a.license, l.name, a.assigned_at, a.access_level, a.account"
                          " FROM assignment a JOIN license l ON l.id = a.license"
                          " WHERE a.person = ?1 AND a.revoked_at IS NULL ORDER BY a.id"};
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_PEER_SQLITE_HPP_
