// Tests what the tables of format 2 contain, and which of them are read and written.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "storage/contract.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

class PostgresFormat : public ::testing::Test {
 protected:
  PostgresFormat() { options_.book = new_book_name(); }

  StoragePointer opened() { return open_postgres(options_).value(); }
  /// Returns the result of a query of the book's batches.
  std::string batches(const std::string& what) {
    return sql_("SELECT " + what + " FROM seatbook.batches WHERE book = " + book());
  }
  std::string book() {
    return sql_("SELECT id FROM seatbook.books WHERE name = '" + options_.book + "'");
  }

  postgres::Options options_;
  Sql sql_{postgres_url()};
};

TEST_F(PostgresFormat, CommitsUpdateNoRow) {
  Desk desk(opened());
  Desk other(opened());
  const auto rows = [&] {
    return sql_(
        "SELECT books.ctid || ' ' || books.xmin || ' ' || fences.ctid || ' ' || "
        "fences.xmin FROM seatbook.books JOIN seatbook.fences ON id = book WHERE id = " +
        book());
  };
  const std::string before = rows();
  const PersonId ada = desk.person("Ada");
  const LicenseId vector = desk.license("Vector", 50);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(other.book.refresh());
    other.admin.update_person({.person = ada, .name = "Ada " + std::to_string(i)}).value();
    desk.seat(vector, desk.person("P" + std::to_string(i)));
  }
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(batches("max(version)"), std::to_string(desk.book.version().value));
}

TEST_F(PostgresFormat, CatchesUpFromTheBatchesWithoutReadingTheTables) {
  Desk desk(opened());
  const PersonId ada = desk.person("Ada", "ada@example.com");
  Desk other(opened());
  const LicenseId vector = desk.license("Vector", 5);
  desk.seat(vector, ada);
  ASSERT_TRUE(desk.admin.update_person({.person = ada, .email = "ada@example.org"}));
  Sql holder(postgres_url());
  holder(
      "BEGIN; LOCK TABLE seatbook.people, seatbook.assignments, seatbook.history IN ACCESS "
      "EXCLUSIVE MODE");
  EXPECT_EQ(other.book.refresh().value(), desk.book.version());
  holder("ROLLBACK");
  EXPECT_EQ(other.dump(), desk.dump());
}

TEST_F(PostgresFormat, CatchesUpFromTheTablesIfABatchIsNotKept) {
  Desk desk(opened());
  desk.person("Ada");
  Desk other(opened());
  desk.person("Bo");
  desk.person("Cy");
  sql_("UPDATE seatbook.batches SET records = NULL WHERE version = 2 AND book = " + book());
  EXPECT_EQ(other.book.refresh().value(), Version(3));
  EXPECT_EQ(other.dump(), desk.dump());
}

TEST_F(PostgresFormat, RefusesABatchWithInvalidBytes) {
  for (const std::string bytes :
       {"'\\xff'", "'\\x01'", "substring(records FOR 20)", "records || '\\x0100000008'::bytea"}) {
    options_.book = new_book_name();
    Desk desk(opened());
    desk.person("Ada");
    Desk other(opened());
    desk.person("Bo");
    sql_("UPDATE seatbook.batches SET records = " + bytes + " WHERE book = " + book());
    EXPECT_EQ(code_of(other.book.refresh()), Code::storage_corrupt) << bytes;
    EXPECT_EQ(other.book.version(), Version(1)) << bytes;
  }
}

TEST_F(PostgresFormat, KeepsTheBytesOfABookSmall) {
  const StoragePointer storage = opened();
  std::uint64_t version = 0;
  const auto write = [&](std::uint64_t count, std::size_t size) {
    for (; count > 0; --count, ++version) {
      Token one = token(1);
      one.bytes[14] = static_cast<std::uint8_t>(version >> 8);
      one.bytes[15] = static_cast<std::uint8_t>(version);
      ASSERT_TRUE(storage->append({Version(version), one, {person(1, std::string(size, 'x'))}}));
    }
  };
  write(1, 70'000);  // more than is kept of a batch
  EXPECT_EQ(batches("records IS NULL"), "t");
  write(149, 60'000);
  write(20, 10);
  EXPECT_EQ(batches("max(length(records)) / 1000"), "60");
  write(130, 10);
  // The large ones are too old, the small ones are kept.
  EXPECT_EQ(batches("max(length(records)) < 100"), "t");
  EXPECT_EQ(batches("count(records)"), "150");
  EXPECT_EQ(batches("count(*)"), "300");
  expect_holds(*opened(), version, {person(1, std::string(10, 'x'))});
}

TEST_F(PostgresFormat, ErasesAPersonFromTheBytesOfBatches) {
  RULE("C34");
  Desk desk(opened());
  Desk other(opened());
  const PersonId ada = desk.person("Augusta Ada", "augusta@example.com");
  const LicenseId vector = desk.license("Vector", 5);
  const AssignmentId seat = desk.seat(vector, ada);
  const std::string named =
      "count(*) FILTER (WHERE position('Augusta'::bytea IN records) > 0 OR "
      "position('augusta'::bytea IN records) > 0)";
  EXPECT_NE(batches(named), "0");
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  ASSERT_TRUE(desk.admin.erase_person({.person = ada}));
  EXPECT_EQ(batches(named), "0");
  EXPECT_EQ(other.book.refresh().value(), desk.book.version());
  EXPECT_EQ(other.dump(), desk.dump());
}

/// Two histories with the same tokens differ in their digests.
TEST_F(PostgresFormat, DigestsDifferIfOnlyTheRecordsDo) {
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  const std::string digest = batches("digest");
  options_.book = new_book_name();
  ASSERT_TRUE(opened()->append(batch(0, 1, {person(1, "Bo")})));
  EXPECT_NE(batches("digest"), digest);
}

/// While others write, a commit shares a sync, which follows the commit. If the sync fails,
/// the outcome is looked up.
TEST_F(PostgresFormat, ACommitWhoseSharedSyncFailsIsLookedUp) {
  opened();
  sql_(
      "DROP ROLE IF EXISTS committer; CREATE ROLE committer LOGIN; GRANT USAGE ON SCHEMA seatbook "
      "TO committer; GRANT ALL ON ALL TABLES IN SCHEMA seatbook TO committer");
  std::string url = postgres_url();
  const std::size_t user = url.find("//") + 2;
  url.replace(user, url.find('@') - user, "committer");
  const StoragePointer storage = postgres::open_storage(url, options_).value();
  const StoragePointer other = postgres::open_storage(url, options_).value();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  ASSERT_TRUE(other->lock());  // has seen that others write
  Collected read;
  ASSERT_TRUE(other->read({}, read));
  const std::string function = "ON FUNCTION pg_logical_emit_message(boolean, text, text) ";
  sql_("REVOKE EXECUTE " + function + "FROM PUBLIC");
  const auto appended = other->append(batch(1, 2, {person(2, "Bo")}));
  other->unlock();
  Collected newer;
  const auto seen = storage->read(Version(1), newer);
  const auto synced = storage->sync();
  sql_("GRANT EXECUTE " + function + "TO PUBLIC; DROP OWNED BY committer; DROP ROLE committer");
  EXPECT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(seen.value(), Version(2));
  EXPECT_EQ(code_of(synced), Code::storage_failed);
  expect_holds(*opened(), 2, {person(1, "Ada"), person(2, "Bo")});
}

}  // namespace
}  // namespace seatbook::testing
