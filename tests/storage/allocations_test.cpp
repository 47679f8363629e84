// Tests a book when each memory allocation of an open, a command or a catch-up fails.
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {

thread_local int allocations_left = -1;

}  // namespace seatbook::testing

[[gnu::noinline]] void* operator new(std::size_t size) {
  int& left = seatbook::testing::allocations_left;
  if (left >= 0 && left-- == 0) throw std::bad_alloc();
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace seatbook::testing {
namespace {

/// Runs `call` with 0, 1, 2 ... allowed allocations until it succeeds. Passes each result to
/// `check`.
template <class Call, class Check>
void with_less_memory(const Call& call, const Check& check) {
  int failures = 0;
  for (int allowed = 0;; ++allowed) {
    allocations_left = allowed;
    auto result = call();
    const bool ran_out = allocations_left < 0;
    allocations_left = -1;
    check(result);
    if (!ran_out) {
      EXPECT_TRUE(result);
      break;
    }
    ++failures;
  }
  EXPECT_GT(failures, 5);
}

TEST(OutOfMemory, WhileABookIsOpenedIsAnError) {
  const auto storage = memory_storage();
  {
    Desk desk(storage);
    desk.seat(desk.license("Vector", 1), desk.person("Ada", "ada@example.com"));
  }
  with_less_memory(
      [&] { return Book::open(storage); },
      [](const Result<Book>& book) {
        if (!book) {
          // An exception from a storage's read is reported as storage_failed.
          EXPECT_TRUE(code_of(book) == Code::out_of_memory || code_of(book) == Code::storage_failed)
              << book.error().message;
        }
      });
}

TEST(OutOfMemory, WhileTheTablesAreUpdatedNeedsAReopen) {
  const auto storage = memory_storage();
  int reopens_needed = 0;
  for (int allowed = 0;; ++allowed) {
    Desk desk(storage);
    const std::string before = desk.dump();
    const std::string email = "person" + std::to_string(allowed) + "@a-domain.example.com";
    const AddPerson command{.name = "Ada", .email = email};
    allocations_left = allowed;
    const auto added = desk.admin.add_person(command);
    const bool ran_out = allocations_left < 0;
    allocations_left = -1;
    const bool needs_reopen = code_of(added) == Code::book_needs_reopen;
    if (needs_reopen) {
      ++reopens_needed;
      EXPECT_EQ(code_of(desk.admin.people()), Code::book_needs_reopen);
      EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
    } else if (!added) {
      EXPECT_EQ(desk.dump(), before) << to_string(code_of(added));
    }
    Desk reopened(storage);
    EXPECT_EQ(reopened.admin.find_person({.email = email})->has_value(), added || needs_reopen);
    EXPECT_TRUE(reopened.findings().empty());
    if (!ran_out) break;
  }
  EXPECT_GT(reopens_needed, 0);
}

TEST(OutOfMemory, WhileEventsAreQueuedDropsTheEventsOfTheCommit) {
  RULE("C70");
  std::uint64_t dropped = 0;
  for (int allowed = 0;; ++allowed) {
    Desk desk;
    const auto license = desk.license("A license whose name needs memory", 1);
    const auto ada = desk.person("A person whose name needs memory");
    std::uint64_t events = 0;
    std::uint64_t notifications = 0;
    desk.book.subscribe([&](const Event&) { ++events; });
    desk.book.subscribe_notifications([&](const Notification&) { ++notifications; });
    allocations_left = allowed;
    const auto seat = desk.admin.assign({.license = license, .person = ada});
    const bool ran_out = allocations_left < 0;
    allocations_left = -1;
    dropped += desk.book.dropped_events();
    EXPECT_EQ(events + desk.book.dropped_events(), seat ? 1U : 0U);
    EXPECT_EQ(notifications, events) << "all events of a commit or none";
    if (!ran_out) break;
  }
  EXPECT_GT(dropped, 0U);
}

}  // namespace
}  // namespace seatbook::testing
