// Loads a dump of a database that version 0.1 wrote, and migrates it. Every later version must be
// able to; see storage/recorded_book.hpp.
#include "storage/recorded_book.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

/// Returns the test server's URL with another database.
std::string url_of(const std::string& database) {
  std::string url = postgres_url();
  const std::size_t at = url.find("/seatbook?");
  if (at == std::string::npos) throw std::runtime_error("the URL has another form: " + url);
  return url.replace(at, std::string("/seatbook?").size(), "/" + database + "?");
}

/// A database with the recorded dump: tables of format 1.
class RecordedBook : public ::testing::Test {
 protected:
  RecordedBook() {
    Sql sql(postgres_url());
    sql("DROP DATABASE IF EXISTS recorded WITH (FORCE)");
    sql("CREATE DATABASE recorded");
    const std::string load = "psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname '" + url_ +
                             "' --file '" + recorded_file("book.sql") + "' >/dev/null";
    EXPECT_EQ(std::system(load.c_str()), 0) << load;
  }

  Result<void> migrate() { return postgres::migrate(url_); }
  /// Returns each column of the tables, in order.
  static std::string columns(const std::string& url) {
    return Sql(url)(
        "SELECT string_agg(concat_ws(' ', table_name, ordinal_position, column_name, data_type, "
        "is_nullable, column_default), E'\n' ORDER BY table_name, ordinal_position) FROM "
        "information_schema.columns WHERE table_schema = 'seatbook'");
  }
  /// Returns the content of all tables except that of `format`.
  std::string rows() {
    Sql sql(url_);
    const bool migrated = sql("SELECT format FROM seatbook.format") == "2";
    // Format 2 has the version and the fence of a book in other tables.
    const std::string books =
        migrated
            ? "SELECT id, name, (SELECT max(version) FROM seatbook.batches WHERE book = "
              "books.id) AS version, fence FROM seatbook.books JOIN seatbook.fences ON book = id"
            : "SELECT * FROM seatbook.books";
    std::string all;
    for (const char* const table : {"books", "batches", "book", "people", "actors", "licenses",
                                    "assignments", "history", "history_texts", "last_uses"}) {
      const bool of_books = std::string_view(table) == "books";
      const std::string source = of_books ? "(" + books + ")" : std::string("seatbook.") + table;
      // Without nulls: the other columns of format 2 are empty.
      all +=
          sql("SELECT string_agg(row, E'\n' ORDER BY row) FROM (SELECT "
              "(jsonb_strip_nulls(to_jsonb(one)) - 'digest')::text AS row FROM " +
              source + " AS one) AS rows");
      all += "\n";
    }
    return all;
  }
  /// Expects tables of format 1, unchanged.
  void expect_format_1() {
    EXPECT_EQ(columns(url_), columns_before_);
    EXPECT_EQ(rows(), rows_before_);
    EXPECT_EQ(Sql(url_)("SELECT format FROM seatbook.format"), "1");
  }
  /// Expects tables of format 2 with the same content.
  void expect_format_2() {
    postgres::create_schema(postgres_url()).value();
    EXPECT_EQ(columns(url_), columns(postgres_url()));
    EXPECT_EQ(rows(), rows_before_);
    EXPECT_EQ(Sql(url_)("SELECT format FROM seatbook.format"), "2");
  }

  const std::string url_ = url_of("recorded");
  std::string columns_before_;
  std::string rows_before_;

  void SetUp() override {
    columns_before_ = columns(url_);
    rows_before_ = rows();
    ASSERT_EQ(Sql(url_)("SELECT format FROM seatbook.format"), "1");
  }
};

