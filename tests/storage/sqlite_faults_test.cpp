// Tests the SQLite storage on a disk that fails each call in turn, and on one that loses power
// after each write: with batches one by one, and in groups.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/disk.hpp"
#include "storage/grouped.hpp"
#include "storage/script.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"
#include "support/sanitized.hpp"

namespace seatbook {
namespace {

using testing::Disk;
using testing::DiskCall;
using testing::DiskFault;
using testing::DiskFiles;
using testing::Folder;
using testing::Grouped;
using testing::PowerLoss;
using testing::Script;
using testing::StepOutcome;

using StepOutcomes = std::vector<StepOutcome>;
const std::vector<std::string> none;

/// An open book on a disk. Its batches are written in groups if `group_size` is above 1.
class Opened {
 public:
  Opened(const Folder& folder, const Disk& disk,
         sqlite::Durability durability = sqlite::Durability::full, std::size_t group_size = 1)
      : group_size_(group_size) {
    auto storage = sqlite::open_storage(folder.file("book.db"),
                                        {.durability = durability, .vfs = disk.name()});
    if (!storage) {
      error = storage.error();
      return;
    }
    storage_ = *storage;
    grouped_ = std::make_shared<Grouped>(storage_);
    auto opened = Book::open(group_size > 1 ? std::shared_ptr<Storage>(grouped_) : storage_,
                             {.clock = clock_});
    if (!opened) {
      error = opened.error();
      return;
    }
    book_.emplace(*std::move(opened));
  }
  explicit operator bool() const { return book_.has_value(); }
  [[nodiscard]] Book& book() { return *book_; }
  /// Runs the group of steps that starts at `step`, sets their outcomes and returns the next step.
  std::size_t run(const Script& script, std::size_t step, StepOutcomes& outcomes) {
    const std::size_t end = std::min(step + group_size_, script.size());
    const auto begin = outcomes.begin() + static_cast<std::ptrdiff_t>(step);
    std::fill_n(begin, end - step, StepOutcome::unknown);  // in flight
    StepOutcomes decided;
    for (std::size_t at = step; at < end; ++at) {
      decided.push_back(script.run(at, *book_, *clock_));
    }
    if (const auto flushed = grouped_->flush(); !flushed) {
      const Code code = flushed.error().code;
      EXPECT_TRUE(code == Code::storage_unknown || code == Code::storage_failed);
      std::fill(decided.begin(), decided.end(),
                code == Code::storage_unknown ? StepOutcome::unknown : StepOutcome::refused);
      failed_ = true;
    }
    std::copy(decided.begin(), decided.end(), begin);
    return end;
  }
  /// Returns whether a group failed: the book then contains batches that its storage may not have.
  [[nodiscard]] bool failed() const { return failed_; }

  /// Lists the steps whose batches are stored.
  [[nodiscard]] std::vector<std::size_t> present(const Script& script) const {
    std::vector<std::size_t> steps;
    for (std::size_t step = 0; step < script.size(); ++step) {
      const auto found = storage_->find(Script::request(step));
      EXPECT_TRUE(found.has_value());
      if (found && *found) steps.push_back(step);
    }
    return steps;
  }

  std::optional<Error> error;

