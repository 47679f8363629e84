// Tests books on storages with invalid content or behavior.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "storage/records.hpp"
#include "storage/storage_kinds.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

TEST(StorageFaults, ContradictingRecordsDoNotOpen) {
  const auto refused = [](std::vector<RecordImage> images) {
    const auto storage = memory_storage();
    EXPECT_TRUE(storage->append(batch(0, 1, std::move(images))));
    return code_of(Book::open(storage));
  };
  Person twin = person(2, "Twin");
  twin.email = " SOMEONE1@example.com ";
  EXPECT_EQ(refused({person(1, "Ada"), twin}), Code::storage_corrupt);
  EXPECT_EQ(refused({person(2, "Gap")}), Code::storage_corrupt);
  Assignment dangling;
  dangling.id = AssignmentId(1);
  dangling.license = LicenseId(1);
  dangling.person = PersonId(1);
  EXPECT_EQ(refused({person(1, "Ada"), dangling}), Code::storage_corrupt);
  HistoryTexts orphan;
  orphan.seq = Seq(1);
  EXPECT_EQ(refused({orphan}), Code::storage_corrupt);
  Person broken = person(1, "\xff");
  EXPECT_EQ(refused({broken}), Code::storage_corrupt);
  const ActorRecord root{ActorId(1), "root", std::nullopt};
  HistoryRow row;
  row.seq = Seq(1);
  row.batch = Version(1);
  row.kind = HistoryKind::person_added;
  row.person = PersonId(1);
  row.actor = ActorId(1);
  EXPECT_EQ(refused({person(1, "Ada"), root, row}), Code::ok);
  EXPECT_EQ(refused({person(1, "Ada"), row}), Code::storage_corrupt) << "no such actor";
  EXPECT_EQ(refused({root, row}), Code::storage_corrupt) << "no such person";
  row.license = LicenseId(std::uint64_t{1} << 63);
  EXPECT_EQ(refused({person(1, "Ada"), root, row}), Code::storage_corrupt);
  License license;
  license.id = LicenseId(1);
  license.name = "Vector";
  license.owner = PersonId(1);
  license.revision = Revision(1);
  HistoryRow added = row;
  added.seq = Seq(2);
  added.kind = HistoryKind::license_added;
  added.person = {};
  added.license = LicenseId(1);
  added.after = LicenseTerms{license.total_seats, license.policy, license.owner, std::nullopt};
  row.license = {};
  EXPECT_EQ(refused({person(1, "Ada"), root, license, row, added}), Code::ok);
  EXPECT_EQ(refused({person(1, "Ada"), license}), Code::storage_corrupt) << "no history";
  EXPECT_EQ(refused({license}), Code::storage_corrupt) << "no such owner";
  license.policy = static_cast<CapacityPolicy>(9);
  EXPECT_EQ(refused({person(1, "Ada"), license}), Code::storage_corrupt);
}

TEST(StorageFaults, ClashingEmailsAreNamed) {
  RULE("C17");
  const auto storage = memory_storage();
  Person twin = person(2, "Twin");
  twin.email = "SOMEONE1@example.com";
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada"), twin})));
  const auto opened = Book::open(storage);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::storage_corrupt);
  EXPECT_EQ(opened.error().message, "the people 1 and 2 have the same email");
}

TEST(StorageFaults, AnotherUnicodeVersionIsUpdatedByTheNextBatch) {
  RULE("C17");
  const auto storage = memory_storage();
  {
    Desk desk(storage);
    desk.person("Ada");
    ASSERT_TRUE(storage->append(batch(desk.book.version().value, 1, {BookInfo{"1.0.0"}})));
  }
  Desk desk(storage);
  EXPECT_NE(desk.dump().find("1.0.0"), std::string::npos);
  desk.person("Bo");
  EXPECT_EQ(desk.dump().find("1.0.0"), std::string::npos);
  EXPECT_EQ(Desk(storage).dump(), desk.dump());
}

