// Tests how the engine handles storages: their errors, their clocks, and batches of other books.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "storage/records.hpp"
#include "support/books.hpp"
#include "support/faulty_storage.hpp"
#include "support/rule.hpp"
#include "support/shared_server.hpp"

namespace seatbook::testing {
namespace {

/// Forwards every call to an in-memory storage.
class Plain : public Storage {
 public:
  explicit Plain(std::shared_ptr<Storage> storage = memory_storage()) : inner(std::move(storage)) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    return inner->read(after, sink);
  }
  Result<void> append(const Batch& batch) override { return inner->append(batch); }
  Result<std::optional<Version>> find(const Token& token) override { return inner->find(token); }
  Result<void> lock() override { return inner->lock(); }
  void unlock() noexcept override { inner->unlock(); }

  std::shared_ptr<Storage> inner;
};

// ------------------------------------------------------------------------------------- catch-up

/// Counts the records read while its lock is held.
class Counting final : public Plain {
 public:
  using Plain::Plain;
  std::function<void()> after_unlocked_read = [] {};
  std::size_t most_under_lock = 0;
  int locks = 0;
  int unlocked_reads = 0;

  Result<Version> read(Version after, RecordSink& sink) override {
    struct Counter final : RecordSink {
      Counter(RecordSink& to, std::size_t& count) : sink(to), records(count) {}
      Result<void> accept(RecordImage record) override {
        auto accepted = sink.accept(std::move(record));
        if (accepted) ++records;
        return accepted;
      }
      RecordSink& sink;
      std::size_t& records;
    };
    std::size_t records = 0;
    Counter counter(sink, records);
    auto version = Plain::read(after, counter);
    if (locked_) {
      most_under_lock = std::max(most_under_lock, records);
    } else {
      ++unlocked_reads;
      after_unlocked_read();
    }
    return version;
  }
  Result<void> lock() override {
    ++locks;
    locked_ = true;
    return Plain::lock();
  }
  void unlock() noexcept override {
    locked_ = false;
    Plain::unlock();
  }