 private:
  std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(testing::instant("2026-03-01T12:00:00Z"));
  const std::size_t group_size_;
  bool failed_ = false;
  std::shared_ptr<Storage> storage_;
  std::shared_ptr<Grouped> grouped_;
  std::optional<Book> book_;
};

/// The content of a disk and the outcomes of the steps at some moment.
struct Image {
  DiskFiles files;
  StepOutcomes outcomes;
};

/// Runs the steps, if the book can be opened. Returns the image that a process would leave if it
/// were killed after the first failed step.
std::optional<Image> run_script(const Script& script, const Folder& folder, Disk& disk,
                                std::size_t group_size, StepOutcomes& outcomes) {
  std::optional<Image> at_failure;
  Opened opened(folder, disk, sqlite::Durability::full, group_size);
  if (!opened) return at_failure;
  for (std::size_t step = 0; step < script.size() && !opened.failed();) {
    const std::size_t first = step;
    step = opened.run(script, step, outcomes);
    if (outcomes[first] != StepOutcome::acknowledged && !at_failure)
      at_failure = Image{disk.files(), outcomes};
  }
  EXPECT_TRUE(opened.book().check_invariants().value().empty());
  return at_failure;
}

/// Compares the content of a disk with the reported outcomes. Returns the violations.
std::vector<std::string> broken_promises(const Script& script, const Folder& folder,
                                         DiskFiles files, const StepOutcomes& outcomes,
                                         std::size_t group_size = 1) {
  std::vector<std::string> broken;
  const Disk disk(std::move(files));
  Opened found(folder, disk);
  if (!found) return {"it does not open: " + found.error->message};
  const auto present = found.present(script);
  bool previous = false;
  for (std::size_t step = 0; step < script.size(); ++step) {
    const bool stored = std::find(present.begin(), present.end(), step) != present.end();
    if (outcomes[step] == StepOutcome::acknowledged && !stored) {
      broken.push_back("acknowledged and lost: step " + std::to_string(step));
    }
    if ((outcomes[step] == StepOutcome::refused || outcomes[step] == StepOutcome::skipped) &&
        stored) {
      broken.push_back("refused and stored: step " + std::to_string(step));
    }
    if (step % group_size != 0 && stored != previous) {
      broken.push_back("part of a group is stored: step " + std::to_string(step));
    }
    previous = stored;
  }
  for (const std::string& finding : found.book().check_invariants().value()) {
    broken.push_back(finding);
  }
  if (found.book().dump().value() != script.dump_after(present)) {
    broken.emplace_back("the records do not match the stored batches");
  }
  return broken;
}

/// Lists the kinds of all disk calls from opening to closing, in order.
std::vector<DiskCall> calls_of_script(const Script& script, const Folder& folder,
                                      std::size_t group_size) {
  Disk disk;
  std::vector<DiskCall> calls;
  disk.on_call = [&](DiskCall call, int) {
    calls.push_back(call);
    return DiskFault::none;
  };
  StepOutcomes outcomes(script.size(), StepOutcome::skipped);
  EXPECT_FALSE(run_script(script, folder, disk, group_size, outcomes).has_value());
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), StepOutcome::acknowledged),
            static_cast<std::ptrdiff_t>(script.size()));
  return calls;
}

std::vector<DiskFault> faults_of(DiskCall call) {
  if (call != DiskCall::write) return {DiskFault::error};
  return {DiskFault::error, DiskFault::full, DiskFault::lost_success};
}

