// Runs the cases of tests/conformance/cases through the C API, each on a book without a storage and
// on a book with one. tests/conformance/README.md describes what a runner must check.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "capi/api.hpp"

namespace seatbook::capi_tests {
namespace {

using conformance::difference;
using conformance::filled_in;
using conformance::SavedIds;

constexpr const char* default_start = "2026-03-01T12:00:00Z";
constexpr std::uint32_t all_events = SEATBOOK_MAX_HISTORY_LIMIT;

/// Counts how often each operation has succeeded.
std::map<std::string, int>& successes() {
  static std::map<std::string, int> counts;
  return counts;
}

void need(seatbook_code code, const char* what) {
  if (code != SEATBOOK_OK) {
    throw CaseError(std::string(what) + ": " + seatbook_choice_name(SEATBOOK_CHOICE_CODE, code));
  }
}

seatbook_time instant_of(const json& at) {
  if (at.is_number_integer()) return at.get<seatbook_time>();
  const auto& text = at.get_ref<const std::string&>();
  seatbook_time time = 0;
  need(seatbook_time_parse(text.data(), text.size(), &time, nullptr), "a time");
  return time;
}

void allow_only(const json& object, const std::set<std::string>& members) {
  for (const auto& [member, value] : object.items()) {
    if (!members.contains(member)) throw CaseError("unknown member " + member);
  }
}

void fail_if(const std::string& failure, const char* what = "") {
  if (!failure.empty()) ADD_FAILURE() << what << failure;
}

/// Returns the texts that a call on the book returns, or its code.
template <class Function>
json of_the_book(Function function, const seatbook_book* book) {
  seatbook_rows* rows = nullptr;
  const seatbook_code code = function(book, &rows, nullptr);
  const Rows kept(rows);
  if (code != SEATBOOK_OK) return seatbook_choice_name(SEATBOOK_CHOICE_CODE, code);
  json texts = json::array();
  for (std::size_t row = 0; row < seatbook_rows_count(rows); ++row) {
    texts.push_back(seatbook_rows_text(rows, row, 0, nullptr));
  }
  return texts;
}

class Player {
 public:
  Player(const json& promises, const json& data, seatbook_storage* storage)
      : promises_(promises), data_(data) {
    seatbook_clock* clock = nullptr;
    need(seatbook_clock_new(instant_of(data.value("at", json(default_start))), &clock, nullptr),
         "a clock");
    clock_.reset(clock);
    seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
    options.fields = SEATBOOK_FIELD_OPEN_CLOCK;
    options.clock = clock;
    if (data.value("allow_clock_behind", false)) {
      options.fields |= SEATBOOK_FIELD_OPEN_ALLOW_CLOCK_BEHIND;
      options.allow_clock_behind = 1;
    }
    seatbook_book* book = nullptr;
    need(storage == nullptr ? seatbook_open(nullptr, 0, &options, &book, nullptr)
                            : seatbook_book_open(storage, &options, &book, nullptr),
         "a book");
    book_.reset(book);
    auditor_ = session_of({{"actor", "root"}, {"role", "super-admin"}});
    last_dump_ = of_the_book(&seatbook_book_dump, book);
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
      if (::testing::Test::HasFailure()) return;  // later steps would fail for the same reason
    }
  }

  [[nodiscard]] const json& results() const { return results_; }
  [[nodiscard]] const json& last_dump() const { return last_dump_; }

 private:
  [[nodiscard]] Session session_of(const json& members) const {
    Request actor("seatbook_actor");
    actor.fill(members);
    seatbook_session* session = nullptr;
    need(seatbook_session_open(book_.get(), static_cast<const seatbook_actor*>(actor.bytes()),
                               &session, nullptr),
         "a session");
    return Session(session);
  }

  [[nodiscard]] Session session_of_step(const json& step) const {
    json actor = {{"actor", "root"}, {"role", "super-admin"}};
    if (data_.contains("actor")) actor = data_.at("actor");
    if (step.contains("as")) actor = step.at("as");
    Session session = session_of(filled_in(actor, saved_));
    if (!step.contains("at_least")) return session;
    seatbook_session* later = nullptr;
    need(seatbook_session_at_least(session.get(), step.at("at_least").get<std::uint64_t>(), &later,
                                   nullptr),
         "a session");
    return Session(later);
  }

  [[nodiscard]] json events(std::uint64_t after) const {
    const Reply page =
        calls().at("events_after")(auditor_.get(), {{"after", after}, {"limit", all_events}});
    return page.error ? json() : page.result;
  }

