// Records which rules of docs/rules.md a test run covers.
//
//   TEST(Assign, RefusesAFullLicense) {
//     RULE("A43", "C44");
//     ...
//   }
//
// A number is covered if a test that names it has passed: not failed, not skipped, and not failed
// in any repetition. If the environment variable SEATBOOK_RULES_LOG names a folder (created if it
// is missing), the program appends lines `A43<TAB>Suite.Test` to `<program>-<pid>.txt` there when
// it ends. rules_report.py reads the folder. The program appends because a discovered test suite
// runs one process per test and process ids repeat; empty the folder before a run.
//
// Several translation units of a program may include this header. RULE is thread-safe while a test
// runs.

#ifndef SEATBOOK_TESTS_SUPPORT_RULE_HPP_
#define SEATBOOK_TESTS_SUPPORT_RULE_HPP_

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <map>
#include <mutex>
#include <set>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace seatbook::testing {

// Inside namespace seatbook, `testing` names this namespace. The using-directive keeps GoogleTest's
// names, such as `testing::TestWithParam`, available there.
using namespace ::testing;  // NOLINT(google-build-using-namespace)

namespace rule_detail {

/// Returns whether the number matches ^[ABC][0-9]+$. rules_report.py checks that it exists.
inline bool well_formed(std::string_view number) {
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  return number.size() >= 2 && 'A' <= number[0] && number[0] <= 'C' &&
         std::all_of(number.begin() + 1, number.end(), is_digit);
}

inline std::string program_name() {
  std::error_code failed;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? "program" : path.filename().string();
}

/// A GoogleTest listener that records the result of each test and the rules it covers.
class Recorder : public ::testing::EmptyTestEventListener {
 public:
  void name(std::string number) {
    const std::lock_guard lock(mutex_);
    named_.insert(std::move(number));
  }

  void OnTestStart(const ::testing::TestInfo&) override {
    const std::lock_guard lock(mutex_);
    named_.clear();
  }

  void OnTestEnd(const ::testing::TestInfo& test) override {
    const std::lock_guard lock(mutex_);
    const std::string test_name = std::string(test.test_suite_name()) + "." + test.name();
    if (test.result()->Failed()) {
      failed_.insert(test_name);
      covered_.erase(test_name);
    } else if (test.result()->Passed() && !failed_.contains(test_name)) {
      covered_[test_name].insert(named_.begin(), named_.end());
    }
    named_.clear();
  }

  /// Throws if the log cannot be written. GoogleTest then fails the program; an assertion would be
  /// too late here.
  void OnTestProgramEnd(const ::testing::UnitTest&) override {
    const char* const folder = std::getenv("SEATBOOK_RULES_LOG");
    if (folder == nullptr || *folder == '\0') return;
    const std::lock_guard lock(mutex_);
    std::filesystem::create_directories(folder);
    const auto path = std::filesystem::path(folder) /
                      (program_name() + "-" + std::to_string(::getpid()) + ".txt");
    std::ofstream log(path, std::ios::app);
    for (const auto& [test_name, numbers] : covered_) {
      for (const auto& number : numbers) log << number << '\t' << test_name << '\n';
    }
    log.close();
    if (!log) throw std::runtime_error("cannot write the rules log " + path.string());
    covered_.clear();
  }

 private:
  std::mutex mutex_;
  std::set<std::string> named_;                           // numbers named by the running test
  std::set<std::string> failed_;                          // tests that failed in any repetition
  std::map<std::string, std::set<std::string>> covered_;  // test -> numbers
};

inline Recorder& recorder() {
  static Recorder* const instance = [] {
    auto* const listener = new Recorder;
    ::testing::UnitTest::GetInstance()->listeners().Append(listener);  // takes ownership
    return listener;
  }();
  return *instance;
}

// Registers before main(), so that the recorder is notified of the first test. GoogleTest creates
// its singleton on first use.
inline const bool registered = (recorder(), true);

}  // namespace rule_detail

/// Records that the running test covers `number`, for runners that read the numbers from data. Use
/// RULE in a test. An invalid number or a call outside a test fails the test.
inline void cover(std::string number,
                  std::source_location caller = std::source_location::current()) {
  const auto line = static_cast<int>(caller.line());
  if (!rule_detail::well_formed(number)) {
    ADD_FAILURE_AT(caller.file_name(), line)
        << "\"" << number << "\" is not a rule number: it must be A, B or C and digits";
  } else if (::testing::UnitTest::GetInstance()->current_test_info() == nullptr) {
    ADD_FAILURE_AT(caller.file_name(), line) << "rule " << number << " is named outside a test";
  } else {
    rule_detail::recorder().name(std::move(number));
  }
}

namespace rule_detail {

inline void cover_all(std::initializer_list<std::string_view> numbers,
                      std::source_location caller = std::source_location::current()) {
  for (const std::string_view number : numbers) cover(std::string(number), caller);
}

}  // namespace rule_detail

}  // namespace seatbook::testing

/// RULE("A44"); or RULE("A44", "C16"); in a test: the test covers these rules if it passes.
#define RULE(...) ::seatbook::testing::rule_detail::cover_all({__VA_ARGS__})

#endif  // SEATBOOK_TESTS_SUPPORT_RULE_HPP_
