// Kills a writing process with SIGKILL at any moment: no acknowledged batch is lost, and no batch
// or group of batches is written partially.
//
//   SEATBOOK_SOAK=1    2,000 kills instead of 200
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/grouped.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook {
namespace {

using testing::Folder;

constexpr std::size_t people_per_batch = 12;

RequestId request(std::uint64_t number) {
  RequestId id;
  id.bytes[0] = 0xee;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    id.bytes[8 + byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  }
  return id;
}

/// Returns the number of the last batch in the group that starts with batch `first`.
std::uint64_t last_of_group(std::uint64_t first) {
  return first + first * 7 % 5;
}

/// Writes groups of 1 to 5 batches until it is killed. Writes the number of the last batch of each
/// acknowledged group to `reports`.
[[noreturn]] void write_until_killed(const std::string& path, std::uint64_t next, int reports) {
  auto storage = sqlite::open_storage(path);
  if (!storage) _exit(2);
  const auto grouped = std::make_shared<testing::Grouped>(*std::move(storage));
  auto book = Book::open(grouped);
  if (!book) _exit(2);
  auto admin = book->session({.actor = "root", .role = Role::super_admin});
  for (std::uint64_t last = last_of_group(next);; ++next) {
    bool done = false;
    if (next % 3 == 0) {
      std::string people = "Name\n";
      for (std::size_t i = 0; i < people_per_batch; ++i) {
        people += "batch " + std::to_string(next) + "\n";
      }
      done = admin.import_people({.csv = people, .request_id = request(next)}).has_value();
    } else {
      done = admin
                 .add_license({.name = "batch " + std::to_string(next) + std::string(150, 'x'),
                               .owner = PersonId(1),
                               .request_id = request(next)})
                 .has_value();
    }
    if (!done) _exit(3);
    if (next < last) continue;
    if (!grouped->flush() || write(reports, &next, sizeof next) != sizeof next) _exit(3);
    last = last_of_group(next + 1);
  }
}

/// Waits until the writer has reported a batch, or has ended.
void wait_for_report(int from) {
  pollfd report{from, POLLIN, 0};
  poll(&report, 1, 60'000);
}

/// Returns the last number that the writer reported, or 0.
std::uint64_t last_reported(int from) {
  std::uint64_t last = 0;
  std::uint64_t number = 0;
  while (read(from, &number, sizeof number) == sizeof number) last = number;
  return last;
}

TEST(SqliteKill, AProcessKilledAtAnyMomentLosesNothingAcknowledged) {
  const char* const soak = std::getenv("SEATBOOK_SOAK");
  const int kills = soak != nullptr && *soak != '\0' ? 2'000 : 200;
  const Folder folder;
  std::mt19937_64 random(11);
  std::string path;
  std::uint64_t next = 1;
  std::uint64_t acknowledged = 0;
  int killed_at_work = 0;
  for (int kill_number = 0; kill_number < kills; ++kill_number) {
    if (kill_number % 25 == 0) {  // starts a new file, because its first moments matter most
      path = folder.file("book" + std::to_string(kill_number) + ".db");
      next = 1;
      acknowledged = 0;
      auto book = sqlite::open(path).value();
      auto admin = book.session({.actor = "root", .role = Role::super_admin});
      ASSERT_TRUE(admin.add_person({.name = "Olga"}));
    }
    std::array<int, 2> reports{};
    ASSERT_EQ(pipe(reports.data()), 0);
    const pid_t child = fork();
    if (child == 0) write_until_killed(path, next, reports[1]);
    close(reports[1]);
    // Kills every fourth process at any time, even while it opens the book. Kills the others only
    // after their first batch.
    if (kill_number % 4 != 0) wait_for_report(reports[0]);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 15'000));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it exited with " << status;
    const std::uint64_t last = last_reported(reports[0]);
    close(reports[0]);
    if (last != 0) {
      acknowledged = last;
      ++killed_at_work;
    }

    const auto storage = sqlite::open_storage(path).value();
    auto book = Book::open(storage).value();
    ASSERT_EQ(book.check_invariants().value(), std::vector<std::string>{});
    // Expects all acknowledged groups, possibly the one in flight, and no other.
    next = acknowledged + 1;
    for (std::uint64_t number = 1; number <= acknowledged; ++number) {
      ASSERT_TRUE(storage->find(request(number)).value()) << "lost: " << number;
    }
    if (storage->find(request(next)).value()) {
      acknowledged = last_of_group(next);
      for (; next <= acknowledged; ++next) {
        ASSERT_TRUE(storage->find(request(next)).value()) << "part of a group is lost: " << next;
      }
    }
    ASSERT_FALSE(storage->find(request(next)).value());
    ASSERT_EQ(book.version(), Version(acknowledged + 1));
    std::map<std::string, std::size_t> people;
    auto admin = book.session({.actor = "root", .role = Role::super_admin});
    PeopleQuery query;
    query.limit = 10'000;
    for (const Person& person : admin.people(query).value()) ++people[person.name];
    ASSERT_EQ(people.size(), acknowledged / 3 + 1);
    for (const auto& [name, count] : people) {
      ASSERT_EQ(count, name == "Olga" ? 1 : people_per_batch) << "torn: " << name;
    }
  }
  EXPECT_GT(killed_at_work, kills / 2);
}

}  // namespace
}  // namespace seatbook
