// SQLite on a disk that fails at every call in turn, and on one that loses its power at every
// write.
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
using testing::Fate;
using testing::Folder;
using testing::PowerLoss;
using testing::Script;

using Fates = std::vector<Fate>;
const std::vector<std::string> none;

/// A book on a disk, opened as often as a test likes.
class Opened {
 public:
  Opened(const Folder& folder, const Disk& disk,
         sqlite::Durability durability = sqlite::Durability::full) {
    auto storage = sqlite::open_storage(folder.file("book.db"),
                                        {.durability = durability, .vfs = disk.name()});
    if (!storage) {
      error = storage.error();
      return;
    }
    storage_ = *storage;
    auto opened = Book::open(storage_, {.clock = clock_});
    if (!opened) {
      error = opened.error();
      return;
    }
    book_.emplace(*std::move(opened));
  }
  explicit operator bool() const { return book_.has_value(); }
  [[nodiscard]] Book& book() { return *book_; }
  Fate run(const Script& script, std::size_t step) { return script.run(step, *book_, *clock_); }

  /// The steps whose batches are stored.
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
  std::shared_ptr<Storage> storage_;
  std::optional<Book> book_;
};

/// What a disk holds at some moment, and what had been promised by then.
struct Image {
  DiskFiles files;
  Fates fates;
};

/// Runs the steps, if the book can be opened at all. Answers what the process would leave behind if
/// it were killed after the first step that failed.
std::optional<Image> run_script(const Script& script, const Folder& folder, Disk& disk,
                                Fates& fates) {
  std::optional<Image> at_failure;
  Opened opened(folder, disk);
  if (!opened) return at_failure;
  for (std::size_t step = 0; step < script.size(); ++step) {
    fates[step] = opened.run(script, step);
    if (fates[step] != Fate::acknowledged && !at_failure) at_failure = Image{disk.files(), fates};
  }
  EXPECT_TRUE(opened.book().check_invariants().value().empty());
  return at_failure;
}

/// What a disk holds against what was promised: no line is good.
std::vector<std::string> broken_promises(const Script& script, const Folder& folder,
                                         DiskFiles files, const Fates& fates) {
  std::vector<std::string> broken;
  const Disk disk(std::move(files));
  Opened found(folder, disk);
  if (!found) return {"it does not open: " + found.error->message};
  const auto present = found.present(script);
  for (std::size_t step = 0; step < script.size(); ++step) {
    const bool there = std::find(present.begin(), present.end(), step) != present.end();
    if (fates[step] == Fate::acknowledged && !there) {
      broken.push_back("acknowledged and lost: step " + std::to_string(step));
    }
    if ((fates[step] == Fate::refused || fates[step] == Fate::skipped) && there) {
      broken.push_back("refused and there: step " + std::to_string(step));
    }
  }
  for (const std::string& finding : found.book().check_invariants().value()) {
    broken.push_back(finding);
  }
  if (found.book().dump().value() != script.dump_after(present)) {
    broken.emplace_back("the records are not those of the batches that are there");
  }
  return broken;
}

/// The kinds of the calls that the script makes from opening to closing, in their order.
std::vector<DiskCall> calls_of_script(const Script& script, const Folder& folder) {
  Disk disk;
  std::vector<DiskCall> calls;
  disk.on_call = [&](DiskCall call, int) {
    calls.push_back(call);
    return DiskFault::none;
  };
  Fates fates(script.size(), Fate::skipped);
  EXPECT_FALSE(run_script(script, folder, disk, fates).has_value());
  EXPECT_EQ(std::count(fates.begin(), fates.end(), Fate::acknowledged),
            static_cast<std::ptrdiff_t>(script.size()));
  return calls;
}

std::vector<DiskFault> faults_of(DiskCall call) {
  if (call != DiskCall::write) return {DiskFault::error};
  return {DiskFault::error, DiskFault::full, DiskFault::lost_answer};
}

