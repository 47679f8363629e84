/// Books in PostgreSQL, shared by many processes and machines. A separate component: link
/// seatbook::postgres.
///
/// One database can contain any number of books, distinguished by name. The database has the same
/// typed tables as a SQLite file, in a separate schema, with the book's id in front of every key.
/// Each process opens the book for itself, keeps all its records in memory, and runs queries there.
/// A command takes the lock on the book's row, reads what others have committed since, decides, and
/// commits: two round trips, also if others have written a little. Queries do not contact the
/// server; docs/guides/postgres.md describes how old their results can be (Book::refresh(),
/// Session::at_least()).
///
/// Two processes never both get the last seat. This does not depend on the lock: a commit compares
/// the version on which it was decided with the stored version, and has no effect if they differ.
///
/// Times are the server's (C52), independent of the clocks of the machines, unless the host gives
/// the book a clock (OpenOptions::clock).
///
/// The books of a process share a few connections (Options::connections), which are closed with the
/// last of the books. The environment variables of libpq are read when a connection is made. A
/// connection pool in front of the server must reserve a connection for one client until the client
/// closes it (PgBouncer: `pool_mode = session`).
#ifndef SEATBOOK_POSTGRES_HPP_
#define SEATBOOK_POSTGRES_HPP_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "seatbook/book.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::postgres {

/// The format of the tables that this library reads and writes. migrate() changes older ones.
inline constexpr std::uint32_t schema_format = 2;

/// All times are in milliseconds, 1 to 3,600,000. Together they bound every wait except one:
/// resolving a host name takes as long as the system's resolver does.
struct Options {
  /// The name of the book: 1 to 191 code points.
  std::string book = "main";
  /// Fail if there is no book of this name, instead of creating one.
  bool must_exist = false;
  /// Write nothing; implies OpenOptions::read_only. Needs only the SELECT privilege.
  bool read_only = false;
  /// The schema of the tables: 1 to 63 characters a to z, 0 to 9 and _, not starting with a digit.
  std::string schema = "seatbook";

  /// The time limit for making a connection, for each host of the URL.
  std::uint32_t connect_timeout_ms = 5'000;
  /// How long a command waits for other writers. Should exceed idle_transaction_timeout_ms, so that
  /// an unresponsive writer is ended first.
  std::uint32_t lock_timeout_ms = 10'000;
  /// The time limit of one statement, including that wait. Reading a whole book may take longer,
  /// but not without receiving data: two seconds after this limit a silent connection is closed.
  std::uint32_t statement_timeout_ms = 30'000;
  /// After this time the server ends a writer that holds the lock and sends nothing (its process
  /// was stopped, or its machine failed), so that others can continue. Servers before PostgreSQL 17
  /// do not notice a process that is stopped while it sends a large batch. A command whose decision
  /// takes longer than this time loses the lock. It is still committed if no other process has
  /// written since. Otherwise it is decided again, at most twice, and then fails with
  /// `storage_failed`.
  std::uint32_t idle_transaction_timeout_ms = 4'000;
  /// After this time without a response from the server's machine a connection is closed.
  std::uint32_t tcp_timeout_ms = 10'000;
  /// How long a call retries, with growing pauses, after a lost connection, a deadlock, or while
  /// the server starts. If the response to a commit was lost, its outcome is queried for at most
  /// twice as long. A change is sent at most three times if the connection is lost each time; then
  /// the call fails with `storage_failed`. Opening, create_schema(), migrate() and drop_book() try
  /// once.
  std::uint32_t retry_for_ms = 15'000;

  /// How many connections this process makes at most, 1 to 1,000, for all books that it opens with
  /// the same URL and the same options except `book`, `must_exist` and `retry_for_ms`. A command
  /// uses one from taking the lock to releasing it, and a read for as long as it lasts; then it is
  /// kept for the next one. If all are in use, a call waits in turn for `lock_timeout_ms` at most,
  /// then fails with `storage_failed`. One more is made for syncs under a lock, if they are needed.
  std::uint32_t connections = 8;
};

/// Creates the tables that are missing. Any number of processes can call it concurrently. Needs the
/// right to create a schema in the database, or tables in `options.schema` if it exists. Uses only
/// `schema` and the times of the options.
///
/// Errors, in the order checked: unsupported_storage (libpq cannot be loaded), invalid_argument
/// (field `url`, or the option's name), storage_failed, unsupported_storage (the server loses
/// acknowledged changes, see open_storage()), needs_migration (the tables have format 1:
/// migrate()), format_too_new, not_a_book (tables of these names that are not Seatbook's).
[[nodiscard]] Result<void> create_schema(const std::string& url, const Options& options = {});

