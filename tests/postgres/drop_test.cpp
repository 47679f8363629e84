// Tests postgres::drop_book(): which rows it deletes, what it waits for, and what books that are
// open meanwhile do afterwards.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "storage/contract.hpp"
#include "support/books.hpp"

namespace seatbook::testing {
namespace {

class DroppedBook : public ::testing::Test {
 protected:
  DroppedBook() { options_.book = new_book_name(); }

  static StoragePointer opened(const postgres::Options& options) {
    return open_postgres(options).value();
  }
  static Result<void> drop(const postgres::Options& options) {
    return postgres::drop_book(postgres_url(), options.book, options);
  }
  /// Creates rows in every table.
  static void fill(Desk& desk) {
    const LicenseId license = desk.license("Vector", 5);
    const AssignmentId seat = desk.seat(license, desk.person("Ada", "ada@example.com"));
    desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}).value();
  }
  /// Returns the id of the book; "" if there is none of that name.
  std::string id() {
    return sql_("SELECT id FROM seatbook.books WHERE name = '" + options_.book + "'");
  }
  /// Returns the number of rows of each table of the schema that belong to a book.
  std::string rows_of(const std::string& id) {
    const std::string counts = sql_(
        "SELECT string_agg('SELECT ''' || table_name || ''' AS name, count(*) AS n FROM seatbook.' "
        "|| table_name || ' WHERE book = " +
        id +
        "', ' UNION ALL ') FROM information_schema.columns WHERE table_schema = 'seatbook' AND "
        "column_name = 'book'");
    return sql_("SELECT string_agg(name || '=' || n, ' ' ORDER BY name) FROM (" + counts +
                ") AS tables");
  }
  void expect_no_rows_of(const std::string& id) {
    EXPECT_EQ(
        rows_of(id),
        "actors=0 assignments=0 batches=0 book=0 fences=0 history=0 history_texts=0 last_uses=0 "
        "licenses=0 people=0");
    EXPECT_EQ(sql_("SELECT count(*) FROM seatbook.books WHERE id = " + id), "0");
  }
  /// Expects a book that was open when it was dropped to fail for every call.
  static void expect_unusable(Desk& desk) {
    EXPECT_EQ(code_of(desk.admin.add_person({.name = "Eve"})), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk.admin.people()), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
  }

  postgres::Options options_;
  Sql sql_{postgres_url()};
};

TEST_F(DroppedBook, HasNoRowsAndOthersAreUnchanged) {
  postgres::Options kept = options_;
  kept.book += " kept";
  Desk other(opened(kept));
  fill(other);
  {
    Desk desk(opened(options_));
    fill(desk);
  }
  const std::string dropped = id();
  const std::string before = rows_of(dropped);
  EXPECT_EQ(before.find("=0"), std::string::npos) << "every table must have rows: " << before;
  ASSERT_TRUE(drop(options_));
  expect_no_rows_of(dropped);
  EXPECT_EQ(Desk(opened(kept)).dump(), other.dump());
  other.person("Bo");
  EXPECT_EQ(other.findings(), std::vector<std::string>{});
  EXPECT_EQ(Desk(opened(kept)).dump(), other.dump());
}

TEST_F(DroppedBook, IsMissing) {
  (void)opened(options_);
  ASSERT_TRUE(drop(options_));
  options_.must_exist = true;
  EXPECT_EQ(open_postgres(options_).error().field, "book");
  const Error error = drop(options_).error();
  EXPECT_EQ(error.code, Code::invalid_argument);
  EXPECT_EQ(error.field, "book");
  EXPECT_NE(error.message.find('"' + options_.book + '"'), std::string::npos) << error.message;
}

TEST_F(DroppedBook, IdIsNotReused) {
  Desk old(opened(options_));
  fill(old);
  const std::string dropped = id();
  ASSERT_TRUE(drop(options_));
  Desk fresh(opened(options_));
  EXPECT_EQ(fresh.book.version(), Version(0));
  EXPECT_GT(std::stoull(id()), std::stoull(dropped));
  expect_no_rows_of(dropped);
}

TEST_F(DroppedBook, IsNotWrittenByBooksThatHaveItOpen) {
  postgres::Options reading = options_;
  reading.read_only = true;
  Desk first(opened(options_));
  Desk empty(opened(options_));
  fill(first);
  Desk second(opened(options_));
  auto reader = postgres::open(postgres_url(), reading).value();
  const StoragePointer storage = opened(options_);
  const std::string dropped = id();
  ASSERT_TRUE(drop(options_));
  expect_unusable(first);

  Desk fresh(opened(options_));  // another book of the same name
  fresh.person("New");
  const std::string content = fresh.dump();
  expect_unusable(first);
  expect_unusable(second);
  expect_unusable(empty);
  EXPECT_EQ(code_of(reader.refresh()), Code::book_needs_reopen);
  EXPECT_EQ(code_of(reader.session({.actor = "root", .role = Role::super_admin}).people()),
            Code::book_needs_reopen);
  // Without the lock, as after the connection was lost.
  const Batch late = batch(first.book.version().value, 7, {person(9, "Eve")});
  EXPECT_EQ(code_of(storage->append(late)), Code::conflict);
  EXPECT_EQ(storage->find(token(7)).value(), std::nullopt);
  expect_no_rows_of(dropped);
  ASSERT_TRUE(fresh.book.refresh());
  EXPECT_EQ(fresh.dump(), content);
  EXPECT_EQ(fresh.findings(), std::vector<std::string>{});
}

