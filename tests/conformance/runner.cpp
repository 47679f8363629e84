// Runs the cases of tests/conformance/cases on the C++ API, each on an in-memory book and on a book
// with a storage. README.md describes the cases and what a runner must check.
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/catalogue.hpp"
#include "conformance/operations.hpp"
#include "conformance/results.hpp"
#include "support/rule.hpp"

namespace seatbook::conformance {
namespace {

constexpr const char* default_start = "2026-03-01T12:00:00Z";

Actor unrestricted_actor() {
  Actor actor;
  actor.actor = "root";
  actor.role = Role::super_admin;
  return actor;
}

Timestamp instant_of(const json& at) {
  Timestamp instant;
  static_cast<void>(convert(at, instant));
  if (instant == Timestamp::unreadable()) throw CaseError("not a time: " + shown(at));
  return instant;
}

/// Rejects unknown members, such as a misspelled "expects" that would never fail.
void allow_only(const json& object, const std::set<std::string>& members) {
  for (const auto& [member, value] : object.items()) {
    if (!members.contains(member)) throw CaseError("unknown member " + member);
  }
}

void expect_empty(const std::string& difference, const char* prefix = "") {
  if (!difference.empty()) ADD_FAILURE() << prefix << difference;
}

std::string text_of(const Result<std::string>& result) {
  return result ? *result : std::string(to_string(result.error().code));
}

/// The state that a failed call must not change (C43).
struct Snapshot {
  Version version;
  std::string dump;
  json events;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// Runs one case on one book.
class Player {
 public:
  Player(const Catalogue& catalogue, const json& data, std::shared_ptr<Storage> storage)
      : catalogue_(catalogue),
        data_(data),
        storage_(std::move(storage)),
        clock_(std::make_shared<ManualClock>(instant_of(data.value("at", default_start)))),
        book_(storage_ ? Book::open(storage_, options()).value() : Book::open(options()).value()) {
    last_dump_ = book_.dump().value();
    book_.subscribe([this](const Event& event) { events_.push_back(event); });
    book_.subscribe_notifications(
        [this](const Notification& note) { notifications_.push_back(note); });
  }

  void play() {
    int number = 0;
    for (const json& each : data_.at("steps")) {
      SCOPED_TRACE("step " + std::to_string(++number) + ": " + shown(each));
      try {
        step(each);
        check_book();
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
      if (::testing::Test::HasFailure()) return;  // later failures would only be consequences
    }
  }

  /// The result or error of each step.
  [[nodiscard]] const json& results() const { return results_; }
  /// The dump after the last step, or before the book was closed.
  [[nodiscard]] json last_dump() const { return json::parse(last_dump_); }

 private:
  [[nodiscard]] OpenOptions options() const {
    OpenOptions options;
    options.clock = clock_;
    options.allow_clock_behind = data_.value("allow_clock_behind", false);
    return options;
  }

  [[nodiscard]] Snapshot snapshot() {
    const auto page = auditor().events_after(Seq(), max_history_limit);
    return {book_.version(), text_of(book_.dump()), page ? json_of(page->events) : json()};
  }

  [[nodiscard]] Session auditor() const { return book_.session(unrestricted_actor()); }

  [[nodiscard]] Session session_of(const json& step) const {
    for (const auto& [holder, member] : {std::pair(&step, "as"), std::pair(&data_, "actor")}) {
      if (holder->contains(member)) {
        return book_.session(actor_of(filled_in(holder->at(member), saved_)));
      }
    }
    return auditor();
  }

  void step(const json& step) {
    allow_only(step, {"note", "at", "do", "as", "at_least", "args", "save", "expect"});
    if (step.contains("at")) clock_->set(instant_of(step.at("at")));
    if (!step.contains("do")) return;
    const auto name = step.at("do").get<std::string>();
    const auto found = operations().find(name);
    if (found == operations().end()) throw CaseError("unknown operation " + name);
    const OperationSpec& spec = catalogue_.operations.at(name);

    const Snapshot before = snapshot();
    Target target{book_, session_of(step)};
    if (step.contains("at_least")) {
      target.session = target.session.at_least(Version(step.at("at_least").get<std::uint64_t>()));
    }
    Arguments arguments(filled_in(step.value("args", json::object()), saved_));
    const Reply reply = found->second(target, arguments);
    EXPECT_EQ(arguments.known(), spec.request) << "operations.json lists other arguments";

    const json expect = filled_in(step.value("expect", json::object()), saved_);
    allow_only(expect,
               {"error", "field", "index", "values", "outcomes", "message", "ok", "exactly"});
    results_.push_back(reply.error ? json_of(*reply.error) : reply.result);
    if (reply.error) {
      compare(expect, *reply.error);
      EXPECT_TRUE(snapshot() == before)
          << "a failed call changed the book: " << text_of(book_.dump())
          << "\nbefore: " << before.dump;
      return;
    }
    compare(expect, reply.result);
    check_members(spec, reply.result);
    if (step.contains("save")) save(step.at("save"), spec, reply.result);
  }

  static void compare(json expect, const Error& error) {
    const json actual = json_of(error);
    expect.emplace("index", nullptr);  // an index that the case does not expect is a mistake
    expect_empty(expect.contains("error") ? difference(expect, actual, false)
                                          : "failed: " + shown(actual));
  }

  static void compare(const json& expect, const json& result) {
    EXPECT_FALSE(expect.contains("error")) << "did not fail, but returned " << shown(result);
    const bool exactly = expect.contains("exactly");
    if (exactly || expect.contains("ok")) {
      expect_empty(difference(expect.at(exactly ? "exactly" : "ok"), result, exactly));
    }
  }

  /// Checks that a result has exactly the members that operations.json lists.
  static void check_members(const OperationSpec& spec, const json& result) {
    if (spec.result.empty()) return;
    for (const json& object : spec.returns == "list" ? result : json::array({result})) {
      std::set<std::string> members;
      for (const auto& [member, value] : object.items()) members.insert(member);
      EXPECT_EQ(members, spec.result) << "operations.json lists other members";
    }
  }

  void save(const std::string& name, const OperationSpec& spec, const json& result) {
    if (spec.saves.empty()) throw CaseError("the operation returns no id to save");
    const json id = spec.returns == "value" ? result : result.at(spec.saves);
    if (id.is_null()) throw CaseError("no id to save as " + name);
    if (!saved_.emplace(name, id).second) throw CaseError(name + " is saved twice");
  }

  /// Checks the invariants, and that listeners received the events that events_after returns.
  void check_book() {
    const auto findings = book_.check_invariants();
    if (!findings) {
      EXPECT_EQ(findings.error().code, Code::book_closed);
      return;
    }
    EXPECT_EQ(*findings, std::vector<std::string>());
    const auto page = auditor().events_after(seen_, max_history_limit);
    const auto notes = auditor().notifications_after(seen_, max_history_limit);
    EXPECT_EQ(json_of(events_), json_of(page->events)) << "listeners received other events";
    EXPECT_EQ(json_of(notifications_), json_of(notes->notifications))
        << "listeners received other notifications";
    events_.clear();
    notifications_.clear();
    seen_ = page->next;
    last_dump_ = book_.dump().value();
  }

  const Catalogue& catalogue_;
  const json& data_;
  std::shared_ptr<Storage> storage_;
  std::shared_ptr<ManualClock> clock_;
  Book book_;
  SavedIds saved_;
  json results_ = json::array();
  std::vector<Event> events_;  // received since the last step
  std::vector<Notification> notifications_;
  Seq seen_;
  std::string last_dump_;
};

class CaseTest : public ::testing::Test {
 public:
  CaseTest(const Catalogue& catalogue, const Case& data) : catalogue_(catalogue), case_(data) {}

