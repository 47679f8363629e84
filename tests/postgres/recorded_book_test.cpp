// Loads a dump of a database that version 0.1 wrote. Every later version must open it; see
// storage/recorded_book.hpp. A later format migrates the loaded database first.
#include "storage/recorded_book.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"

namespace seatbook::testing {
namespace {

/// Loads the recorded dump into a new database with psql and returns its URL.
std::string load_dump() {
  Sql sql(postgres_url());
  sql("CREATE DATABASE recorded");
  std::string url = postgres_url();
  const std::size_t database = url.find("/seatbook?");
  EXPECT_NE(database, std::string::npos) << url;
  url.replace(database, std::string("/seatbook?").size(), "/recorded?");
  const std::string load = "psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname '" + url +
                           "' --file '" + recorded_file("book.sql") + "' >/dev/null";
  EXPECT_EQ(std::system(load.c_str()), 0) << load;
  return url;
}

TEST(RecordedBook, OpensFromADumpOfPostgres) {
  const std::string url = load_dump();
  expect_recorded_book([&] { return postgres::open_storage(url).value(); });

  // The other book of that database is unchanged.
  postgres::Options other;
  other.book = "small";
  Desk desk(postgres::open_storage(url, other).value());
  EXPECT_EQ(desk.book.version(), Version(1));
  EXPECT_EQ(desk.admin.get_person(PersonId(1)).value().name, "Sam");
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  expect_repeated(desk, recorded_request("999"), Version(1));
}

}  // namespace
}  // namespace seatbook::testing