/// The storage's destructor calls the book, which must not hold a lock then.
TEST(StorageFaults, HostObjectsAreReleasedWithoutALock) {
  class CallsInDestructor final : public Storage {
   public:
    explicit CallsInDestructor(std::shared_ptr<std::function<void()>> at_end)
        : at_end_(std::move(at_end)) {}
    CallsInDestructor(const CallsInDestructor&) = delete;
    CallsInDestructor& operator=(const CallsInDestructor&) = delete;
    ~CallsInDestructor() override {
      if (*at_end_) (*at_end_)();
    }
    Result<Version> read(Version after, RecordSink& sink) override {
      return inner_->read(after, sink);
    }
    Result<void> append(const Batch& batch) override { return inner_->append(batch); }
    Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }

   private:
    std::shared_ptr<Storage> inner_ = memory_storage();
    std::shared_ptr<std::function<void()>> at_end_;
  };
  const auto at_end = std::make_shared<std::function<void()>>();
  Code returned = Code::ok;
  std::weak_ptr<int> owned_by_listener;
  {
    Desk desk(std::make_shared<CallsInDestructor>(at_end));
    *at_end = [&returned, admin = desk.admin] {
      returned = code_of(admin.get_person(PersonId(1)));
    };
    const auto owned = std::make_shared<int>(1);
    owned_by_listener = owned;
    desk.book.subscribe([owned, admin = desk.admin](const Event&) {});
    desk.book.close();
  }
  EXPECT_EQ(returned, Code::book_closed);
  EXPECT_TRUE(owned_by_listener.expired())
      << "a session in a listener does not keep the book alive";
}

TEST(StorageFaults, AStorageWhoseVersionDecreasesIsCorrupt) {
  const auto storage = memory_storage();
  class Shrinking final : public Storage {
   public:
    explicit Shrinking(std::shared_ptr<Storage> inner) : inner_(std::move(inner)) {}
    Result<Version> read(Version after, RecordSink& sink) override {
      if (shrunk) return Version(0);
      return inner_->read(after, sink);
    }
    Result<void> append(const Batch& batch) override { return inner_->append(batch); }
    Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }
    bool shrunk = false;

   private:
    std::shared_ptr<Storage> inner_;
  };
  const auto shrinking = std::make_shared<Shrinking>(storage);
  Desk desk(shrinking);
  desk.person("Ada");
  shrinking->shrunk = true;
  expect_refused(desk, Code::storage_corrupt, nullptr,
                 [&] { return desk.admin.add_person({.name = "Bo"}); });
}

TEST(StorageFaults, AStorageThatRefusesChangesLeavesTheBookReadable) {
  class Retired final : public Storage {
   public:
    Result<Version> read(Version after, RecordSink& sink) override {
      return inner->read(after, sink);
    }
    Result<void> append(const Batch& batch) override {
      if (in_append) return Error{Code::book_needs_reopen, "another program has the file"};
      return inner->append(batch);
    }
    Result<std::optional<Version>> find(const Token& token) override {
      ++finds;
      return inner->find(token);
    }
    Result<void> lock() override {
      if (in_lock) return Error{Code::book_needs_reopen, "another program has the file"};
      return {};
    }
    std::shared_ptr<Storage> inner = memory_storage();
    bool in_append = false;
    bool in_lock = false;
    int finds = 0;
  };
  const auto storage = std::make_shared<Retired>();
  Desk desk(storage);
  const auto ada = desk.person("Ada");
  for (bool* const failing : {&storage->in_append, &storage->in_lock}) {
    *failing = true;
    expect_refused(desk, Code::book_needs_reopen, nullptr,
                   [&] { return desk.admin.add_person({.name = "Bo"}); });
    EXPECT_TRUE(desk.admin.get_person(ada)) << "queries still work";
    EXPECT_TRUE(desk.book.refresh());
    EXPECT_EQ(storage->finds, 0) << "it is certain that nothing was written";
    *failing = false;
  }
  EXPECT_TRUE(desk.admin.add_person({.name = "Bo"})) << "works again if the storage accepts it";
}

