/// Calls that a book commits as one group, in a known order.
#ifndef SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_
#define SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/books.hpp"
#include "support/faulty_storage.hpp"

namespace seatbook::testing {

using Receipt = Result<SeatReceipt>;
using SeatCall = std::function<Receipt(Session&)>;

/// Returns a call of a method of Session with this command.
template <class Command>
SeatCall call(Receipt (Session::*method)(const Command&), std::type_identity_t<Command> command) {
  return [=](Session& desk) { return (desk.*method)(command); };
}
inline SeatCall assign(LicenseId license, PersonId person, std::optional<RequestId> id = {}) {
  return call(&Session::assign, {.license = license, .person = person, .request_id = id});
}
inline SeatCall revoke(AssignmentId assignment) {
  return call(&Session::revoke, {.assignment = assignment});
}

/// A desk on a storage in memory whose lock() can be held, so that calls queue behind it.
struct GroupDesk {
  explicit GroupDesk(std::shared_ptr<Storage> inner = memory_storage(), OpenOptions options = {})
      : storage(std::make_shared<FaultyStorage>(std::move(inner))), desk(storage, options) {
    storage->on_lock = [this](int) {
      ++locking;
      while (held) std::this_thread::sleep_for(std::chrono::microseconds(50));
      return Fault::none;
    };
  }

  void wait_for_queue(std::size_t length) const {
    while (desk.book.stats().value().queue_length < length)
      std::this_thread::sleep_for(std::chrono::microseconds(50));
  }

  /// Executes the calls in this order, each on its own thread. The first one leads the group, with
  /// `on_leader` called on its thread before the call.
  std::vector<Receipt> together(
      const std::vector<SeatCall>& calls, const std::function<void()>& on_leader = [] {},
      const std::function<void()>& while_queued = [] {}) {
    std::vector<std::optional<Receipt>> receipts(calls.size());
    std::vector<std::thread> threads;
    held = true;
    locking = 0;
    // Holds the lock of the storage, and can join no group.
    threads.emplace_back(
        [this] { static_cast<void>(desk.admin.record_uses({.uses = {SeatUse{}}})); });
    while (locking == 0) std::this_thread::sleep_for(std::chrono::microseconds(50));
    for (std::size_t i = 0; i < calls.size(); ++i) {
      threads.emplace_back([&, i] {
        Session own = desk.book.session({.actor = "root", .role = Role::super_admin});
        if (i == 0) on_leader();
        receipts[i] = calls[i](own);
      });
      wait_for_queue(i + 1);
    }
    while_queued();
    held = false;
    for (std::thread& thread : threads) thread.join();
    std::vector<Receipt> results;
    results.reserve(receipts.size());
    for (auto& receipt : receipts) results.push_back(*std::move(receipt));
    return results;
  }

  /// The records as another book on the same storage reads them.
  [[nodiscard]] std::string stored() const { return Desk(storage).dump(); }

  std::atomic<bool> held{false};
  std::atomic<int> locking{0};
  std::shared_ptr<FaultyStorage> storage;
  Desk desk;
};

/// A license, and people who can get a seat.
struct Team : GroupDesk {
  explicit Team(SeatTotal total, std::size_t size = 6,
                std::shared_ptr<Storage> inner = memory_storage())
      : GroupDesk(std::move(inner)), license(desk.license("Vector", total)) {
    for (std::size_t i = 0; i < size; ++i) {
      people.push_back(desk.person("Person " + std::to_string(i)));
    }
    storage->appends = 0;
  }

  std::vector<SeatCall> one_seat_each(std::size_t count) const {
    std::vector<SeatCall> calls;
    for (std::size_t i = 0; i < count; ++i) calls.push_back(assign(license, people[i]));
    return calls;
  }
  /// Expects that the book and another one on its storage have the same records, and no violation.
  void expect_consistent() {
    ASSERT_TRUE(desk.book.refresh().has_value());
    EXPECT_EQ(desk.dump(), stored());
    EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  }

  LicenseId license;
  std::vector<PersonId> people;
};

/// Random calls on a small book, so that they often depend on each other.
class RandomCalls {
 public:
  explicit RandomCalls(std::uint32_t seed) : random_(seed) {}

  SeatCall next() {
    const AssignmentId seat(1 + random_() % 14);
    const PersonId person(1 + random_() % 6);
    const LicenseId license(1 + random_() % 2);
    std::optional<RequestId> id;
    if (random_() % 4 == 0) {
      id.emplace();
      id->bytes.fill(static_cast<std::uint8_t>(random_() % 5));
    }
    std::optional<Revision> expected;
    if (random_() % 3 == 0) expected = Revision(1 + random_() % 3);
    const std::string text = std::to_string(random_() % 3);
    const Timestamp at{instant("2026-03-01T11:59:58Z").us +
                       static_cast<std::int64_t>(random_() % 6) * second_us};
    switch (random_() % 8) {
      case 0:
      case 1:
      case 2:
        return call(&Session::assign,
                    {.license = license, .person = person, .notes = text, .request_id = id});
      case 3:
        return call(
            &Session::revoke,
            {.assignment = seat, .reason = text, .expected_revision = expected, .request_id = id});
      case 4:
        return call(&Session::transfer, {.assignment = seat,
                                         .person = person,
                                         .expected_revision = expected,
                                         .request_id = id});
      case 5:
        return call(
            &Session::edit_seat,
            {.assignment = seat, .account = text, .expected_revision = expected, .request_id = id});
      case 6:
        return call(&Session::mark_reviewed,
                    {.assignment = seat, .expected_revision = expected, .request_id = id});
      default:
        return call(&Session::record_use, {.assignment = seat, .used_at = at, .request_id = id});
    }
  }

 private:
  std::mt19937 random_;
};

/// Two licenses, six people and three flagged seats.
inline void fill(Desk& desk) {
  desk.license("Vector", 3);
  desk.license("Figma", 2);
  for (int i = 0; i < 5; ++i) desk.person("Person " + std::to_string(i));
  for (const std::uint64_t person : {2U, 3U, 4U}) {
    desk.seat(LicenseId(person % 2 + 1), PersonId(person));
    static_cast<void>(desk.admin.archive_person({.person = PersonId(person)}).value());
  }
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_