/// For every k, fails the k-th call once, or that and all later ones. Then checks the disk as it
/// is, after the book was opened again, and after a power loss.
void fail_everywhere(std::size_t group_size) {
  const Script script;
  const Folder folder;
  const std::vector<DiskCall> calls = calls_of_script(script, folder, group_size);
  ASSERT_GT(calls.size(), group_size == 1 ? 200U : 100U);
  std::map<DiskCall, int> failed;
  // Without a sanitizer, fails every call; with one, every seventh of each kind.
  constexpr int stride = testing::sanitized ? 7 : 1;
  std::map<DiskCall, int> seen;
  for (int failing = 0; failing < static_cast<int>(calls.size()); ++failing) {
    if (seen[calls[static_cast<std::size_t>(failing)]]++ % stride != 0) continue;
    for (const bool always : {false, true}) {
      for (int variant = 0; variant < 3; ++variant) {
        Disk disk({},
                  static_cast<std::uint64_t>(failing) * 7 + static_cast<std::uint64_t>(variant));
        bool tried = false;
        DiskCall first = DiskCall::open;
        disk.on_call = [&](DiskCall call, int number) {
          if (always ? number < failing : number != failing) return DiskFault::none;
          const auto faults = faults_of(call);
          if (number == failing) {
            first = call;
            tried = static_cast<std::size_t>(variant) < faults.size();
          }
          return tried ? faults[std::min<std::size_t>(static_cast<std::size_t>(variant),
                                                      faults.size() - 1)]
                       : DiskFault::none;
        };
        StepOutcomes outcomes(script.size(), StepOutcome::skipped);
        auto killed = run_script(script, folder, disk, group_size, outcomes);
        if (!tried) continue;
        ++failed[first];
        disk.on_call = nullptr;
        SCOPED_TRACE(::testing::Message()
                     << "call " << failing << (always ? " and all later ones" : "") << ", of kind "
                     << static_cast<int>(first) << ", variant " << variant);
        if (killed) {
          EXPECT_EQ(broken_promises(script, folder, std::move(killed->files), killed->outcomes,
                                    group_size),
                    none);
        }
        // The visible content, and the content after a power loss now.
        EXPECT_EQ(broken_promises(script, folder, disk.files(), outcomes, group_size), none);
        EXPECT_EQ(
            broken_promises(script, folder, disk.files().after(PowerLoss::some, disk.random()),
                            outcomes, group_size),
            none);
        // A reopened book must not rely on content that is visible but not durable: what it has
        // read must survive a later power loss.
        StepOutcomes later = outcomes;
        DiskFiles just_opened;
        std::vector<DiskFiles> while_opening;
        if (first == DiskCall::sync) {
          disk.on_change = [&] {
            while_opening.push_back(disk.files().after(PowerLoss::some, disk.random()));
          };
        }
        {
          Opened again(folder, disk);
          ASSERT_TRUE(again) << again.error->message;
          disk.on_change = nullptr;
          const auto present = again.present(script);
          for (std::size_t step = 0; step < script.size(); ++step) {
            const bool stored = std::find(present.begin(), present.end(), step) != present.end();
            later[step] = stored ? StepOutcome::acknowledged : StepOutcome::refused;
          }
          just_opened = disk.files().after(PowerLoss::some, disk.random());
        }
        for (DiskFiles& image : while_opening) {
          EXPECT_EQ(broken_promises(script, folder, std::move(image), outcomes), none);
        }
        EXPECT_EQ(broken_promises(script, folder, std::move(just_opened), later), none);
        EXPECT_EQ(broken_promises(script, folder,
                                  disk.files().after(PowerLoss::nothing, disk.random()), later),
                  none);
      }
    }
  }
  for (const DiskCall call :
       {DiskCall::open, DiskCall::access, DiskCall::read, DiskCall::size, DiskCall::write,
        DiskCall::truncate, DiskCall::sync, DiskCall::lock, DiskCall::remove}) {
    EXPECT_GT(failed[call], 0) << "no call of kind " << static_cast<int>(call) << " has failed";
  }
}

TEST(SqliteFaults, AFailureAtAnyCallLosesNothingAndLeavesNothingBehind) {
  fail_everywhere(1);
}

TEST(SqliteFaults, AFailureAtAnyCallWritesAllOrNothingOfAGroup) {
  fail_everywhere(5);
}

struct Findings {
  int images = 0;
  std::vector<std::string> broken;
};

/// Simulates a power loss after every change that the script makes to the disk.
Findings lose_power_everywhere(bool lying_disk, sqlite::Durability durability,
                               std::size_t group_size = 1) {
  const Script script;
  const Folder folder;
  Disk disk;
  disk.lies = lying_disk;
  std::mt19937_64 random(42);
  StepOutcomes outcomes(script.size(), StepOutcome::skipped);
  std::vector<Image> images;
  disk.on_change = [&] {
    for (const PowerLoss loss :
         {PowerLoss::nothing, PowerLoss::everything, PowerLoss::some, PowerLoss::torn}) {
      images.push_back({disk.files().after(loss, random), outcomes});
    }
  };
  {
    Opened opened(folder, disk, durability, group_size);
    EXPECT_TRUE(opened);
    for (std::size_t step = 0; step < script.size();) step = opened.run(script, step, outcomes);
    EXPECT_EQ(outcomes, StepOutcomes(script.size(), StepOutcome::acknowledged));
  }
  Findings findings;
  findings.images = static_cast<int>(images.size());
  for (Image& image : images) {
    if (durability == sqlite::Durability::relaxed) {
      // The last batches may be missing, but none before them, and none partially.
      std::replace(image.outcomes.begin(), image.outcomes.end(), StepOutcome::acknowledged,
                   StepOutcome::unknown);
    }
    for (std::string& line :
         broken_promises(script, folder, std::move(image.files), image.outcomes, group_size)) {
      findings.broken.push_back(std::move(line));
    }
  }
  return findings;
}

