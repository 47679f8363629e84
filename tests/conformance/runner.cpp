// Runs the cases of tests/conformance/cases on the C++ API, each on a book that keeps nothing and
// on a book over a storage. README.md describes the cases and what a runner has to check.
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/answers.hpp"
#include "conformance/catalogue.hpp"
#include "conformance/operations.hpp"
#include "support/rule.hpp"

namespace seatbook::conformance {
namespace {

constexpr const char* usual_start = "2026-03-01T12:00:00Z";

Actor everybody_may() {
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

/// Members that nobody knows are mistakes, such as an "expects" that would never fail.
void allow_only(const json& object, const std::set<std::string>& members) {
  for (const auto& [member, value] : object.items()) {
    if (!members.contains(member)) throw CaseError("there is no member " + member);
  }
}

void fail_if(const std::string& wrong, const char* what = "") {
  if (!wrong.empty()) ADD_FAILURE() << what << wrong;
}

std::string text_of(const Result<std::string>& result) {
  return result ? *result : std::string(to_string(result.error().code));
}

/// What a refused call must leave as it is (C43).
struct Snapshot {
  Version version;
  std::string dump;
  json events;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// One case on one book.
class Player {
 public:
  Player(const Catalogue& catalogue, const json& data, std::shared_ptr<Storage> storage)
      : catalogue_(catalogue),
        data_(data),
        storage_(std::move(storage)),
        clock_(std::make_shared<ManualClock>(instant_of(data.value("at", usual_start)))),
        book_(storage_ ? Book::open(storage_, options()).value() : Book::open(options()).value()) {
    last_dump_ = book_.dump().value();
    book_.subscribe([this](const Event& event) { told_.push_back(event); });
    book_.subscribe_notifications([this](const Notification& note) { notified_.push_back(note); });
  }

  void play() {
    int number = 0;
    for (const json& each : data_.at("steps")) {
      SCOPED_TRACE("step " + std::to_string(++number) + ": " + shown(each));
      try {
        step(each);
        look_after();
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
      if (::testing::Test::HasFailure()) return;  // what follows would only repeat it
    }
  }

  /// What each step came to.
  [[nodiscard]] const json& answers() const { return answers_; }
  /// After the last step, or before the book was closed.
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

  [[nodiscard]] Session auditor() const { return book_.session(everybody_may()); }

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
    if (found == operations().end()) throw CaseError("there is no operation " + name);
    const Promise& promise = catalogue_.operations.at(name);

    const Snapshot before = snapshot();
    Target target{book_, session_of(step)};
    if (step.contains("at_least")) {
      target.session = target.session.at_least(Version(step.at("at_least").get<std::uint64_t>()));
    }
    Arguments arguments(filled_in(step.value("args", json::object()), saved_));
    const Reply reply = found->second(target, arguments);
    EXPECT_EQ(arguments.known(), promise.request) << "operations.json says otherwise";

    const json expect = filled_in(step.value("expect", json::object()), saved_);
    allow_only(expect,
               {"error", "field", "index", "values", "outcomes", "message", "ok", "exactly"});
    answers_.push_back(reply.error ? json_of(*reply.error) : reply.result);
    if (reply.error) {
      compare(expect, *reply.error);
      EXPECT_TRUE(snapshot() == before)
          << "a refused call has changed something: " << text_of(book_.dump())
          << "\nwas: " << before.dump;
      return;
    }
    compare(expect, reply.result);
    check_members(promise, reply.result);
    if (step.contains("save")) save(step.at("save"), promise, reply.result);
  }

  static void compare(const json& expect, const Error& error) {
    const json actual = json_of(error);
    fail_if(expect.contains("error") ? difference(expect, actual, false)
                                     : "refused: " + shown(actual));
  }

  static void compare(const json& expect, const json& answer) {
    EXPECT_FALSE(expect.contains("error")) << "not refused, but answered " << shown(answer);
    const bool exactly = expect.contains("exactly");
    if (exactly || expect.contains("ok")) {
      fail_if(difference(expect.at(exactly ? "exactly" : "ok"), answer, exactly));
    }
  }

  /// Answers have the members that operations.json says, no more and no fewer.
  static void check_members(const Promise& promise, const json& answer) {
    if (promise.result.empty()) return;
    for (const json& object : promise.returns == "list" ? answer : json::array({answer})) {
      std::set<std::string> members;
      for (const auto& [member, value] : object.items()) members.insert(member);
      EXPECT_EQ(members, promise.result) << "operations.json says otherwise";
    }
  }

  void save(const std::string& name, const Promise& promise, const json& answer) {
    if (promise.saves.empty()) throw CaseError("that operation answers no id");
    const json id = promise.returns == "value" ? answer : answer.at(promise.saves);
    if (id.is_null()) throw CaseError("there is no id to save as " + name);
    if (!saved_.emplace(name, id).second) throw CaseError(name + " is saved twice");
  }

  /// After every step: the invariants hold, listeners were told what events_after answers.
  void look_after() {
    const auto findings = book_.check_invariants();
    if (!findings) {
      EXPECT_EQ(findings.error().code, Code::book_closed);
      return;
    }
    EXPECT_EQ(*findings, std::vector<std::string>());
    const auto page = auditor().events_after(seen_, max_history_limit);
    const auto notes = auditor().notifications_after(seen_, max_history_limit);
    EXPECT_EQ(json_of(told_), json_of(page->events)) << "listeners were told something else";
    EXPECT_EQ(json_of(notified_), json_of(notes->notifications))
        << "listeners were notified of something else";
    told_.clear();
    notified_.clear();
    seen_ = page->next;
    last_dump_ = book_.dump().value();
  }

  const Catalogue& catalogue_;
  const json& data_;
  std::shared_ptr<Storage> storage_;
  std::shared_ptr<ManualClock> clock_;
  Book book_;
  SavedIds saved_;
  json answers_ = json::array();
  std::vector<Event> told_;  // since the last step
  std::vector<Notification> notified_;
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
    const auto alone = play("a book in memory only", nullptr);
    if (HasFailure()) return;  // the second would only repeat it
    const auto storage = memory_storage();
    const auto stored = play("a book on a storage", storage);
    if (HasFailure()) return;
    fail_if(difference(alone.answers, stored.answers, true), "the set-ups answer differently: ");
    fail_if(difference(alone.dump, stored.dump, true), "the set-ups come to different books: ");
    const json again = json::parse(Book::open(storage).value().dump().value());
    fail_if(difference(stored.dump, again, true), "the storage gives back another book: ");
  }

 private:
  struct Played {
    json answers;
    json dump;
  };

  Played play(const char* set_up, std::shared_ptr<Storage> storage) const {
    SCOPED_TRACE(case_.file + ": \"" + case_.name + "\" on " + set_up);
    Player player(catalogue_, case_.data, std::move(storage));
    player.play();
    return {player.answers(), player.last_dump()};
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
    std::cerr << "the conformance cases cannot be read: " << error.what() << "\n";
    return 1;
  }
}