  /// Returns the state that a failed call must not change (C43).
  [[nodiscard]] json snapshot() const {
    return {seatbook_book_version(book_.get()), of_the_book(&seatbook_book_dump, book_.get()),
            events(0)};
  }

  Reply execute(const std::string& name, const json& step, const json& arguments) {
    const auto texts_of = [&](auto function) -> Reply {
      const json texts = of_the_book(function, book_.get());
      if (texts.is_string()) return {json{{"error", texts}, {"field", ""}, {"index", -1}}, nullptr};
      return {std::nullopt, texts};
    };
    if (name == "dump") {
      Reply reply = texts_of(&seatbook_book_dump);
      if (!reply.error) reply.result = json::parse(reply.result.at(0).get<std::string>());
      return reply;
    }
    if (name == "check") return texts_of(&seatbook_book_check);
    if (name == "close") {
      need(seatbook_book_close(book_.get(), nullptr), "closing");
      return {};
    }
    const auto found = calls().find(name);
    if (found == calls().end()) throw CaseError("unknown operation " + name);
    const Session session = session_of_step(step);
    return found->second(session.get(), arguments);
  }

  void step(const json& step) {
    allow_only(step, {"note", "at", "do", "as", "at_least", "args", "save", "expect"});
    if (step.contains("at")) seatbook_clock_set(clock_.get(), instant_of(step.at("at")));
    if (!step.contains("do")) return;
    const auto name = step.at("do").get<std::string>();
    const json& promise = promises_.at(name);
    const json before = snapshot();
    const json arguments = filled_in(step.value("args", json::object()), saved_);
    const Reply reply = execute(name, step, arguments);
    json expect = filled_in(step.value("expect", json::object()), saved_);
    allow_only(expect,
               {"error", "field", "index", "values", "outcomes", "message", "ok", "exactly"});
    results_.push_back(reply.error ? *reply.error : reply.result);
    if (reply.error) {
      expect.emplace("index", -1);  // an index that the case does not expect is a mistake
      fail_if(expect.contains("error") ? difference(expect, *reply.error, false)
                                       : "failed: " + shown(*reply.error));
      EXPECT_EQ(snapshot(), before) << "a failed call has changed the book";
      return;
    }
    EXPECT_FALSE(expect.contains("error")) << "did not fail, but returned " << shown(reply.result);
    const bool exactly = expect.contains("exactly");
    if (exactly || expect.contains("ok")) {
      fail_if(difference(expect.at(exactly ? "exactly" : "ok"), reply.result, exactly));
    }
    check_members(promise, reply.result);
    ++successes()[name];
    if (step.contains("save")) save(step.at("save"), promise, reply.result);
  }

  static void check_members(const json& promise, const json& result) {
    if (!promise.contains("result")) return;
    const auto promised = promise.at("result").get<std::set<std::string>>();
    for (const json& object : promise.at("returns") == "list" ? result : json::array({result})) {
      std::set<std::string> members;
      for (const auto& [member, value] : object.items()) members.insert(member);
      EXPECT_EQ(members, promised) << "the members differ from operations.json";
    }
  }

  void save(const std::string& name, const json& promise, const json& result) {
    if (!promise.contains("saves")) throw CaseError("the operation returns no id");
    const json id = promise.at("returns") == "value" ? result : result.at(promise.at("saves"));
    if (id.is_null()) throw CaseError("the result has no id to save as " + name);
    if (!saved_.emplace(name, id).second) throw CaseError(name + " is saved twice");
  }

  /// Checks the invariants and the JSON of each event.
  void check_book() {
    const json findings = of_the_book(&seatbook_book_check, book_.get());
    if (findings.is_string()) {
      EXPECT_EQ(findings, "book_closed");
      EXPECT_EQ(seatbook_book_closed(book_.get()), 1);
      return;
    }
    EXPECT_EQ(findings, json::array());
    check_payloads();
    last_dump_ = of_the_book(&seatbook_book_dump, book_.get());
  }