/// Fails the k-th call, for every k, once and from then on, and asks what the disk holds then: as
/// it stands, after the book was opened again and worked on, and after the power has gone.
TEST(SqliteFaults, AFailureAtAnyCallLosesNothingAndLeavesNothingBehind) {
  const Script script;
  const Folder folder;
  const std::vector<DiskCall> calls = calls_of_script(script, folder);
  ASSERT_GT(calls.size(), 200U);
  std::map<DiskCall, int> failed;
  // Without a sanitizer every call fails; with one, every seventh of a kind.
  constexpr int stride = testing::sanitized ? 7 : 1;
  std::map<DiskCall, int> seen;
  for (int failing = 0; failing < static_cast<int>(calls.size()); ++failing) {
    if (seen[calls[static_cast<std::size_t>(failing)]]++ % stride != 0) continue;
    for (const bool for_ever : {false, true}) {
      for (int variant = 0; variant < 3; ++variant) {
        Disk disk({},
                  static_cast<std::uint64_t>(failing) * 7 + static_cast<std::uint64_t>(variant));
        bool tried = false;
        DiskCall first = DiskCall::open;
        disk.on_call = [&](DiskCall call, int number) {
          if (for_ever ? number < failing : number != failing) return DiskFault::none;
          const auto faults = faults_of(call);
          if (number == failing) {
            first = call;
            tried = static_cast<std::size_t>(variant) < faults.size();
          }
          return tried ? faults[std::min<std::size_t>(static_cast<std::size_t>(variant),
                                                      faults.size() - 1)]
                       : DiskFault::none;
        };
        Fates fates(script.size(), Fate::skipped);
        auto killed = run_script(script, folder, disk, fates);
        if (!tried) continue;
        ++failed[first];
        disk.on_call = nullptr;
        SCOPED_TRACE(::testing::Message()
                     << "call " << failing << (for_ever ? " and all later ones" : "")
                     << ", of kind " << static_cast<int>(first) << ", variant " << variant);
        if (killed) {
          EXPECT_EQ(broken_promises(script, folder, std::move(killed->files), killed->fates), none);
        }
        // As it is shown, and as it would be found had the power gone just now.
        EXPECT_EQ(broken_promises(script, folder, disk.files(), fates), none);
        EXPECT_EQ(broken_promises(script, folder,
                                  disk.files().after(PowerLoss::some, disk.random()), fates),
                  none);
        // Opened again it must not build on what is shown but not kept: what it finds is what
        // everybody sees from then on, so no loss of power may take it away any more.
        Fates later = fates;
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
            const bool there = std::find(present.begin(), present.end(), step) != present.end();
            later[step] = there ? Fate::acknowledged : Fate::refused;
          }
          just_opened = disk.files().after(PowerLoss::some, disk.random());
        }
        for (DiskFiles& image : while_opening) {
          EXPECT_EQ(broken_promises(script, folder, std::move(image), fates), none);
        }
        EXPECT_EQ(broken_promises(script, folder, std::move(just_opened), later), none);
        EXPECT_EQ(broken_promises(script, folder,
                                  disk.files().after(PowerLoss::nothing, disk.random()), later),
                  none);
      }
    }
  }
  for (const DiskCall call :
       {DiskCall::open, DiskCall::look, DiskCall::read, DiskCall::size, DiskCall::write,
        DiskCall::truncate, DiskCall::sync, DiskCall::lock, DiskCall::remove}) {
    EXPECT_GT(failed[call], 0) << "no call of kind " << static_cast<int>(call) << " was failed";
  }
}

struct Findings {
  int images = 0;
  std::vector<std::string> broken;
};

/// Lets the power go after every change that the script makes to the disk.
Findings lose_power_everywhere(bool lying_disk, sqlite::Durability durability) {
  const Script script;
  const Folder folder;
  Disk disk;
  disk.lies = lying_disk;
  std::mt19937_64 random(42);
  Fates fates(script.size(), Fate::skipped);
  std::vector<Image> images;
  disk.on_change = [&] {
    for (const PowerLoss loss :
         {PowerLoss::nothing, PowerLoss::everything, PowerLoss::some, PowerLoss::torn}) {
      images.push_back({disk.files().after(loss, random), fates});
    }
  };
  {
    Opened opened(folder, disk, durability);
    EXPECT_TRUE(opened);
    for (std::size_t step = 0; step < script.size(); ++step) {
      fates[step] = Fate::unknown;  // in flight
      fates[step] = opened.run(script, step);
      EXPECT_EQ(fates[step], Fate::acknowledged);
    }
  }
  Findings findings;
  findings.images = static_cast<int>(images.size());
  for (Image& image : images) {
    if (durability == sqlite::Durability::relaxed) {
      // The last ones may be missing, but not one in the middle, and none by half.
      std::replace(image.fates.begin(), image.fates.end(), Fate::acknowledged, Fate::unknown);
    }
    for (std::string& line : broken_promises(script, folder, std::move(image.files), image.fates)) {
      findings.broken.push_back(std::move(line));
    }
  }
  return findings;
}

TEST(SqliteFaults, ALossOfPowerAtAnyWriteKeepsWhatWasAcknowledged) {
  const Findings findings = lose_power_everywhere(false, sqlite::Durability::full);
  EXPECT_GT(findings.images, 500);
  EXPECT_EQ(findings.broken, none);
}

TEST(SqliteFaults, RelaxedDurabilityLosesWholeBatchesAtTheEndOnly) {
  const Findings findings = lose_power_everywhere(false, sqlite::Durability::relaxed);
  EXPECT_EQ(findings.broken, none);
}

/// The log cannot be taken in while the disk is full: what is erased then stays in it, and in the
/// room between a page's rows, until there is space again; at the latest until the book is closed.
TEST(SqliteFaults, ErasuresOnAFullDiskAreMadeUpForWhenTheBookIsClosed) {
  const Folder folder;
  Disk disk;
  const auto mark = [](std::size_t number) { return "mark" + std::to_string(number) + "zq"; };
  {
    testing::Desk desk(sqlite::open_storage(folder.file("book.db"), {.vfs = disk.name()}).value());
    std::mt19937 random(3);
    std::vector<PersonId> people;
    for (std::size_t i = 0; i < 100; ++i) people.push_back(desk.person(mark(i)));
    for (int round = 0; round < 400; ++round) {  // rows that grow and shrink move about
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
    const std::string bytes(file.shown.begin(), file.shown.end());
    for (std::size_t i = 0; i < 100; ++i) {
      EXPECT_EQ(bytes.find(mark(i)), std::string::npos) << mark(i) << " in " << name;
    }
  }
}

/// The test of the loss of power must notice a storage that does not sync.
TEST(SqliteFaults, ADiskThatOnlySaysItSyncsIsFoundOut) {
  const Findings findings = lose_power_everywhere(true, sqlite::Durability::full);
  EXPECT_FALSE(findings.broken.empty());
}

}  // namespace
}  // namespace seatbook