TEST_F(DroppedBook, WaitsForTheLock) {
  Desk desk(opened(options_));
  fill(desk);
  const std::string locked = id();
  const std::string before = rows_of(locked);
  const auto lock = [&] {
    sql_("BEGIN");
    sql_("SELECT 1 FROM seatbook.books WHERE id = " + locked + " FOR UPDATE");
  };
  lock();
  postgres::Options impatient = options_;
  impatient.lock_timeout_ms = 100;
  EXPECT_EQ(code_of(drop(impatient)), Code::storage_failed);
  sql_("COMMIT");
  EXPECT_EQ(rows_of(locked), before);
  desk.person("Bo");

  lock();
  auto dropping = std::async(std::launch::async, [&] { return code_of(drop(options_)); });
  EXPECT_EQ(dropping.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  sql_("COMMIT");
  EXPECT_EQ(dropping.get(), Code::ok);
  expect_no_rows_of(locked);
}

TEST_F(DroppedBook, IsNotWrittenByConcurrentWriters) {
  constexpr int writers = 4;
  (void)opened(options_);
  const std::string dropped = id();
  std::atomic<int> written = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&] {
      Desk desk(opened(options_));
      while (desk.admin.add_person({.name = "Ada"})) ++written;
      expect_unusable(desk);
    });
  }
  while (written < 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::vector<Code> codes(3, Code::internal);
  std::vector<std::thread> droppers;
  for (Code& code : codes) droppers.emplace_back([&] { code = code_of(drop(options_)); });
  for (std::thread& thread : droppers) thread.join();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), Code::ok), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), Code::invalid_argument), 2);
  EXPECT_EQ(id(), "");
  expect_no_rows_of(dropped);
}

TEST_F(DroppedBook, NeedsAConfirmation) {
  Desk desk(opened(options_));
  fill(desk);
  for (const std::string confirm : {"", "main", "yes"}) {
    const Error error = postgres::drop_book(postgres_url(), confirm, options_).error();
    EXPECT_EQ(error.code, Code::invalid_argument);
    EXPECT_EQ(error.field, "confirm");
  }
  EXPECT_EQ(postgres::drop_book(postgres_url(), options_.book).error().field, "confirm");
  postgres::Options reading = options_;
  reading.read_only = true;
  EXPECT_EQ(drop(reading).error().field, "read_only");
  desk.person("Bo");
}

TEST_F(DroppedBook, NeedsTheDeletePrivilege) {
  Desk desk(opened(options_));
  fill(desk);
  const std::string before = rows_of(id());
  sql_(
      "DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN; GRANT USAGE ON SCHEMA seatbook TO "
      "writer; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA seatbook TO writer; GRANT "
      "DELETE ON seatbook.batches TO writer");
  std::string url = postgres_url();
  const std::size_t user = url.find("//") + 2;
  url.replace(user, url.find('@') - user, "writer");
  EXPECT_EQ(code_of(postgres::drop_book(url, options_.book, options_)), Code::storage_failed);
  EXPECT_EQ(rows_of(id()), before);
  sql_("GRANT DELETE ON ALL TABLES IN SCHEMA seatbook TO writer");
  EXPECT_TRUE(postgres::drop_book(url, options_.book, options_));
  sql_("DROP OWNED BY writer; DROP ROLE writer");
}

TEST_F(DroppedBook, HasAnUnknownOutcomeIfTheConnectionIsLostDuringTheCommit) {
  Desk desk(opened(options_));
  fill(desk);
  const std::string dropped = id();
  const std::string before = rows_of(dropped);
  // Ends the connection when it commits the deletion of this book.
  sql_(
      "CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
      "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER lose "
      "AFTER DELETE ON seatbook.books DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.id = " +
      dropped + ") EXECUTE FUNCTION public.lose()");
  EXPECT_EQ(code_of(drop(options_)), Code::storage_unknown);
  EXPECT_EQ(rows_of(dropped), before);
  sql_("DROP TRIGGER lose ON seatbook.books; DROP FUNCTION public.lose()");
  desk.person("Bo");
  EXPECT_TRUE(drop(options_));
  expect_no_rows_of(dropped);
}

}  // namespace
}  // namespace seatbook::testing
