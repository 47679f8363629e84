// Tests books in PostgreSQL beyond the storage contract: several books in one database, creating
// the tables, privileges, locks of other sessions, lost connections, and error messages.
#include "seatbook/postgres.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "storage/contract.hpp"
#include "support/rule.hpp"
#include "support/sanitized.hpp"

namespace seatbook::testing {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

/// Returns the options of a new book.
postgres::Options new_book() {
  postgres::Options options;
  options.book = new_book_name();
  return options;
}

StoragePointer opened(const postgres::Options& options) {
  return open_postgres(options).value();
}

/// Returns the SQL condition for the book's row.
std::string row_of(const postgres::Options& options) {
  return "name = '" + options.book + "'";
}

/// Returns the test server's URL for another user.
std::string url_as(const std::string& user) {
  std::string url = postgres_url();
  return url.replace(url.find("//") + 2, url.find('@') - url.find("//") - 2, user);
}

void end_connections_of_the_library() {
  Sql sql(postgres_url());
  sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = "
      "'seatbook'");
}

// ------------------------------------------------------------------------------ books and tables

TEST(Postgres, BooksOfOneDatabaseAreIndependent) {
  Desk first(opened(new_book()));
  Desk second(opened(new_book()));
  const PersonId ada = first.person("Ada", "ada@example.com");
  const LicenseId license = first.license("Vector", 1);
  first.seat(license, ada);
  EXPECT_EQ(second.book.refresh().value(), Version(0));
  // The second book may use the same email, ids and versions.
  const PersonId eve = second.person("Eve", "ada@example.com");
  EXPECT_EQ(eve, ada);
  second.seat(second.license("Raster", 1), eve);
  EXPECT_EQ(first.book.refresh().value(), first.book.version());
  EXPECT_EQ(first.admin.get_person(ada).value().name, "Ada");
  EXPECT_EQ(second.admin.get_person(ada).value().name, "Eve");
  EXPECT_EQ(first.findings(), std::vector<std::string>{});
  EXPECT_EQ(second.findings(), std::vector<std::string>{});
}

TEST(Postgres, ABookNameMayContainAnyCharacters) {
  for (const std::string name : {"Bücher'; DROP TABLE books; --", " ", "\"$1\"\\"}) {
    postgres::Options options;
    options.book = name;
    Desk desk(opened(options));
    desk.person("Ada");
    Desk other(opened(options));
    EXPECT_EQ(other.dump(), desk.dump());
  }
}

