// Tests books on every storage: two at the same time, reopened, catching up with each other.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "storage/contract.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

TEST_P(StorageContract, ABookOpensAsItWasClosed) {
  std::string before;
  {
    Desk desk(storage_);
    const auto ada = desk.person("Ada", "ada@example.com");
    const auto license = desk.license("Vector", 2);
    const auto seat = desk.seat(license, ada);
    desk.seat(license, desk.person("Bo"));
    ASSERT_TRUE(desk.admin.revoke({.assignment = seat, .reason = "left"}));
    ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
    before = desk.dump();
  }
  reopen();
  Desk again(storage_);
  EXPECT_EQ(again.dump(), before);
  EXPECT_TRUE(again.findings().empty());
}

TEST_P(StorageContract, TwoBooksWriteInTurnsAndAgree) {
  Desk one(storage_);
  Desk two(storage_);
  const auto license = one.license("Vector", 3);
  const auto ada = two.person("Ada", "ada@example.com");
  const auto bo = one.person("Bo");
  const auto seat = two.seat(license, ada);
  one.seat(license, bo);
  ASSERT_TRUE(one.admin.revoke({.assignment = seat}));
  EXPECT_EQ(code_of(two.admin.revoke({.assignment = seat})), Code::already_revoked);
  EXPECT_EQ(code_of(two.admin.add_person({.name = "Ada", .email = "ADA@example.com"})),
            Code::email_taken);
  ASSERT_TRUE(one.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
  EXPECT_TRUE(two.findings().empty());
}

TEST_P(StorageContract, CatchesUpOverAnEmailSwapAndANewSeatTogether) {
  Desk writer(storage_);
  const auto ada = writer.person("Ada", "ada@example.com");
  const auto bo = writer.person("Bo", "bo@example.com");
  const auto license = writer.license("Vector", 1);
  const auto first = writer.seat(license, ada);
  Desk reader(storage_);

  const auto rename = [&](PersonId who, const char* email) {
    ASSERT_TRUE(writer.admin.update_person({.person = who, .email = email}));
  };
  rename(ada, "between@example.com");
  rename(bo, "ada@example.com");
  rename(ada, "bo@example.com");
  ASSERT_TRUE(writer.admin.revoke({.assignment = first}));
  const auto second = writer.seat(license, ada);
  ASSERT_TRUE(writer.admin.revoke({.assignment = second}));
  const auto third = writer.seat(license, ada);

  ASSERT_EQ(reader.book.refresh().value(), writer.book.version());
  EXPECT_EQ(reader.dump(), writer.dump());
  EXPECT_TRUE(reader.findings().empty());
  EXPECT_EQ(reader.admin.find_person({.email = "ada@example.com"}).value(), bo);
  EXPECT_EQ(reader.admin.find_seat(license, ada).value(), third);
}

TEST_P(StorageContract, CatchesUpOverSwapsOfHostKeys) {
  Desk writer(storage_);
  const auto ada = writer.person("Ada");
  const auto bo = writer.person("Bo");
  const auto one = writer.license("One", 1);
  const auto two = writer.license("Two", 1);
  const auto rename = [&](auto record, const char* key) {
    if constexpr (std::is_same_v<decltype(record), PersonId>) {
      ASSERT_TRUE(writer.admin.update_person({.person = record, .host_key = key}));
    } else {
      ASSERT_TRUE(writer.admin.update_license({.license = record, .host_key = key}));
    }
  };
  rename(ada, "a");
  rename(bo, "b");
  rename(one, "1");
  rename(two, "2");
  Desk reader(storage_);

  rename(ada, "between");
  rename(bo, "a");
  rename(ada, "b");
  rename(one, "between");
  rename(two, "1");
  rename(one, "2");

  ASSERT_EQ(reader.book.refresh().value(), writer.book.version());
  EXPECT_EQ(reader.dump(), writer.dump());
  EXPECT_TRUE(reader.findings().empty());
  EXPECT_EQ(reader.admin.find_person({.host_key = "a"}).value(), bo);
  EXPECT_EQ(reader.admin.find_license({.host_key = "1"}).value(), two);
}

TEST_P(StorageContract, TwoBooksAndManyThreadsNeverOverAllocate) {
  constexpr int threads_of_each = 4;
  constexpr int people_of_each = 25;
  constexpr std::uint64_t seats = 30;
  Desk one(storage_);
  Desk two(storage_);
  const auto license = one.license("Hot", seats);
  std::vector<std::thread> threads;
  std::atomic<std::uint64_t> granted{0};
  std::atomic<std::uint64_t> full{0};
  for (int thread = 0; thread < 2 * threads_of_each; ++thread) {
    threads.emplace_back([&, thread] {
      Session admin = (thread % 2 == 0 ? one : two).admin;
      for (int i = 0; i < people_of_each; ++i) {
        const auto person = admin.add_person({.name = "P" + std::to_string(thread)});
        ASSERT_TRUE(person) << person.error().message;
        const auto seat = admin.assign({.license = license, .person = person->person});
        ASSERT_TRUE(seat || seat.error().code == Code::no_seats_remaining)
            << to_string(seat.error().code);
        ++(seat ? granted : full);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(granted.load(), seats);
  EXPECT_EQ(full.load(), 2 * threads_of_each * people_of_each - seats);
  ASSERT_TRUE(one.book.refresh());
  ASSERT_TRUE(two.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
}

void expect_repeated(Desk& desk, const RequestId& request, Version first_version) {
  expect_refused(desk, Code::repeated_request, "request_id", [&] {
    auto again = desk.admin.add_person({.name = "Ada", .request_id = request});
    if (!again) {
      EXPECT_EQ(again.error().values, std::vector<std::uint64_t>{first_version.value});
    }
    return again;
  });
}

TEST_P(StorageContract, ARepeatedRequestIsRecognizedByEveryBookAndAfterReopening) {
  RULE("C58");
  const RequestId request = token(77);
  Version first_version;
  {
    Desk one(storage_);
    const auto added = one.admin.add_person({.name = "Ada", .request_id = request});
    ASSERT_TRUE(added);
    first_version = added->version;
    Desk two(storage_);
    expect_repeated(two, request, first_version);
  }
  reopen();
  Desk again(storage_);
  expect_repeated(again, request, first_version);
}

}  // namespace
}  // namespace seatbook::testing
