/// Books that many processes and machines share: PostgreSQL. A component of its own: link
/// seatbook::postgres.
///
/// One database holds any number of books, told apart by name; the same typed tables as in a SQLite
/// file, in a schema of their own, with the book's id before every key. Each process opens the book
/// for itself, keeps all its records in its own memory, and answers questions from there. A command
/// first takes the lock on the book's row, takes in what others have committed meanwhile, decides,
/// and commits: two round trips where nobody else has written since. Questions do not ask the
/// server; how old their answers may be is told in docs/guides/postgres.md (Book::refresh(),
/// Session::at_least()).
///
/// Two processes never both get the last seat. That does not rest on the lock: a commit compares
/// the version it was decided on with the one that is stored, and is nothing if they differ.
///
/// Times are the server's (C52), whatever the clocks of the machines say, unless the host gives the
/// book a clock of its own (OpenOptions::clock).
///
/// One connection a storage, for as long as it is open. A pool between must leave a connection to
/// one client until that closes it (PgBouncer: `pool_mode = session`).
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

/// The newest format of tables that this library writes and reads.
inline constexpr std::uint32_t schema_format = 1;

/// All times are in milliseconds, 1 to 3,600,000. Together they bound every wait but one: looking
/// up the name of a host, which takes as long as the system's resolver does.
struct Options {
  /// Which book of the database: 1 to 191 code points.
  std::string book = "main";
  /// Refuse a name that no book has, instead of making a new book.
  bool must_exist = false;
  /// Write nothing; OpenOptions::read_only follows. Needs the right to SELECT and no other.
  bool read_only = false;
  /// The schema that the tables are in: 1 to 63 of a to z, 0 to 9 and _, not a digit first.
  std::string schema = "seatbook";

  /// How long making a connection may take, for each host of the URL.
  std::uint32_t connect_timeout_ms = 5'000;
  /// How long a command may wait for other writers. Longer than idle_transaction_timeout_ms, so
  /// that a writer that stands still is put aside first.
  std::uint32_t lock_timeout_ms = 10'000;
  /// How long one statement may run, that wait included. Reading a whole book may take longer, but
  /// not be silent for longer: two seconds after it a connection without an answer is given up.
  std::uint32_t statement_timeout_ms = 30'000;
  /// After how long the server ends a writer that holds the lock and says nothing (its process was
  /// stopped, or its machine is gone), so that the others go on. A process that is stopped in the
  /// middle of sending a large batch is not noticed by servers before PostgreSQL 17. A decision
  /// that takes longer loses the lock. It is committed all the same if no other process has written
  /// meanwhile; otherwise it is made again, twice at most, and then fails with `storage_failed`.
  std::uint32_t idle_transaction_timeout_ms = 4'000;
  /// After how long without an answer from the server's machine a connection is given up.
  std::uint32_t tcp_timeout_ms = 10'000;
  /// For how long a call tries again after a lost connection, a server that is starting, or a
  /// deadlock, with growing pauses. What became of a change whose answer was lost is asked for
  /// twice as long, at the most. A change is sent three times at most if the connection is lost
  /// with it each time; then the call fails with `storage_failed`. Opening and create_schema() try
  /// once.
  std::uint32_t retry_for_ms = 15'000;
};

/// Makes the tables, where they are missing; any number of processes may do so at once. Needs the
/// right to create a schema in the database, or tables in `options.schema` where that exists. Of
/// the options only `schema` and the times count.
///
/// Errors, in the order checked: unsupported_storage (libpq cannot be loaded), invalid_argument
/// (field `url`, or the option's name), storage_failed, unsupported_storage (the server loses
/// acknowledged changes, see open_storage()), format_too_new, not_a_book (tables of these names
/// that are not Seatbook's).
[[nodiscard]] Result<void> create_schema(const std::string& url, const Options& options = {});

/// The storage alone, for several books of one process on one connection, or to wrap it.
///
/// `url` is a connection URI (`postgresql://user@host:5432/database?sslmode=verify-full`), or
/// keywords and values as libpq reads them; passwords are better left to a password file or the
/// environment, and are in no error message. The storage may be used by any number of books and
/// threads; it connects again by itself where it has lost the connection.
///
/// A batch is durable when append() returns. `synchronous_commit = off`, whether set for the role,
/// the database or the server, is raised to `on` in this storage's sessions; every other value is
/// kept. A server with `fsync = off` is refused, unless `read_only` is set or the setting
/// `seatbook.allow_fsync_off` is on (for tests: in the server's configuration, for a role or a
/// database, or as `options=-c seatbook.allow_fsync_off=on` in the URL). A commit whose answer was
/// lost is looked for by its token on a new connection, after it was made impossible for it to land
/// any more; only where the server does not answer within `retry_for_ms` the batch is
/// `storage_unknown`.
///
/// Errors, in the order checked: unsupported_storage (libpq 14 or newer cannot be loaded; only in
/// libseatbook.so and the Python package, which load it when it is needed), invalid_argument (field
/// `url`, or the option's name), storage_failed (no connection, no right), unsupported_storage
/// (`fsync = off`; a pool that changes connections between transactions, such as PgBouncer with
/// `pool_mode = transaction` or `statement`), not_a_book (the tables are not there:
/// create_schema()), format_too_new, invalid_argument (field `book`: there is none of that name,
/// with must_exist or read_only), storage_failed.
[[nodiscard]] Result<std::shared_ptr<Storage>> open_storage(const std::string& url,
                                                            const Options& options = {});

/// The book of that name; a new one where there is none. The tables must be there
/// (create_schema()).
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