TEST(StorageFaults, ABookPublishesOnlyTheEventsOfItsCommits) {
  RULE("C41");
  const auto storage = memory_storage();
  Desk one(storage);
  Desk two(storage);
  std::vector<Seq> events_one;
  std::vector<Seq> events_two;
  one.book.subscribe([&](const Event& event) { events_one.push_back(event.seq); });
  two.book.subscribe([&](const Event& event) { events_two.push_back(event.seq); });
  const auto license = one.license("Vector", 2);
  const auto seat = one.seat(license, one.person("Ada"));
  ASSERT_TRUE(two.admin.revoke({.assignment = seat}));
  two.seat(license, two.person("Bo"));
  ASSERT_TRUE(one.book.refresh());
  EXPECT_EQ(events_one.size(), 1U);
  EXPECT_EQ(events_two.size(), 2U);
  EXPECT_EQ(one.admin.events_after({}).value().events.size(), 3U);
}

/// Fails every incremental read, because it cannot verify that the new records continue the known
/// ones.
class Unverifiable final : public ForwardingStorage {
 public:
  using ForwardingStorage::ForwardingStorage;
  Result<Version> read(Version after, RecordSink& sink) override {
    if (after) return Error{Code::book_needs_reopen, "the last batch is unknown"};
    if (whole_read_fails) return *whole_read_fails;
    return (instead ? *instead : *inner()).read(after, sink);
  }
  std::optional<Error> whole_read_fails;
  StoragePointer instead;
};

TEST(StorageFaults, AStorageThatCannotBeVerifiedIsReadAgain) {
  const StoragePointer inner = memory_storage();
  Desk(inner).person("Ada");
  const auto storage = std::make_shared<Unverifiable>(inner);
  Desk desk(storage);
  {
    Desk other(inner);
    const PersonId bo = other.person("Bo");
    other.seat(other.license("Vector", 2), bo);
  }
  // If the full read fails, the book stays usable.
  storage->whole_read_fails = Error{Code::storage_failed, "down"};
  EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_failed);
  EXPECT_EQ(desk.admin.people().value().size(), 1U);
  storage->whole_read_fails.reset();
  ASSERT_TRUE(desk.book.refresh());
  EXPECT_EQ(desk.dump(), Desk(inner).dump());
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  desk.person("Cy");
  EXPECT_EQ(desk.dump(), Desk(inner).dump());
}

TEST(StorageFaults, ABookDoesNotContinueWithAnotherHistory) {
  const auto needs_reopen = [](const std::function<void(Unverifiable&)>& change) {
    const StoragePointer inner = memory_storage();
    Desk(inner).person("Ada");
    const auto storage = std::make_shared<Unverifiable>(inner);
    Desk desk(storage);
    Desk(inner).person("Bo");
    change(*storage);
    EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk.admin.people()), Code::book_needs_reopen);
    EXPECT_EQ(code_of(desk.admin.add_person({.name = "Cy"})), Code::book_needs_reopen);
  };
  const auto history_of = [](const std::vector<std::string>& names) {
    StoragePointer storage = memory_storage();
    Desk desk(storage);
    for (const std::string& name : names) {
      desk.clock->advance_us(second_us);
      desk.person(name);
    }
    return storage;
  };
  needs_reopen([&](Unverifiable& storage) { storage.instead = history_of({"Eve", "Bo"}); });
  needs_reopen([&](Unverifiable& storage) { storage.instead = memory_storage(); });
  needs_reopen([&](Unverifiable& storage) {
    storage.whole_read_fails = Error{Code::book_needs_reopen, "the history is a different one"};
  });
}

}  // namespace
}  // namespace seatbook::testing