  void check_payloads() {
    seatbook_rows* page = nullptr;
    need(seatbook_events_after(auditor_.get(), seen_, all_events, &page, nullptr), "events");
    const Rows kept(page);
    const seatbook_rows* const list = seatbook_rows_list(page, SEATBOOK_COLUMN_EVENT_PAGE_EVENTS);
    for (std::size_t row = 0; row < seatbook_rows_count(list); ++row) {
      seatbook_rows* text = nullptr;
      need(seatbook_rows_to_json(list, row, &text, nullptr), "a payload");
      const Rows kept_text(text);
      const json payload = json::parse(seatbook_rows_text(text, 0, 0, nullptr));
      EXPECT_EQ(payload.at("seq"), seatbook_rows_number(list, row, SEATBOOK_COLUMN_EVENT_SEQ))
          << payload;
    }
    seen_ =
        static_cast<std::uint64_t>(seatbook_rows_number(page, 0, SEATBOOK_COLUMN_EVENT_PAGE_NEXT));
  }

  const json& promises_;
  const json& data_;
  Clock clock_;
  Book book_;
  Session auditor_;
  SavedIds saved_;
  json results_ = json::array();
  std::uint64_t seen_ = 0;
  json last_dump_;
};

class CaseTest : public ::testing::Test {
 public:
  CaseTest(const json& promises, std::string file, const json& data)
      : promises_(promises), file_(std::move(file)), data_(data) {}

  void TestBody() override {
    const auto alone = play("a book in memory only", nullptr);
    if (HasFailure()) return;  // the second run would fail for the same reason
    seatbook_storage* opened = nullptr;
    need(seatbook_storage_open(":memory:", SEATBOOK_NUL_TERMINATED, nullptr, &opened, nullptr),
         "a storage");
    const Storage storage(opened);
    const auto stored = play("a book on a storage", storage.get());
    if (HasFailure()) return;
    fail_if(difference(alone.first, stored.first, true), "the books return different results: ");
    EXPECT_EQ(alone.second, stored.second) << "the books have different records";
    seatbook_book* again = nullptr;
    need(seatbook_book_open(storage.get(), nullptr, &again, nullptr), "the book again");
    const Book kept(again);
    EXPECT_EQ(of_the_book(&seatbook_book_dump, again), stored.second)
        << "the book differs after it is opened again";
  }

 private:
  std::pair<json, json> play(const char* set_up, seatbook_storage* storage) const {
    SCOPED_TRACE(file_ + " on " + set_up);
    Player player(promises_, data_, storage);
    player.play();
    return {player.results(), player.last_dump()};
  }

  const json& promises_;
  std::string file_;
  const json& data_;
};

/// Checks that every operation of the table has succeeded through the C API.
class CountTest : public ::testing::Test {
 public:
  explicit CountTest(const json& promises) : promises_(promises) {}
  void TestBody() override {
    for (const auto& [name, promise] : promises_.items()) {
      EXPECT_GT(successes()[name], 0) << name << " has never succeeded";
    }
  }

 private:
  const json& promises_;
};

json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return json::parse(file);
}

std::string identifier(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c > 127 || std::isalnum(c) == 0; },
      '_');
  return text;
}

}  // namespace
}  // namespace seatbook::capi_tests

int main(int argc, char** argv) {
  namespace capi_tests = seatbook::capi_tests;
  using capi_tests::json;
  ::testing::InitGoogleTest(&argc, argv);
  const std::filesystem::path folder = SEATBOOK_CONFORMANCE_DIR;
  json promises = json::object();
  const json described = capi_tests::read_json(folder / "operations.json");
  for (const json& entry : described.at("operations")) promises[entry.at("name")] = entry;
  std::map<std::string, json> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "cases")) {
    if (!entry.is_directory()) files[entry.path().string()] = capi_tests::read_json(entry.path());
  }
  std::size_t count = 0;
  for (const auto& [path, file] : files) {
    for (const json& data : file.at("cases")) {
      ++count;
      const std::string topic = "capi_" + std::filesystem::path(path).stem().string();
      const std::string name = capi_tests::identifier(data.at("name"));
      ::testing::RegisterTest(topic.c_str(), name.c_str(), nullptr, nullptr, path.c_str(), 1,
                              [&promises, file_path = path, &data]() -> ::testing::Test* {
                                return new capi_tests::CaseTest(promises, file_path, data);
                              });
    }
  }
  if (::testing::GTEST_FLAG(filter) == "*") {  // a filtered run does not call all operations
    ::testing::RegisterTest(
        "capi_z", "every_operation_has_succeeded", nullptr, nullptr, __FILE__, __LINE__,
        [&promises]() -> ::testing::Test* { return new capi_tests::CountTest(promises); });
  }
  if (count == 0) {
    std::cerr << "no conformance cases found\n";
    return 1;
  }
  std::cout << count << " conformance cases\n";
  return RUN_ALL_TESTS();
}