 private:
  bool locked_ = false;
};

void add_people(Desk& desk, int count) {
  std::string file = "Name\n";
  for (int i = 0; i < count; ++i) file += "P\n";
  ASSERT_TRUE(desk.admin.import_people({.csv = file}));
}

TEST(CatchUp, RunsWithoutTheStoragesLockIfItIsLong) {
  const auto storage = memory_storage();
  const auto counting = std::make_shared<Counting>(storage);
  Desk one(counting);
  Desk two(storage);
  counting->unlocked_reads = 0;
  add_people(two, 3'000);
  one.person("Ada");
  EXPECT_LE(counting->most_under_lock, 1'000U);
  EXPECT_EQ(counting->unlocked_reads, 1);
  EXPECT_EQ(counting->locks, 2);
  EXPECT_EQ(one.book.version(), Version(2));
  ASSERT_TRUE(two.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
}

TEST(CatchUp, RunsUnderTheLockIfItIsShort) {
  const auto storage = memory_storage();
  const auto counting = std::make_shared<Counting>(storage);
  Desk one(counting);
  Desk two(storage);
  counting->unlocked_reads = 0;
  add_people(two, 300);  // fewer than 1,000 records, including history and texts
  one.person("Ada");
  EXPECT_EQ(counting->locks, 1);
  EXPECT_EQ(counting->unlocked_reads, 0);
  EXPECT_GE(counting->most_under_lock, 600U);
}

TEST(CatchUp, RunsUnderTheLockInTheEndIfOthersKeepWriting) {
  const auto storage = memory_storage();
  const auto counting = std::make_shared<Counting>(storage);
  Desk one(counting);
  Desk two(storage);
  counting->unlocked_reads = 0;
  add_people(two, 1'500);
  counting->after_unlocked_read = [&] { add_people(two, 1'500); };
  one.person("Ada");
  EXPECT_EQ(counting->unlocked_reads, 3);
  EXPECT_EQ(counting->locks, 4);
  EXPECT_GT(counting->most_under_lock, 1'500U);
  ASSERT_TRUE(two.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
}

TEST(CatchUp, CountsAnEmptyBatchAsAVersion) {
  const auto storage = memory_storage();
  Desk desk(storage);
  ASSERT_TRUE(storage->append(batch(0, 1, {})));
  EXPECT_EQ(desk.book.refresh().value(), Version(1));
}

TEST(CatchUp, OfRecordsWithoutANewVersionIsRefused) {
  class Odd final : public Plain {
   public:
    Result<Version> read(Version after, RecordSink& sink) override {
      if (!odd) return Plain::read(after, sink);
      EXPECT_TRUE(sink.accept(person(1, "Ada")));
      return after;
    }
    bool odd = false;
  };
  const auto storage = std::make_shared<Odd>();
  Desk desk(storage);
  storage->odd = true;
  EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_corrupt);
  storage->odd = false;
  EXPECT_TRUE(desk.book.refresh()) << "none of it was applied";
}

TEST(CatchUp, ThatContradictsTheTablesNeedsAReopen) {
  const auto storage = memory_storage();
  Desk desk(storage);
  desk.person("Ada", "ada@example.com");
  Person twin = person(2, "Twin");
  twin.email = "ADA@example.com";
  ASSERT_TRUE(storage->append(batch(desk.book.version().value, 9, {twin})));
  EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_corrupt);
  EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
  EXPECT_EQ(code_of(desk.admin.add_person({.name = "Bo"})), Code::book_needs_reopen);
  EXPECT_EQ(code_of(desk.admin.people()), Code::book_needs_reopen);
}

/// A server that was restored: a book has to read everything again.
class Restored final : public Plain {
 public:
  using Plain::Plain;
  Result<Version> read(Version after, RecordSink& sink) override {
    if (unsure && after) return Error{Code::book_needs_reopen, "restored"};
    return Plain::read(after, sink);
  }
  bool unsure = false;
};

TEST(Rereads, ForgetALastUseThatARestoreHasRemoved) {
  RULE("C54");
  const auto server = std::make_shared<SharedServer>();
  const auto storage = std::make_shared<Restored>(std::make_shared<SharedStorage>(server));
  Desk desk(storage);
  const auto seat = desk.seat(desk.license("Vector", 1), desk.person("Ada"));
  ASSERT_TRUE(desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}));
  server->batches.pop_back();
  Desk other(std::make_shared<SharedStorage>(server));
  other.person("Bo");
  other.person("Cy");
  storage->unsure = true;
  ASSERT_TRUE(desk.book.refresh());
  EXPECT_FALSE(desk.admin.last_use(seat).value());
  EXPECT_EQ(desk.dump(), other.dump());
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

TEST(CatchUp, ReportsASinkErrorThatTheStorageIgnores) {
  class IgnoresTheSink final : public Plain {
   public:
    Result<Version> read(Version /*after*/, RecordSink& sink) override {
      EXPECT_FALSE(sink.accept(person(1, "\xff")));
      return Version(1);
    }
  };
  EXPECT_EQ(code_of(Book::open(std::make_shared<IgnoresTheSink>())), Code::storage_corrupt);
}

// -------------------------------------------------------------------------------- lost replies

/// Two books on one storage. lose() loses the reply to a batch of the first.
struct Lost {
  std::shared_ptr<Storage> inner = memory_storage();
  std::shared_ptr<FaultyStorage> faulty = std::make_shared<FaultyStorage>(inner);
  Desk one{faulty};
  Desk two{inner};
  LicenseId license = one.license("Vector", 9);
  PersonId ada = one.person("Ada");
  PersonId bo = one.person("Bo");
  PersonId cy = one.person("Cy");
  AssignmentId seat = one.seat(license, cy);
  std::vector<PersonId> events;

  Lost() {
    one.book.subscribe([this](const Event& event) { events.push_back(event.person); });
  }
  template <class Call>
  void lose(const Call& call) {
    faulty->on_append = [](int) { return Fault::unknown_written; };
    faulty->on_find = [](int) { return Fault::failed; };
    ASSERT_EQ(code_of(call()), Code::storage_unknown);
    faulty->on_append = [](int) { return Fault::none; };
    faulty->on_find = [](int) { return Fault::none; };
  }
};

TEST(LostReplies, PublishTheEventsOfTheirBatchOnly) {
  RULE("C41");
  Lost lost;
  lost.lose([&] { return lost.one.admin.assign({.license = lost.license, .person = lost.ada}); });
  lost.two.seat(lost.license, lost.bo);
  ASSERT_TRUE(lost.two.admin.revoke({.assignment = lost.seat}));
  ASSERT_TRUE(lost.one.book.refresh());
  EXPECT_EQ(lost.events, std::vector{lost.ada});
  EXPECT_EQ(lost.one.dump(), lost.two.dump());
}

TEST(LostReplies, WithoutHistoryPublishNoEvents) {
  RULE("C41");
  Lost lost;
  const Timestamp now = lost.one.clock->now();
  lost.lose([&] { return lost.one.admin.record_use({.assignment = lost.seat, .used_at = now}); });
  lost.two.seat(lost.license, lost.bo);
  ASSERT_TRUE(lost.one.book.refresh());
  EXPECT_TRUE(lost.events.empty());
  EXPECT_EQ(lost.one.dump(), lost.two.dump());
}

TEST(LostReplies, ThatAreResolvedAreNotLookedUpAgain) {
  const auto faulty = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk(faulty);
  faulty->on_append = [](int) { return Fault::unknown_not_written; };
  faulty->on_find = [](int call) { return call == 0 ? Fault::failed : Fault::none; };
  EXPECT_EQ(code_of(desk.admin.add_person({.name = "Ada"})), Code::storage_unknown);
  faulty->on_append = [](int) { return Fault::none; };
  desk.person("Bo");
  const int finds = faulty->finds;
  desk.person("Cy");
  EXPECT_EQ(faulty->finds, finds);
}

// --------------------------------------------------------------------------------------- errors

TEST(StorageErrors, OfReadingAndLockingMeanThatNothingWasWritten) {
  class Failing final : public Plain {
   public:
    Result<Version> read(Version after, RecordSink& sink) override {
      if (of_read) return Error{*of_read, "as set by the test"};
      return Plain::read(after, sink);
    }
    Result<void> append(const Batch& batch) override {
      if (of_append) return Error{*of_append, "as set by the test"};
      return Plain::append(batch);
    }
    Result<void> lock() override {
      if (of_lock) return Error{*of_lock, "as set by the test"};
      return Plain::lock();
    }
    std::optional<Code> of_read;
    std::optional<Code> of_append;
    std::optional<Code> of_lock;
  };
  const auto storage = std::make_shared<Failing>();
  Desk desk(storage);
  const auto write = [&] { return code_of(desk.admin.add_person({.name = "Ada"})); };
  const std::pair<Code, Code> cases[] = {
      {Code::storage_unknown, Code::storage_failed},  {Code::conflict, Code::storage_failed},
      {Code::person_not_found, Code::storage_failed}, {Code::format_too_new, Code::format_too_new},
      {Code::storage_corrupt, Code::storage_corrupt},
  };
  for (const auto& [returned, expected] : cases) {
    storage->of_read = returned;
    EXPECT_EQ(code_of(desk.book.refresh()), expected) << to_string(returned);
    EXPECT_EQ(write(), expected) << to_string(returned);
    storage->of_read.reset();
    storage->of_lock = returned;
    EXPECT_EQ(write(), expected) << to_string(returned);
    storage->of_lock.reset();
  }
  // After any other error of append() the batch may have been written, so it is looked up.
  storage->of_append = Code::person_not_found;
  EXPECT_EQ(write(), Code::storage_failed) << "looked up and not found";
  storage->of_append.reset();
  EXPECT_EQ(write(), Code::ok);
}

TEST(StorageErrors, OfUnknownTypeAreStorageFailed) {
  class Throws final : public Plain {
   public:
    Result<Version> read(Version /*after*/, RecordSink& /*sink*/) override { throw 7; }
  };
  EXPECT_EQ(code_of(Book::open(std::make_shared<Throws>())), Code::storage_failed);
  EXPECT_EQ(code_of(Book::open(std::shared_ptr<Storage>())), Code::invalid_argument);
}

TEST(StorageErrors, OfARefreshFailTheQueryThatNeedsIt) {
  const auto faulty = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk(faulty);
  const auto ada = desk.person("Ada");
  const int reads = faulty->reads;
  faulty->on_read = [](int) { return Fault::failed; };
  EXPECT_EQ(code_of(desk.admin.people()), Code::ok);
  EXPECT_EQ(code_of(desk.admin.at_least(desk.book.version()).get_person(ada)), Code::ok);
  EXPECT_EQ(faulty->reads, reads) << "queries from memory do not read the storage";
  EXPECT_EQ(code_of(desk.admin.at_least(Version(99)).get_person(ada)), Code::storage_failed);
}

// --------------------------------------------------------------------------------------- clocks

TEST(Clocks, OfTheHostAreReadWithoutTheStoragesLock) {
  class Locked final : public Plain {
   public:
    Result<void> lock() override {
      held = true;
      return {};
    }
    void unlock() noexcept override { held = false; }
    bool held = false;
  };
  struct LockCheckingClock final : Clock {
    Timestamp now() override {
      under_lock = under_lock || storage->held;
      return instant("2026-03-01T12:00:00Z");
    }
    std::shared_ptr<Locked> storage = std::make_shared<Locked>();
    bool under_lock = false;
  };
  const auto clock = std::make_shared<LockCheckingClock>();
  Desk desk(clock->storage, {.clock = clock});
  desk.person("Ada");
  EXPECT_FALSE(clock->under_lock);
}

TEST(Clocks, OfTheStorageAreUsedUnlessTheHostGivesOne) {
  RULE("C52");
  class Timed final : public Plain {
   public:
    std::shared_ptr<Clock> clock() override {
      if (throws) throw 7;
      return std::make_shared<ManualClock>(instant("2030-03-01T12:00:00Z"));
    }
    bool throws = false;
  };
  const auto written_at = [](Book book) {
    Session admin = book.session({.actor = "root", .role = Role::super_admin});
    EXPECT_TRUE(admin.add_person({.name = "Ada"}));
    return admin.history({}).value().at(0).row.at;
  };
  const Timestamp of_storage = instant("2030-03-01T12:00:00Z");
  const Timestamp of_host = instant("2031-03-01T12:00:00Z");
  EXPECT_EQ(written_at(Book::open(std::make_shared<Timed>()).value()), of_storage);
  EXPECT_EQ(written_at(Book::open(std::make_shared<Timed>(),
                                  {.clock = std::make_shared<ManualClock>(of_host)})
                           .value()),
            of_host);
  const auto throwing = std::make_shared<Timed>();
  throwing->throws = true;
  EXPECT_NE(written_at(Book::open(throwing).value()), of_storage) << "the machine's clock is used";
}

// -------------------------------------------------------------------------------------- imports

TEST(Imports, OfACallerWithoutPermissionAreNotParsed) {
  RULE("C66", "C43");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  Session employee = desk.book.session({.actor = "eve", .role = Role::employee});
  const auto progress = std::make_shared<Progress>();
  for (const std::string file : {"", "\xff", "Name\n\"", "Other column\n", "Name\nAda\n"}) {
    EXPECT_EQ(code_of(employee.import_people({.csv = file, .progress = progress})),
              Code::permission_denied);
    EXPECT_EQ(code_of(employee.import_licenses({.csv = file, .progress = progress})),
              Code::permission_denied);
    EXPECT_EQ(
        code_of(employee.import_roster({.license = license, .csv = file, .progress = progress})),
        Code::permission_denied);
  }
  EXPECT_EQ(progress->rows_done(), 0U);
}

TEST(Imports, CheckTheSizeOfTheFileThenTheBookThenThePermissionThenTheFile) {
  RULE("C66", "C44", "C31");
  const auto storage = memory_storage();
  Desk desk(storage);
  desk.person("Ada");
  Session employee = desk.book.session({.actor = "eve", .role = Role::employee});
  const std::string huge(max_import_bytes + 1, 'x');
  const auto codes = [&](Session& session) {
    return std::pair(code_of(session.import_people({.csv = huge})),
                     code_of(session.import_people({.csv = ""})));
  };
  using Codes = std::pair<Code, Code>;
  EXPECT_EQ(codes(desk.admin), Codes(Code::file_too_large, Code::header_missing));
  EXPECT_EQ(codes(employee), Codes(Code::file_too_large, Code::permission_denied));
  const Timestamp now = desk.clock->now();
  desk.clock->set(instant("2026-02-01T12:00:00Z"));
  EXPECT_EQ(codes(employee), Codes(Code::file_too_large, Code::clock_behind));
  desk.clock->set(now);
  Book reader = Book::open(storage, {.read_only = true}).value();
  Session of_reader = reader.session({.actor = "eve", .role = Role::employee});
  EXPECT_EQ(codes(of_reader), Codes(Code::file_too_large, Code::book_read_only));
  desk.book.close();
  EXPECT_EQ(codes(employee), Codes(Code::file_too_large, Code::book_closed));
}

TEST(Imports, SeeAPermissionChangedByAnotherBook) {
  RULE("C66");
  const auto storage = memory_storage();
  Desk one(storage);
  Desk two(storage);
  const auto ada = two.person("Ada");
  Session of_ada = one.book.session({.person = ada, .role = Role::super_admin});
  EXPECT_TRUE(of_ada.import_people({.csv = "Name\nBo\n"}));
  ASSERT_TRUE(two.admin.archive_person({.person = ada}));
  EXPECT_EQ(code_of(of_ada.import_people({.csv = "Name\nCy\n"})), Code::permission_denied)
      << "checked again at commit";
}

// --------------------------------------------------------------------------- repeated requests

TEST(RequestIds, OfAnInMemoryBookAreForgottenAfterTenThousandBatches) {
  RULE("C58");
  Desk desk;
  const auto request = [](std::uint64_t number) {
    RequestId id;
    id.bytes[0] = static_cast<std::uint8_t>(number);
    id.bytes[1] = static_cast<std::uint8_t>(number >> 8U);
    id.bytes[2] = 1;
    return id;
  };
  constexpr std::uint64_t requests = 20'010;
  for (std::uint64_t i = 0; i < requests; ++i) {
    ASSERT_TRUE(desk.admin.add_person({.name = "P", .request_id = request(i)}));
  }
  const auto repeated = [&](std::uint64_t number) {
    return code_of(desk.admin.add_person({.name = "P", .request_id = request(number)}));
  };
  EXPECT_EQ(repeated(requests - remembered_tokens), Code::repeated_request);
  EXPECT_EQ(repeated(requests - 1), Code::repeated_request);
  EXPECT_EQ(repeated(0), Code::ok) << "forgotten";
}

}  // namespace
}  // namespace seatbook::testing