TEST_F(RecordedBook, OpensFromAMigratedDumpOfPostgres) {
  ASSERT_TRUE(migrate());
  expect_recorded_book([&] { return postgres::open_storage(url_).value(); });

  // The other book of that database is unchanged.
  postgres::Options other;
  other.book = "small";
  Desk desk(postgres::open_storage(url_, other).value());
  EXPECT_EQ(desk.book.version(), Version(1));
  EXPECT_EQ(desk.admin.get_person(PersonId(1)).value().name, "Sam");
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  expect_repeated(desk, recorded_request("999"), Version(1));
}

TEST_F(RecordedBook, NeedsAMigration) {
  postgres::Options reading;
  reading.read_only = true;
  for (const Error& error :
       {postgres::open_storage(url_).error(), postgres::open_storage(url_, reading).error(),
        postgres::open(url_).error(), postgres::create_schema(url_).error(),
        postgres::drop_book(url_, "main").error()}) {
    EXPECT_EQ(error.code, Code::needs_migration);
    EXPECT_EQ(error.values, (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(error.message,
              "the tables have format 1: call postgres::migrate() or run `seatbook migrate`");
  }
  expect_format_1();
}

TEST_F(RecordedBook, IsMigratedOnce) {
  for (int time = 0; time < 3; ++time) {
    ASSERT_TRUE(migrate());
    expect_format_2();
  }
}

TEST_F(RecordedBook, IsMigratedByEightConcurrentCalls) {
  std::vector<Code> codes(8, Code::internal);
  std::vector<std::thread> threads;
  for (Code& code : codes) threads.emplace_back([&] { code = code_of(migrate()); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(codes, std::vector<Code>(8, Code::ok));
  expect_format_2();
}

TEST_F(RecordedBook, StoresTheNewMembersAfterAMigration) {
  RULE("C59");
  RULE("C62");
  ASSERT_TRUE(migrate());
  Desk desk(postgres::open_storage(url_).value());
  desk.clock->set(instant("2026-04-01T12:00:00Z"));
  const PersonId eve = desk.person("Eve", "eve@example.com");
  const LicenseId license = desk.license("New", 5);
  const auto seat = desk.admin.assign({.license = license,
                                       .person = eve,
                                       .access_level = "Reader",
                                       .held_since = instant("2025-01-01T00:00:00Z")});
  ASSERT_TRUE(seat) << seat.error().message;
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat->assignment, .access_level = "Editor"}));
  Desk fresh(postgres::open_storage(url_).value());
  EXPECT_EQ(fresh.dump(), desk.dump());
  Sql sql(url_);
  EXPECT_EQ(sql("SELECT count(*) FROM seatbook.assignments WHERE held_since_us IS NOT NULL"), "1");
  EXPECT_EQ(sql("SELECT count(*) FROM seatbook.history_texts WHERE changes IS NOT NULL"), "1");
}

TEST_F(RecordedBook, IsMigratedAfterTheTransactionsOfOthers) {
  Sql writer(url_);  // of version 0.1, between lock and commit
  writer("BEGIN");
  writer("SELECT version, fence FROM seatbook.books WHERE id = 1 FOR UPDATE");
  postgres::Options options;
  options.lock_timeout_ms = 200;
  EXPECT_EQ(code_of(postgres::migrate(url_, options)), Code::storage_failed);
  expect_format_1();
  Result<void> migrated = Error{};
  std::thread other([&] { migrated = migrate(); });
  Sql watcher(url_);
  for (int i = 0; i < 1000; ++i) {
    if (watcher("SELECT count(*) FROM pg_locks WHERE NOT granted") == "1") break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  writer("UPDATE seatbook.books SET fence = fence + 1 WHERE id = 1");
  writer("COMMIT");
  other.join();
  ASSERT_TRUE(migrated) << migrated.error().message;
  EXPECT_EQ(writer("SELECT fence FROM seatbook.fences WHERE book = 1"), "19");
  EXPECT_EQ(writer("SELECT format FROM seatbook.format"), "2");
}

TEST_F(RecordedBook, KeepsItsFormatIfTheMigrationIsCutOff) {
  Sql sql(url_);
  // Ends the connection of the migration in its last statement before the commit.
  sql("CREATE FUNCTION public.cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
      "pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NEW; END $$");
  sql("CREATE TRIGGER cut BEFORE UPDATE ON seatbook.format FOR EACH ROW EXECUTE FUNCTION "
      "public.cut()");
  const auto cut = migrate();
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, Code::storage_failed);
  expect_format_1();
  EXPECT_EQ(code_of(postgres::open_storage(url_)), Code::needs_migration);
  sql("DROP TRIGGER cut ON seatbook.format; DROP FUNCTION public.cut()");
  ASSERT_TRUE(migrate());
  expect_format_2();
}

TEST_F(RecordedBook, KeepsItsFormatIfTheRoleDoesNotOwnTheTables) {
  Sql sql(url_);
  sql("DROP ROLE IF EXISTS desk");
  sql("CREATE ROLE desk LOGIN; GRANT USAGE ON SCHEMA seatbook TO desk; GRANT ALL ON ALL TABLES IN "
      "SCHEMA seatbook TO desk");
  std::string url = url_;
  url.replace(url.find("//") + 2, url.find('@') - url.find("//") - 2, "desk");
  EXPECT_EQ(code_of(postgres::migrate(url)), Code::storage_failed);
  expect_format_1();
  sql("DROP OWNED BY desk; DROP ROLE desk");
}

TEST_F(RecordedBook, IsUsedByTheSameRolesAfterAMigration) {
  Sql sql(url_);
  sql("DROP ROLE IF EXISTS desk");
  sql("CREATE ROLE desk LOGIN; GRANT USAGE ON SCHEMA seatbook TO desk; GRANT SELECT, INSERT, "
      "UPDATE, "
      "DELETE ON ALL TABLES IN SCHEMA seatbook TO desk");
  std::string url = url_;
  url.replace(url.find("//") + 2, url.find('@') - url.find("//") - 2, "desk");
  ASSERT_TRUE(migrate());
  postgres::Options fresh;
  fresh.book = "fresh";
  for (const auto& options : {postgres::Options(), fresh}) {
    Desk desk(postgres::open_storage(url, options).value());
    desk.clock->set(instant("2026-04-01T12:00:00Z"));
    desk.person("Eve");
  }
  EXPECT_TRUE(postgres::drop_book(url, "fresh", fresh));
  sql("DROP OWNED BY desk; DROP ROLE desk");
}

TEST_F(RecordedBook, IsNotUsedByARunningProcessOfVersion01AfterAMigration) {
  // The statements that version 0.1 executes before it reads or writes records.
  const std::string book = "seatbook.books";
  Sql running(url_);
  running("PREPARE head AS SELECT version, fence FROM " + book + " WHERE id = $1::bigint");
  running("PREPARE lock_head AS SELECT version, fence FROM " + book +
          " WHERE id = $1::bigint FOR UPDATE");
  running("PREPARE raise_fence AS UPDATE " + book +
          " SET fence = fence + 1 WHERE id = $1::bigint RETURNING version, fence");
  running("PREPARE compare_and_set AS UPDATE " + book +
          " SET version = CASE WHEN version = $2::bigint AND fence = $3::bigint THEN version + 1 "
          "END WHERE id = $1::bigint");
  const std::vector<std::string> statements = {"head(1)", "lock_head(1)", "raise_fence(1)",
                                               "compare_and_set(1, 56, 18)"};
  for (const std::string& statement : statements) {
    running("BEGIN");
    EXPECT_NO_THROW(running("EXECUTE " + statement)) << statement;
    running("ROLLBACK");
  }
  ASSERT_TRUE(migrate());
  for (const std::string& statement : statements) {
    EXPECT_THROW(running("EXECUTE " + statement), std::runtime_error) << statement;
  }
  expect_format_2();
}

}  // namespace
}  // namespace seatbook::testing