  void TestBody() override {
    allow_only(case_.data,
               {"name", "note", "rules", "order", "at", "allow_clock_behind", "actor", "steps"});
    for (const json& number : case_.data.at("rules")) {
      seatbook::testing::cover(number.get<std::string>());
    }
    const auto in_memory = play("an in-memory book", nullptr);
    if (HasFailure()) return;  // the second run would only repeat the failure
    const auto storage = memory_storage();
    const auto stored = play("a book with a storage", storage);
    if (HasFailure()) return;
    expect_empty(difference(in_memory.results, stored.results, true), "results differ: ");
    expect_empty(difference(in_memory.dump, stored.dump, true), "dumps differ: ");
    const json reopened = json::parse(Book::open(storage).value().dump().value());
    expect_empty(difference(stored.dump, reopened, true), "the reopened book differs: ");
  }

 private:
  struct RunResult {
    json results;
    json dump;
  };

  RunResult play(const char* set_up, std::shared_ptr<Storage> storage) const {
    SCOPED_TRACE(case_.file + ": \"" + case_.name + "\" on " + set_up);
    Player player(catalogue_, case_.data, std::move(storage));
    player.play();
    return {player.results(), player.last_dump()};
  }

  const Catalogue& catalogue_;
  const Case& case_;
};

std::string identifier(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) {
        return !('a' <= c && c <= 'z') && !('A' <= c && c <= 'Z') && !('0' <= c && c <= '9');
      },
      '_');
  return text;
}

void register_case(const Catalogue& catalogue, const Case& each) {
  ::testing::RegisterTest(
      identifier("conformance_" + each.topic).c_str(), identifier(each.name).c_str(), nullptr,
      nullptr, each.file.c_str(), 1,
      [&catalogue, &each]() -> ::testing::Test* { return new CaseTest(catalogue, each); });
}

}  // namespace
}  // namespace seatbook::conformance

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  try {
    const auto catalogue = seatbook::conformance::read_catalogue(SEATBOOK_CONFORMANCE_DIR);
    for (const auto& each : catalogue.cases) {
      seatbook::conformance::register_case(catalogue, each);
    }
    seatbook::conformance::register_coverage(catalogue);
    std::cout << catalogue.cases.size() << " conformance cases\n";
    return RUN_ALL_TESTS();
  } catch (const std::exception& error) {
    std::cerr << "cannot read the conformance cases: " << error.what() << "\n";
    return 1;
  }
}