/// Migrates tables of format 1, which version 0.1 created, to format 2: all books of the schema, in
/// one transaction. Records, versions, history and request ids stay the same, and are not checked:
/// opening a book checks them. Does nothing if the tables have format 2. Any number of processes
/// can call it concurrently. Needs the role that owns the tables. Uses only `schema` and the times
/// of the options.
///
/// Waits up to `lock_timeout_ms` for running transactions, then fails and changes nothing.
/// Processes of version 0.1 that have a book open cannot use it afterwards: their calls fail with
/// `storage_failed`. To go back, restore a backup made before the migration. If the connection is
/// lost, the tables have format 1 or format 2: call it again.
///
/// Errors, in the order checked: unsupported_storage (libpq cannot be loaded), invalid_argument
/// (field `url`, or the option's name), storage_failed, unsupported_storage (the server loses
/// acknowledged changes, see open_storage()), not_a_book (the tables are missing), format_too_new,
/// storage_failed (not the owner; locks; a lost connection).
[[nodiscard]] Result<void> migrate(const std::string& url, const Options& options = {});

/// Deletes the book `options.book` permanently: all its rows, in one transaction. `confirm` must be
/// the same name, so that a call without the option does not delete the book "main". The tables and
/// the other books stay. A book that is created later with this name gets another id. Needs the
/// SELECT, UPDATE and DELETE privileges on all tables of the schema. Uses only `book`, `schema` and
/// the times of the options.
///
/// Waits up to `lock_timeout_ms` for a running command of another process, then fails and changes
/// nothing. `statement_timeout_ms` limits the deletion from each table. Commands of other processes
/// on this book wait until the call has ended. A process that has the book open cannot write any
/// more, not even to a new book of this name: its next command or refresh() fails with
/// book_needs_reopen, and then every call, including queries.
///
/// Errors, in the order checked: invalid_argument (field `confirm`, or `read_only`, which must not
/// be set), unsupported_storage (libpq cannot be loaded), invalid_argument (field `url`, or the
/// option's name), storage_failed, unsupported_storage (the server loses acknowledged changes, see
/// open_storage()), not_a_book (the tables are missing), needs_migration, format_too_new,
/// storage_failed (locks), invalid_argument (field `book`: there is no book of that name),
/// storage_failed (no permission, a time limit; nothing was deleted), storage_unknown (the
/// connection was lost during the commit: call it again; if the book was deleted, that fails with
/// field `book`).
[[nodiscard]] Result<void> drop_book(const std::string& url, const std::string& confirm,
                                     const Options& options = {});

/// Opens only the storage, to share it between several books of a process, or to wrap it.
///
/// `url` is a connection URI (`postgresql://user@host:5432/database?sslmode=verify-full`), or
/// keywords and values as libpq reads them. Keep passwords in a password file or the environment;
/// no error message contains them. The storage can be used by any number of books and threads, and
/// reconnects after losing a connection.
///
/// A batch is durable when append() returns. `synchronous_commit = off`, whether set for the role,
/// the database or the server, is raised to `on` in this storage's sessions; every other value is
/// kept. A server with `fsync = off` is refused, unless `read_only` is set or the setting
/// `seatbook.allow_fsync_off` is on (for tests: in the server's configuration, for a role or a
/// database, or as `options=-c seatbook.allow_fsync_off=on` in the URL). If the response to a
/// commit is lost, the storage first makes sure that the commit can no longer happen, then looks
/// for its token on a new connection. The batch is `storage_unknown` only if the server does not
/// respond within `retry_for_ms`.
///
/// Errors, in the order checked: unsupported_storage (libpq 14 or newer cannot be loaded; only in
/// libseatbook.so and the Python package, which load it on demand), invalid_argument (field `url`,
/// or the option's name), storage_failed (no connection, no permission), unsupported_storage
/// (`fsync = off`; a pool that changes connections between transactions, such as PgBouncer with
/// `pool_mode = transaction` or `statement`), not_a_book (the tables are missing: create_schema()),
/// needs_migration (the tables have format 1, also with read_only: migrate()), format_too_new,
/// invalid_argument (field `book`: there is no book of that name, with must_exist or read_only),
/// storage_failed.
[[nodiscard]] Result<std::shared_ptr<Storage>> open_storage(const std::string& url,
                                                            const Options& options = {});

/// Opens the book of that name, or creates it. The tables must exist (create_schema()).
///
/// Reads all records of the book: O(everything). Errors: as open_storage(), then as Book::open().
[[nodiscard]] inline Result<Book> open(const std::string& url, const Options& options = {},
                                       OpenOptions book = {}) {
  auto storage = open_storage(url, options);
  if (!storage) return std::move(storage).error();
  if (options.read_only) book.read_only = true;
  return Book::open(*std::move(storage), std::move(book));
}

}  // namespace seatbook::postgres

#endif  // SEATBOOK_POSTGRES_HPP_