TEST(SqliteFaults, APowerLossAtAnyWriteKeepsAcknowledgedBatches) {
  const Findings findings = lose_power_everywhere(false, sqlite::Durability::full);
  EXPECT_GT(findings.images, 500);
  EXPECT_EQ(findings.broken, none);
}

TEST(SqliteFaults, APowerLossAtAnyWriteKeepsAcknowledgedGroups) {
  const std::size_t whole_script = Script().size();
  for (const std::size_t group_size : {std::size_t{5}, whole_script}) {
    const Findings findings = lose_power_everywhere(false, sqlite::Durability::full, group_size);
    EXPECT_GT(findings.images, 100);
    EXPECT_EQ(findings.broken, none);
  }
}

TEST(SqliteFaults, RelaxedDurabilityLosesWholeBatchesAtTheEndOnly) {
  for (const std::size_t group_size : {1U, 5U}) {
    const Findings findings = lose_power_everywhere(false, sqlite::Durability::relaxed, group_size);
    EXPECT_EQ(findings.broken, none);
  }
}

/// While the disk is full, the log cannot be merged into the file. Erased data stays in the log and
/// in the free space of pages until there is space again, at the latest until the book is closed.
TEST(SqliteFaults, ErasuresOnAFullDiskAreCompletedWhenTheBookIsClosed) {
  const Folder folder;
  Disk disk;
  const auto mark = [](std::size_t number) { return "mark" + std::to_string(number) + "zq"; };
  {
    testing::Desk desk(sqlite::open_storage(folder.file("book.db"), {.vfs = disk.name()}).value());
    std::mt19937 random(3);
    std::vector<PersonId> people;
    for (std::size_t i = 0; i < 100; ++i) people.push_back(desk.person(mark(i)));
    for (int round = 0; round < 400; ++round) {  // growing and shrinking rows move between pages
      const std::size_t i = random() % people.size();
      const std::string name = mark(i) + std::string(random() % 200, 'n');
      ASSERT_TRUE(desk.admin.update_person({.person = people[i], .name = name}));
    }
    bool committed = false;
    int refused_writes = 0;
    disk.on_call = [&](DiskCall call, int) {
      committed = committed || call == DiskCall::sync;
      if (call != DiskCall::write || !committed) return DiskFault::none;
      ++refused_writes;
      return DiskFault::full;
    };
    for (const PersonId person : people) {
      committed = false;
      ASSERT_TRUE(desk.admin.erase_person({.person = person}));
    }
    ASSERT_GT(refused_writes, 0);
    disk.on_call = nullptr;
  }
  for (const auto& [name, file] : disk.files().files) {
    const std::string bytes(file.visible.begin(), file.visible.end());
    for (std::size_t i = 0; i < 100; ++i) {
      EXPECT_EQ(bytes.find(mark(i)), std::string::npos) << mark(i) << " in " << name;
    }
  }
}

/// Checks that the power loss test detects a storage that does not sync.
TEST(SqliteFaults, ADiskThatDoesNotSyncIsDetected) {
  for (const std::size_t group_size : {1U, 5U}) {
    const Findings findings = lose_power_everywhere(true, sqlite::Durability::full, group_size);
    EXPECT_FALSE(findings.broken.empty());
  }
}

}  // namespace
}  // namespace seatbook