TEST(Postgres, EightConcurrentCallsCreateTheTables) {
  Sql sql(postgres_url());
  postgres::Options options = new_book();
  options.schema = "made_concurrently";
  for (int round = 0; round < 5; ++round) {
    sql("DROP SCHEMA IF EXISTS made_concurrently CASCADE");
    std::vector<Code> codes(8, Code::internal);
    std::vector<std::thread> threads;
    for (Code& code : codes) {
      threads.emplace_back(
          [&] { code = code_of(postgres::create_schema(postgres_url(), options)); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(codes, std::vector<Code>(8, Code::ok));
    Desk desk(postgres::open_storage(postgres_url(), options).value());
    desk.person("Ada");
    // Creating the schema again changes nothing.
    ASSERT_TRUE(postgres::create_schema(postgres_url(), options));
    EXPECT_EQ(desk.book.refresh().value(), Version(1));
  }
  sql("DROP SCHEMA made_concurrently CASCADE");
}

TEST(Postgres, RefusesMissingAndForeignTables) {
  Sql sql(postgres_url());
  postgres::Options options = new_book();
  options.schema = "nowhere";
  EXPECT_EQ(code_of(postgres::open_storage(postgres_url(), options)), Code::not_a_book);
  EXPECT_EQ(code_of(postgres::migrate(postgres_url(), options)), Code::not_a_book);
  EXPECT_EQ(code_of(postgres::drop_book(postgres_url(), options.book, options)), Code::not_a_book);
  sql("CREATE SCHEMA foreign_tables; CREATE TABLE foreign_tables.people (id int)");
  options.schema = "foreign_tables";
  EXPECT_EQ(code_of(postgres::open_storage(postgres_url(), options)), Code::not_a_book);
  EXPECT_EQ(code_of(postgres::create_schema(postgres_url(), options)), Code::not_a_book);
  EXPECT_EQ(code_of(postgres::migrate(postgres_url(), options)), Code::not_a_book);
  EXPECT_EQ(sql("SELECT count(*) FROM information_schema.columns WHERE table_schema = "
                "'foreign_tables' AND table_name = 'people'"),
            "1")
      << "the foreign table is unchanged";
  sql("DROP SCHEMA foreign_tables CASCADE");
}

TEST(Postgres, CreatesNoTableNextToForeignTables) {
  Sql sql(postgres_url());
  postgres::Options options = new_book();
  options.schema = "taken";
  const char* const tables =
      "SELECT string_agg(table_name || '.' || column_name, ' ' ORDER BY table_name, column_name) "
      "FROM information_schema.columns WHERE table_schema = 'taken'";
  for (const std::string table :
       {"format (x int)", "books (id bigint primary key, title text)", "books (id int)",
        "history (seq bigint)", "format (format bigint); CREATE TABLE taken.books (id text)"}) {
    sql("CREATE SCHEMA taken; CREATE TABLE taken." + table);
    const std::string before = sql(tables);
    EXPECT_EQ(code_of(postgres::create_schema(postgres_url(), options)), Code::not_a_book) << table;
    EXPECT_EQ(sql(tables), before);
    EXPECT_EQ(code_of(postgres::open_storage(postgres_url(), options)), Code::not_a_book) << table;
    EXPECT_EQ(sql(tables), before);
    sql("DROP SCHEMA taken CASCADE");
  }
}

TEST(Postgres, RefusesANewerFormat) {
  Sql sql(postgres_url());
  postgres::Options options = new_book();
  options.schema = "newer";
  postgres::create_schema(postgres_url(), options).value();
  const std::uint64_t newer = postgres::schema_format + 1;
  sql("UPDATE newer.format SET format = " + std::to_string(newer));
  for (const Error& error : {postgres::open_storage(postgres_url(), options).error(),
                             postgres::create_schema(postgres_url(), options).error(),
                             postgres::migrate(postgres_url(), options).error(),
                             postgres::drop_book(postgres_url(), options.book, options).error()}) {
    EXPECT_EQ(error.code, Code::format_too_new);
    EXPECT_EQ(error.index, std::nullopt);
    EXPECT_EQ(error.values, (std::vector<std::uint64_t>{newer, postgres::schema_format}));
  }
  EXPECT_EQ(sql("SELECT count(*) FROM newer.books"), "0");
  sql("DROP SCHEMA newer CASCADE");
}

TEST(Postgres, MustExistRefusesAMissingBook) {
  postgres::Options options = new_book();
  options.must_exist = true;
  const auto missing = open_postgres(options);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::invalid_argument);
  EXPECT_EQ(missing.error().field, "book");
  options.must_exist = false;
  const StoragePointer created = opened(options);
  options.must_exist = true;
  EXPECT_TRUE(open_postgres(options));
}

TEST(Postgres, RefusesOptionsBeforeItConnects) {
  const std::string url = "postgresql://no_user@127.0.0.1:1/nothing";
  const std::pair<const char*, std::function<void(postgres::Options&)>> wrong[] = {
      {"book", [](auto& options) { options.book = ""; }},
      {"book", [](auto& options) { options.book = std::string(192, 'b'); }},
      {"book", [](auto& options) { options.book = "\xff"; }},
      {"book", [](auto& options) { options.book = std::string("a\0b", 3); }},
      {"schema", [](auto& options) { options.schema = ""; }},
      {"schema", [](auto& options) { options.schema = "Seatbook"; }},
      {"schema", [](auto& options) { options.schema = "1seatbook"; }},
      {"schema", [](auto& options) { options.schema = "a\"b"; }},
      {"schema", [](auto& options) { options.schema = std::string(64, 's'); }},
      {"connect_timeout_ms", [](auto& options) { options.connect_timeout_ms = 0; }},
      {"lock_timeout_ms", [](auto& options) { options.lock_timeout_ms = 3'600'001; }},
      {"statement_timeout_ms", [](auto& options) { options.statement_timeout_ms = 0; }},
      {"idle_transaction_timeout_ms",
       [](auto& options) { options.idle_transaction_timeout_ms = 0; }},
      {"tcp_timeout_ms", [](auto& options) { options.tcp_timeout_ms = 0; }},
      {"retry_for_ms", [](auto& options) { options.retry_for_ms = 0; }},
      {"connections", [](auto& options) { options.connections = 0; }},
      {"connections", [](auto& options) { options.connections = 1'001; }},
  };
  for (const auto& [field, spoil] : wrong) {
    postgres::Options options;
    spoil(options);
    for (const Error& error :
         {postgres::open_storage(url, options).error(),
          postgres::create_schema(url, options).error(), postgres::migrate(url, options).error(),
          postgres::drop_book(url, options.book, options).error()}) {
      EXPECT_EQ(error.code, Code::invalid_argument) << field;
      EXPECT_EQ(error.field, field);
    }
  }
  postgres::Options longest = new_book();
  for (longest.book.clear(); longest.book.size() < 2 * 191;) longest.book += "ü";
  EXPECT_TRUE(open_postgres(longest));
}

// -------------------------------------------------------------------------- privileges, secrets

TEST(Postgres, ReadOnlyNeedsOnlyTheSelectPrivilege) {
  const postgres::Options options = new_book();
  Desk desk(opened(options));
  const PersonId ada = desk.person("Ada");
  Sql sql(postgres_url());
  sql("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA seatbook TO "
      "reader; GRANT SELECT ON ALL TABLES IN SCHEMA seatbook TO reader");
  postgres::Options reading = options;
  reading.read_only = true;
  auto book = postgres::open(url_as("reader"), reading).value();
  EXPECT_EQ(book.dump().value(), desk.dump());
  desk.person("Bo");
  EXPECT_EQ(book.refresh().value(), desk.book.version());
  EXPECT_EQ(book.dump().value(), desk.dump());
  auto session = book.session({.actor = "root", .role = Role::super_admin});
  EXPECT_EQ(code_of(session.archive_person({.person = ada})), Code::book_read_only);

  // The storage itself refuses to write.
  const auto storage = postgres::open_storage(url_as("reader"), reading).value();
  EXPECT_EQ(code_of(storage->append(batch(2, 1, {person(1, "Eve")}))), Code::storage_failed);
  reading.book = new_book_name();
  EXPECT_EQ(postgres::open_storage(url_as("reader"), reading).error().field, "book");
  // Without `read_only`, the server refuses the write and nothing changes.
  auto writer = postgres::open(url_as("reader"), options).value();
  auto refused = writer.session({.actor = "root", .role = Role::super_admin});
  EXPECT_EQ(code_of(refused.archive_person({.person = ada})), Code::storage_failed);
  EXPECT_EQ(desk.book.refresh().value(), Version(2));
  EXPECT_EQ(desk.admin.get_person(ada).value().state, PersonState::active);
  sql("DROP OWNED BY reader; DROP ROLE reader");
}

TEST(Postgres, CreatesTablesInASchemaThatItOwns) {
  Sql sql(postgres_url());
  sql("DROP ROLE IF EXISTS owner; CREATE ROLE owner LOGIN");
  postgres::Options options = new_book();
  options.schema = "owned";
  EXPECT_EQ(code_of(postgres::create_schema(url_as("owner"), options)), Code::storage_failed);
  sql("CREATE SCHEMA owned AUTHORIZATION owner");
  ASSERT_TRUE(postgres::create_schema(url_as("owner"), options));
  Desk desk(postgres::open_storage(url_as("owner"), options).value());
  desk.person("Ada");
  sql("DROP OWNED BY owner; DROP ROLE owner");
}

TEST(Postgres, ErrorsContainNoPassword) {
  const std::string secret = "Xq7-tr0ub4dor";
  const std::string escaped = "Xq7%2Dtr0ub4dor";
  std::vector<std::string> urls;
  for (const std::string& word : {secret, escaped, secret + "@home", secret + "/", secret + "#x",
                                  secret + "?x=1", secret + "%zz", ":" + secret, secret + " "}) {
    for (const char* const rest :
         {"@127.0.0.1:1/db", "@127.0.0.1:none/db", "@[::1/db", "@/db?port=1",
          "@127.0.0.1:1/db?no_such=1", "@127.0.0.1:1/db?sslmode=perhaps", "@%zz/db", "",
          "@127.0.0.1:99999/db", "@127.0.0.1:1/db?connect_timeout=soon"}) {
      const char* const scheme = urls.size() % 2 == 0 ? "postgresql" : "postgres";
      urls.push_back(std::string(scheme) + "://user:" + word + rest);
    }
    for (const char* const before : {"host=127.0.0.1 port=1", "host=127.0.0.1 no_such=1",
                                     "host='127.0.0.1", "hostaddr=nowhere"}) {
      urls.push_back(std::string(before) + " password=" + word);
      urls.push_back("password='" + word + "' " + before);
      urls.push_back("password='" + word);
    }
    urls.push_back("postgresql://127.0.0.1:1/db?password=" + word);
    urls.push_back("postgresql://127.0.0.1:1/db?user=a&sslpassword=" + word + "&sslmode=require");
    urls.push_back(word);
  }
  // Add URLs that the test server refuses.
  for (const char* const database :
       {"/nothing?", "/seatbook?options=-c%20no.such&", "/seatbook?"}) {
    const std::string url = postgres_url();
    urls.push_back("postgresql://no_user:" + secret + "@" + database +
                   url.substr(url.find('?') + 1));
  }
  postgres::Options options;
  options.connect_timeout_ms = 1'000;
  options.retry_for_ms = 1;
  for (const std::string& url : urls) {
    for (const bool opening : {false, true}) {
      std::optional<Error> error;
      if (opening) {
        if (auto storage = postgres::open_storage(url, options); !storage) error = storage.error();
      } else {
        if (auto made = postgres::create_schema(url, options); !made) error = made.error();
      }
      ASSERT_TRUE(error) << url;
      EXPECT_FALSE(error->message.empty()) << url;
      for (const std::string& part : {secret, escaped, secret.substr(4)}) {
        EXPECT_EQ(error->message.find(part), std::string::npos) << url << "\n" << error->message;
      }
      EXPECT_EQ(error->message.find('\n'), std::string::npos) << error->message;
    }
  }
}

// ---------------------------------------------------------------------------------------- clock

TEST(Postgres, UsesTheServersClock) {
  RULE("C52");
  const StoragePointer storage = opened(new_book());
  ASSERT_NE(storage->clock(), nullptr);
  auto book = Book::open(storage).value();
  auto desk = book.session({.actor = "root", .role = Role::super_admin});
  Sql sql(postgres_url());
  const char* const now = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
  const std::int64_t before = std::stoll(sql(now));
  ASSERT_TRUE(desk.add_person({.name = "Ada"}));
  const std::int64_t after = std::stoll(sql(now));
  const std::int64_t at = desk.history({}).value().at(0).row.at.us;
  // The clock counts from the response to the lock, so it is late by that transfer time at most.
  EXPECT_GE(at, before);
  EXPECT_LE(at, after + 50'000);
  EXPECT_LE(std::abs(storage->clock()->now().us - std::stoll(sql(now))), 200'000);
}

TEST(Postgres, ReadsTheClockAfterTheWaitForTheLock) {
  const postgres::Options options = new_book();
  const StoragePointer first = opened(options);
  const StoragePointer second = opened(options);
  Sql sql(postgres_url());
  const char* const now = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
  ASSERT_TRUE(first->lock());
  std::int64_t before = 0;
  std::int64_t reported = 0;
  std::int64_t after = 0;
  std::thread waiting([&] {
    ASSERT_TRUE(second->lock());
    before = std::stoll(sql(now));
    reported = second->clock()->now().us;
    after = std::stoll(sql(now));
    second->unlock();
  });
  Sql watcher(postgres_url());
  EXPECT_TRUE(wait_until([&] {
    return watcher(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'seatbook' AND "
               "wait_event_type = 'Lock'") == "1";
  }));
  std::this_thread::sleep_for(milliseconds(2'000));
  first->unlock();
  waiting.join();
  EXPECT_GE(reported, before - 300'000);
  EXPECT_LE(reported, after + 300'000);
}

// -------------------------------------------------------------------------------- several hosts

/// Listens on loopback and never sends a byte.
class UnresponsiveHost {
 public:
  UnresponsiveHost() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, any, size) != 0 || listen(socket_, 64) != 0 ||
        getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port on loopback");
    }
    port_ = std::to_string(ntohs(address.sin_port));
  }
  UnresponsiveHost(const UnresponsiveHost&) = delete;
  UnresponsiveHost& operator=(const UnresponsiveHost&) = delete;
  ~UnresponsiveHost() { close(socket_); }

  [[nodiscard]] const std::string& port() const { return port_; }

 private:
  int socket_;
  std::string port_;
};

/// Returns the test server's URL with other hosts and ports.
std::string url_with(const std::string& hosts, const std::string& ports) {
  const std::string url = postgres_url();
  return url.substr(0, url.find('?')) + "?host=" + hosts + "&port=" + ports;
}

/// Returns a URL with that host first and the test server second.
std::string url_with_first(const UnresponsiveHost& host) {
  const std::string url = postgres_url();
  const auto value = [&](const std::string& name) {
    const std::size_t start = url.find(name) + name.size();
    return url.substr(start, url.find('&', start) - start);
  };
  return url_with("127.0.0.1," + value("host="), host.port() + "," + value("port="));
}

TEST(Postgres, SkipsAnUnresponsiveHost) {
  const UnresponsiveHost unresponsive;
  postgres::Options options = new_book();
  options.connect_timeout_ms = 1'000;
  opened(options);  // creates the tables
  auto started = Steady::now();
  const auto storage = postgres::open_storage(url_with_first(unresponsive), options);
  auto took = Steady::now() - started;
  ASSERT_TRUE(storage) << storage.error().message;
  EXPECT_GE(took, milliseconds(950)) << "the unresponsive host was not tried";
  EXPECT_LT(took, milliseconds(5'000));
  Desk desk(*storage);
  desk.person("Ada");

  // An open book also reconnects past the unresponsive host.
  for (int number = 2; number <= 3; ++number) {
    end_connections_of_the_library();
    started = Steady::now();
    desk.person("Person " + std::to_string(number));
    took = Steady::now() - started;
    EXPECT_GE(took, milliseconds(950));
    EXPECT_LT(took, milliseconds(5'000));
  }
  EXPECT_EQ(desk.book.refresh().value(), Version(3));
}

TEST(Postgres, FailsIfEveryHostIsUnresponsive) {
  const UnresponsiveHost first;
  const UnresponsiveHost second;
  postgres::Options options = new_book();
  options.connect_timeout_ms = 300;
  options.retry_for_ms = 1;
  const std::string url = url_with("127.0.0.1,127.0.0.1", first.port() + "," + second.port());
  const auto started = Steady::now();
  EXPECT_EQ(code_of(postgres::open_storage(url, options)), Code::storage_failed);
  EXPECT_GE(Steady::now() - started, milliseconds(580)) << "not both hosts were tried";
}

// -------------------------------------------------------------------------------- large reads

/// Returns the resident memory of this process in bytes.
std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t pages = 0;
  file >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

/// Counts records and discards them. On the first one, checks that the server is still sending.
class StreamCheck final : public RecordSink {
 public:
  Result<void> accept(RecordImage /*record*/) override {
    if (count == 0) {
      Sql sql(postgres_url());
      server_was_sending = wait_until([&] {
        return sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'seatbook' AND "
                   "state = 'active' AND wait_event = 'ClientWrite'") == "1";
      });
    }
    if (count++ % 1'000 == 0) most_resident = std::max(most_resident, resident_bytes());
    return {};
  }
  std::uint64_t count = 0;
  bool server_was_sending = false;
  std::int64_t most_resident = 0;
};

TEST(Postgres, StreamsRecordsWhileTheServerStillSends) {
  const postgres::Options options = new_book();
  constexpr std::uint64_t people = 60'000;
  constexpr std::int64_t name_bytes = 1'000;
  {
    const StoragePointer storage = opened(options);
    ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
    ASSERT_TRUE(storage->append(batch(1, 2, {person(2, "Bo")})));
  }
  // Adds all other people to Bo's batch.
  Sql sql(postgres_url());
  const std::string book = "(SELECT id FROM seatbook.books WHERE " + row_of(options) + ")";
  sql("INSERT INTO seatbook.people SELECT (jsonb_populate_record(bo, jsonb_build_object('id', "
      "number, 'name', repeat('n', " +
      std::to_string(name_bytes) + ")))).* FROM seatbook.people AS bo, generate_series(3, " +
      std::to_string(people) + ") AS number WHERE bo.id = 2 AND bo.book = " + book);
  for (const std::uint64_t known : {0, 1}) {
    const StoragePointer reader = opened(options);
    const std::int64_t before = resident_bytes();
    StreamCheck sink;
    ASSERT_EQ(reader->read(Version(known), sink).value(), Version(2));
    EXPECT_EQ(sink.count, people - known);
    EXPECT_TRUE(sink.server_was_sending) << "all records were sent before the first was delivered";
    if (!testing::sanitized) {
      EXPECT_LT(sink.most_resident - before, static_cast<std::int64_t>(people) * name_bytes / 2);
    }
  }
  sql("DELETE FROM seatbook.people WHERE book = " + book);
}

// ------------------------------------------------------------- other sessions, lost connections

TEST(Postgres, OneSeatForFourConnectionsWithoutALock) {
  RULE("A43");
  const postgres::Options options = new_book();
  Desk desk(opened(options));
  std::vector<PersonId> people;
  for (const char* const name : {"Ada", "Bo", "Cy", "Di"}) people.push_back(desk.person(name));
  constexpr int rounds = 25;
  std::vector<LicenseId> licenses;
  for (int round = 0; round < rounds; ++round) {
    licenses.push_back(desk.license("L" + std::to_string(round), 1));
  }
  std::vector<std::thread> threads;
  std::vector<int> granted(people.size(), 0);
  for (std::size_t i = 0; i < people.size(); ++i) {
    threads.emplace_back([&, i] {
      Desk worker(std::make_shared<WithoutLock>(opened(options)));
      for (const LicenseId license : licenses) {
        const auto seat = worker.admin.assign({.license = license, .person = people[i]});
        if (seat) {
          ++granted[i];
        } else {
          EXPECT_EQ(seat.error().code, Code::no_seats_remaining) << seat.error().message;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  int all = 0;
  for (const int some : granted) all += some;
  EXPECT_EQ(all, rounds);
  ASSERT_TRUE(desk.book.refresh());
  for (const LicenseId license : licenses) EXPECT_EQ(desk.admin.usage(license).value().used, 1U);
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

TEST(Postgres, ReconnectsAfterEachCall) {
  const postgres::Options options = new_book();
  const StoragePointer storage = opened(options);
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  // Loses the connection before a query, before the lock, under it, and between read and append.
  end_connections_of_the_library();
  expect_holds(*storage, 1, {person(1, "Ada")});
  end_connections_of_the_library();
  EXPECT_EQ(storage->find(token(1)).value(), Version(1));
  end_connections_of_the_library();
  ASSERT_TRUE(storage->lock());
  end_connections_of_the_library();
  Collected read;
  EXPECT_EQ(storage->read(Version(0), read).value(), Version(1));
  end_connections_of_the_library();
  // The lock is lost, but no other process has written.
  EXPECT_TRUE(storage->append(batch(1, 2, {person(2, "Bo")})));
  end_connections_of_the_library();
  storage->unlock();
  expect_holds(*storage, 2, {person(1, "Ada"), person(2, "Bo")});
  EXPECT_EQ(storage->find(token(2)).value(), Version(2));
}

/// Makes the server end the connection on a batch with the name "poison". Counts these batches.
class Poison {
 public:
  Poison() {
    sql_(
        "CREATE SEQUENCE public.sent; CREATE FUNCTION public.poison() RETURNS trigger LANGUAGE "
        "plpgsql AS $$ BEGIN IF NEW.name = 'poison' THEN PERFORM nextval('public.sent'); PERFORM "
        "pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(0.1); END IF; RETURN NEW; END "
        "$$; CREATE TRIGGER poison BEFORE INSERT ON seatbook.people FOR EACH ROW EXECUTE FUNCTION "
        "public.poison()");
  }
  Poison(const Poison&) = delete;
  Poison& operator=(const Poison&) = delete;
  ~Poison() {
    sql_(
        "DROP TRIGGER poison ON seatbook.people; DROP FUNCTION public.poison(); DROP SEQUENCE "
        "public.sent");
  }
  std::string sent() { return sql_("SELECT last_value FROM public.sent"); }

 private:
  Sql sql_{postgres_url()};
};

void expect_poisoned(Desk& desk, Poison& poison) {
  const auto added = desk.admin.add_person({.name = "poison"});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, Code::storage_failed) << added.error().message;
  EXPECT_EQ(added.error().message.rfind("not written: ", 0), 0U) << added.error().message;
  EXPECT_EQ(poison.sent(), "3");
}

TEST(Postgres, SendsABatchThatBreaksItsConnectionThreeTimes) {
  Desk desk(opened(new_book()));
  desk.person("Ada");
  Poison poison;
  expect_poisoned(desk, poison);
  desk.person("Bo");
  EXPECT_EQ(desk.book.refresh().value(), Version(2));
  EXPECT_EQ(desk.admin.people().value().size(), 2U);
}

TEST(Postgres, SendsItThreeTimesEvenIfOthersWrite) {
  const postgres::Options options = new_book();
  Desk desk(opened(options));
  Poison poison;
  Desk other(opened(options));
  std::atomic<bool> done = false;
  std::thread writing([&] {
    while (!done) {
      const auto added = other.admin.add_person({.name = "Bo"});
      EXPECT_TRUE(added) << added.error().message;
    }
  });
  expect_poisoned(desk, poison);
  done = true;
  writing.join();
}

TEST(Postgres, ReadsAgainIfTheConnectionIsLostBetweenRecords) {
  const postgres::Options options = new_book();
  const StoragePointer storage = opened(options);
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  ASSERT_TRUE(storage->append(batch(1, 2, {person(2, "Bo"), person(3, "Cy")})));
  Sql{postgres_url()}("UPDATE seatbook.batches SET records = NULL");  // so the tables are read
  for (const std::uint64_t known : {0, 1}) {
    // History comes after people, so people have arrived when the read waits for history.
    Sql other(postgres_url());
    other("BEGIN; LOCK TABLE seatbook.history IN ACCESS EXCLUSIVE MODE");
    Collected read;  // refuses duplicates
    Result<Version> reached = Error{};
    std::thread reading([&] { reached = storage->read(Version(known), read); });
    EXPECT_TRUE(wait_until([&] {
      return other(
                 "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                 "application_name = 'seatbook' AND wait_event_type = 'Lock'") == "1";
    }));
    other("ROLLBACK");
    reading.join();
    ASSERT_TRUE(reached) << reached.error().message;
    EXPECT_EQ(*reached, Version(2));
    EXPECT_EQ(read.records.size(), 3 - known);
  }
}

TEST(Postgres, AReaderWaitsForAServerThatIsBehind) {
  postgres::Options options = new_book();
  Desk desk(opened(options));
  desk.person("Ada");
  desk.person("Bo");
  options.read_only = true;
  options.retry_for_ms = 500;
  auto reader = postgres::open(postgres_url(), options).value();
  const std::string dump = reader.dump().value();
  // Simulates a standby that has not yet replicated the last batch.
  Sql sql(postgres_url());
  const std::string last_batch =
      "seatbook.batches WHERE version = 2 AND book = (SELECT id FROM seatbook.books WHERE " +
      row_of(options) + ")";
  sql("CREATE TEMPORARY TABLE last_batch AS SELECT * FROM " + last_batch);
  const auto set_version = [&](int version) {
    sql(version == 1 ? "DELETE FROM " + last_batch
                     : "INSERT INTO seatbook.batches SELECT * FROM last_batch");
  };
  set_version(1);
  EXPECT_EQ(code_of(reader.refresh()), Code::storage_failed);
  EXPECT_EQ(reader.dump().value(), dump);
  set_version(2);
  EXPECT_EQ(reader.refresh().value(), Version(2));
  options.retry_for_ms = 30'000;
  auto patient = postgres::open(postgres_url(), options).value();
  set_version(1);
  std::thread catching_up([&] {
    std::this_thread::sleep_for(milliseconds(300));
    set_version(2);
  });
  EXPECT_EQ(patient.refresh().value(), Version(2));
  catching_up.join();
}

/// Delays each append by a second, then calls `meanwhile`.
class SlowAppend final : public ForwardingStorage {
 public:
  explicit SlowAppend(
      StoragePointer inner, std::function<void()> meanwhile = [] {})
      : ForwardingStorage(std::move(inner)), meanwhile_(std::move(meanwhile)) {}
  Result<void> append(const Batch& batch) override {
    ++appends;
    std::this_thread::sleep_for(milliseconds(1'000));
    meanwhile_();
    return ForwardingStorage::append(batch);
  }
  int appends = 0;

 private:
  std::function<void()> meanwhile_;
};

TEST(Postgres, CommitsASlowCommandIfNoOtherHasWritten) {
  postgres::Options options = new_book();
  options.idle_transaction_timeout_ms = 300;
  const auto slow = std::make_shared<SlowAppend>(opened(options));
  Desk desk(slow);
  desk.person("Ada");
  EXPECT_EQ(slow->appends, 1);
}

TEST(Postgres, FailsIfACommandIsAlwaysTooSlow) {
  postgres::Options options = new_book();
  options.idle_transaction_timeout_ms = 300;
  Desk other(opened(options));
  const auto slow = std::make_shared<SlowAppend>(opened(options), [&] { other.person("Bo"); });
  Desk desk(slow);
  const auto added = desk.admin.add_person({.name = "Ada"});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, Code::storage_failed);
  EXPECT_NE(added.error().message.find("idle_transaction_timeout_ms"), std::string::npos)
      << added.error().message;
  EXPECT_EQ(slow->appends, 3);
}

TEST(Postgres, ABookDoesNotNoticeThatItsConnectionIsLost) {
  const postgres::Options options = new_book();
  Desk desk(opened(options));
  for (int number = 1; number <= 20; ++number) {
    end_connections_of_the_library();
    const auto added = desk.admin.add_person({.name = "Person " + std::to_string(number)});
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->version, Version(number));
  }
}

TEST(Postgres, AWriterThatLostItsLockDoesNotWriteOverOthers) {
  const postgres::Options options = new_book();
  const StoragePointer first = opened(options);
  ASSERT_TRUE(first->lock());
  Collected read;
  ASSERT_TRUE(first->read({}, read));
  end_connections_of_the_library();
  ASSERT_TRUE(opened(options)->append(batch(0, 1, {person(1, "Bo")})));
  EXPECT_EQ(code_of(first->append(batch(0, 2, {person(1, "Ada")}))), Code::conflict);
  first->unlock();
  expect_holds(*first, 1, {person(1, "Bo")});
}

TEST(Postgres, AnIdleWriterLosesTheLock) {
  postgres::Options options = new_book();
  options.idle_transaction_timeout_ms = 300;
  const StoragePointer idle = opened(options);
  ASSERT_TRUE(idle->lock());
  Desk other(opened(options));
  const auto started = Steady::now();
  other.person("Bo");
  const auto waited = Steady::now() - started;
  EXPECT_LT(waited, milliseconds(5'000));
  EXPECT_GT(waited, milliseconds(100)) << "the lock was not held";
  // The idle writer continues, unaware that it lost the lock.
  EXPECT_EQ(code_of(idle->append(batch(0, 9, {person(1, "Ada")}))), Code::conflict);
  idle->unlock();
  ASSERT_TRUE(other.book.refresh());
  EXPECT_EQ(other.admin.people().value().size(), 1U);
}

TEST(Postgres, WaitsForTheLockUpToItsTimeout) {
  postgres::Options options = new_book();
  options.lock_timeout_ms = 300;
  options.retry_for_ms = 1'000;
  Desk desk(opened(options));
  const std::string before = desk.dump();
  Sql other(postgres_url());
  other("BEGIN");
  ASSERT_EQ(other("SELECT name FROM seatbook.books WHERE " + row_of(options) + " FOR UPDATE"),
            options.book);
  const auto started = Steady::now();
  const auto added = desk.admin.add_person({.name = "Ada"});
  const auto waited = Steady::now() - started;
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, Code::storage_failed) << added.error().message;
  EXPECT_GE(waited, milliseconds(290));
  EXPECT_LT(waited, milliseconds(5'000));
  // Queries do not wait for the lock.
  EXPECT_EQ(desk.book.refresh().value(), Version(0));
  EXPECT_EQ(desk.dump(), before);
  other("ROLLBACK");
  desk.person("Ada");
}

TEST(Postgres, DecidesAgainAfterADeadlock) {
  const postgres::Options options = new_book();
  Desk desk(opened(options));
  const PersonId ada = desk.person("Ada");
  Sql other(postgres_url());
  other("SET lock_timeout = '20s'");
  other("SET deadlock_timeout = '20s'");  // so the library's session detects it and is ended
  other("BEGIN");
  other(
      "UPDATE seatbook.people SET name = name WHERE id = 1 AND book = (SELECT id FROM "
      "seatbook.books WHERE " +
      row_of(options) + ")");
  // The library holds the book's row and waits for the person's; then this session waits for the
  // book's row.
  Result<PersonReceipt> archived = Error{};
  std::thread writer([&] { archived = desk.admin.archive_person({.person = ada}); });
  Sql watcher(postgres_url());
  EXPECT_TRUE(wait_until([&] {
    return watcher(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'seatbook' AND "
               "wait_event_type = 'Lock'") == "1";
  }));
  EXPECT_NO_THROW(other("SELECT 1 FROM seatbook.books WHERE " + row_of(options) + " FOR UPDATE"));
  EXPECT_NO_THROW(other("ROLLBACK"));
  writer.join();
  ASSERT_TRUE(archived) << archived.error().message;
  EXPECT_EQ(archived->version, Version(2));
  Desk fresh(opened(options));
  EXPECT_EQ(fresh.admin.get_person(ada).value().state, PersonState::archived);
}

TEST(Postgres, OverridesTheRolesSettings) {
  Sql sql(postgres_url());
  const std::pair<const char*, const char*> settings[] = {
      {"default_transaction_isolation", "serializable"},
      {"lock_timeout", "'1ms'"},
      {"bytea_output", "escape"},
      {"datestyle", "German"},
      {"timezone", "'Asia/Kathmandu'"},
      {"standard_conforming_strings", "off"},
      {"extra_float_digits", "-15"},
      {"search_path", "nowhere"},
  };
  for (const auto& [name, value] : settings) {
    sql(std::string("ALTER ROLE seatbook SET ") + name + " = " + value);
  }
  {
    const postgres::Options options = new_book();
    const StoragePointer storage = opened(options);
    EXPECT_TRUE(storage->append(batch(0, 1, one_of_each())));
    expect_holds(*opened(options), 1, one_of_each());
    EXPECT_EQ(storage->find(token(1)).value(), Version(1));
  }
  sql("ALTER ROLE seatbook RESET ALL");
}

// ----------------------------------------------------------------------------------- durability

/// Records the value of `synchronous_commit` in each session that commits.
class WatchesCommits {
 public:
  WatchesCommits() {
    sql_(
        "CREATE TABLE public.seen (value text); GRANT ALL ON public.seen TO PUBLIC; CREATE "
        "FUNCTION public.watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
        "public.seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$; CREATE "
        "TRIGGER watch BEFORE INSERT ON seatbook.batches FOR EACH ROW EXECUTE FUNCTION "
        "public.watch()");
  }
  WatchesCommits(const WatchesCommits&) = delete;
  WatchesCommits& operator=(const WatchesCommits&) = delete;
  ~WatchesCommits() {
    sql_(
        "DROP TRIGGER watch ON seatbook.batches; DROP FUNCTION public.watch(); DROP TABLE "
        "public.seen");
  }
  std::string last() {
    return sql_(
        "WITH all_of AS (DELETE FROM public.seen RETURNING value) "
        "SELECT string_agg(DISTINCT value, ' ') FROM all_of");
  }

 private:
  Sql sql_{postgres_url()};
};

TEST(Postgres, CommitsDurablyWhateverTheRolesSetting) {
  opened(new_book());
  WatchesCommits watch;
  Sql sql(postgres_url());
  for (const std::string value : {"off", "local", "remote_write", "on", "remote_apply"}) {
    sql("ALTER ROLE seatbook SET synchronous_commit = " + value);
    Desk desk(opened(new_book()));
    desk.person("Ada");
    EXPECT_EQ(watch.last(), value == "off" ? "on" : value);
  }
  sql("ALTER ROLE seatbook RESET synchronous_commit");
  // A later change of the server's setting does not affect an open session.
  Desk desk(opened(new_book()));
  sql("ALTER SYSTEM SET synchronous_commit = off");
  sql("SELECT pg_reload_conf()");
  EXPECT_TRUE(wait_until([&] { return sql("SHOW synchronous_commit") == "off"; }));
  desk.person("Ada");
  EXPECT_EQ(watch.last(), "on");
  sql("ALTER SYSTEM RESET synchronous_commit");
  sql("SELECT pg_reload_conf()");
}

TEST(Postgres, RefusesAServerWithoutFsyncUnlessAllowed) {
  const postgres::Options options = new_book();
  Desk desk(opened(options));  // the tests' servers allow it
  desk.person("Ada");
  const std::string url = postgres_url() + "&options=-c%20seatbook.allow_fsync_off%3D";
  for (const bool opening : {false, true}) {
    const Error error = opening ? postgres::open_storage(url + "off", options).error()
                                : postgres::create_schema(url + "off", options).error();
    EXPECT_EQ(error.code, Code::unsupported_storage);
    EXPECT_NE(error.message.find("fsync = off"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("seatbook.allow_fsync_off"), std::string::npos) << error.message;
  }
  EXPECT_TRUE(postgres::open_storage(url + "on", options));
  postgres::Options reading = options;
  reading.read_only = true;
  EXPECT_EQ(postgres::open(url + "off", reading).value().dump().value(), desk.dump());
}

// --------------------------------------------------------------------------- diverging histories

class PostgresHistory : public ::testing::Test {
 protected:
  PostgresHistory() : desk_(opened(options_)), other_(opened(options_)) {
    desk_.person("Ada");
    vector_ = desk_.license("Vector", 5);
    EXPECT_TRUE(other_.book.refresh());
  }

  static std::string id_of(const postgres::Options& options) {
    return "(SELECT id FROM seatbook.books WHERE " + row_of(options) + ")";
  }
  /// Deletes the batches up to `version`, as happens after more than 10,000 later batches.
  void forget(Version version) {
    sql_("DELETE FROM seatbook.batches WHERE book = " + id_of(options_) +
         " AND version <= " + std::to_string(version.value));
  }
  /// Replaces the records of this book with those of another one.
  void replace_with(const postgres::Options& source) {
    for (const char* const table : {"batches", "book", "people", "actors", "licenses",
                                    "assignments", "history", "history_texts", "last_uses"}) {
      const std::string name = std::string("seatbook.") + table;
      sql_("DELETE FROM " + name + " WHERE book = " + id_of(options_));
      sql_("UPDATE " + name + " SET book = " + id_of(options_) + " WHERE book = " + id_of(source));
    }
  }
  /// Expects every call, including queries, to fail until the book is opened again.
  void expect_needs_reopen() {
    EXPECT_EQ(code_of(desk_.admin.people()), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk_.admin.usage(vector_)), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk_.admin.add_person({.name = "Eve"})), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk_.book.refresh()), Code::book_needs_reopen);
    Desk fresh(opened(options_));
    EXPECT_EQ(fresh.findings(), std::vector<std::string>{});
    fresh.person("Eve");
  }

  postgres::Options options_ = new_book();
  Desk desk_;
  Desk other_;
  LicenseId vector_;
  Sql sql_{postgres_url()};
};

TEST_F(PostgresHistory, IsReadAgainIfTheLastBatchIsNoLongerStored) {
  const Version known = desk_.book.version();
  const PersonId bo = other_.person("Bo", "bo@example.com");
  other_.seat(vector_, bo);
  ASSERT_TRUE(other_.admin.update_person({.person = bo, .email = "robert@example.com"}));
  forget(known);
  EXPECT_EQ(desk_.book.refresh().value(), other_.book.version());
  EXPECT_EQ(desk_.dump(), other_.dump());
  EXPECT_EQ(desk_.findings(), std::vector<std::string>{});
  // The same under the lock, in a command.
  other_.person("Cy", "bo@example.com");
  forget(desk_.book.version());
  desk_.person("Di");
  ASSERT_TRUE(other_.book.refresh());
  EXPECT_EQ(desk_.dump(), other_.dump());
  EXPECT_EQ(desk_.findings(), std::vector<std::string>{});
}

TEST_F(PostgresHistory, IsNotMixedWithOneThatCannotBeCompared) {
  const postgres::Options source = new_book();
  Desk restored(opened(source));
  restored.person("Eve");
  for (int number = 0; number < 9; ++number) restored.person("P" + std::to_string(number));
  const Version known = desk_.book.version();
  ASSERT_GT(restored.book.version(), known);
  replace_with(source);
  forget(known);
  EXPECT_EQ(code_of(desk_.book.refresh()), Code::book_needs_reopen);
  expect_needs_reopen();
}

TEST_F(PostgresHistory, IsNotMixedWithAnOlderOne) {
  sql_("DELETE FROM seatbook.batches WHERE version > 1 AND book = " + id_of(options_));
  EXPECT_EQ(code_of(desk_.admin.add_person({.name = "Eve"})), Code::book_needs_reopen);
  EXPECT_EQ(code_of(desk_.admin.people()), Code::book_needs_reopen);
  EXPECT_EQ(code_of(desk_.book.refresh()), Code::book_needs_reopen);
}

TEST_F(PostgresHistory, IsNotMixedWithADivergentOne) {
  const postgres::Options source = new_book();
  Desk restored(opened(source));
  for (int number = 0; number < 9; ++number) restored.person("P" + std::to_string(number));
  replace_with(source);
  EXPECT_EQ(code_of(desk_.admin.add_person({.name = "Eve"})), Code::book_needs_reopen);
  expect_needs_reopen();
}

TEST(Postgres, AForkedChildDoesNotUseTheConnection) {
  const postgres::Options options = new_book();
  const StoragePointer storage = opened(options);
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  const pid_t child = fork();
  if (child == 0) {
    Collected read;
    const bool refused = code_of(storage->read({}, read)) == Code::storage_failed &&
                         code_of(storage->append(batch(1, 2, {}))) == Code::storage_failed &&
                         code_of(storage->lock()) == Code::storage_failed;
    // Releases the storage, like a process that ends by returning from main().
    const_cast<StoragePointer&>(storage).reset();
    _exit(refused ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_TRUE(storage->append(batch(1, 2, {person(2, "Bo")})));
  expect_holds(*storage, 2, {person(1, "Ada"), person(2, "Bo")});
}

}  // namespace
}  // namespace seatbook::testing
