// Counts which operations and codes the cases cover. It reads only the files, so the counts do not
// depend on which tests a run selects; the cases themselves check that calls fail as expected.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/catalogue.hpp"
#include "conformance/operations.hpp"

namespace seatbook::conformance {
namespace {

std::string error_of(const json& step) {
  const auto expect = step.find("expect");
  return expect == step.end() ? std::string() : expect->value("error", "");
}

/// Returns the operation of the first step at or after `from` that expects `code`, and sets `from`
/// to the step after it.
std::string operation_failing_with(const json& steps, const std::string& code, std::size_t& from) {
  while (from < steps.size()) {
    const json& step = steps[from++];
    if (error_of(step) == code) return step.value("do", "");
  }
  return {};
}

class Coverage {
 public:
  explicit Coverage(const Catalogue& catalogue) : catalogue_(catalogue) {
    for (const Case& each : catalogue.cases) {
      for (const json& step : each.data.at("steps")) count(step);
    }
  }

  /// The library, the runner and operations.json have the same operations.
  void operations_are_the_same() const {
    std::set<std::string> listed;
    for (const auto& [name, spec] : catalogue_.operations) listed.insert(name);
    std::set<std::string> runnable;
    for (const auto& [name, operation] : operations()) runnable.insert(name);
    EXPECT_EQ(listed, runnable);
    for (std::size_t number = 0; number < operation_count; ++number) {
      const auto name = to_string(static_cast<Operation>(number));
      EXPECT_TRUE(listed.contains(std::string(name))) << "operations.json lacks " << name;
    }
  }

  /// The permissions of operations.def are those of operations.json (C43).
  void permissions_are_the_same() const {
    for (std::size_t number = 0; number < operation_count; ++number) {
      const auto operation = static_cast<Operation>(number);
      const OperationSpec& spec = catalogue_.operations.at(std::string(to_string(operation)));
      Permissions needed;
      for (const std::string& name : spec.needs) needed.add(permission_from_string(name).value());
      EXPECT_EQ(required_permissions(operation), needed) << to_string(operation);
      EXPECT_EQ(own_view_suffices(operation), spec.own_view) << to_string(operation);
    }
  }

  void every_operation_succeeds_somewhere() const {
    for (const auto& [name, spec] : catalogue_.operations) {
      EXPECT_TRUE(successes_.contains(name)) << "no case expects success of " << name;
    }
  }

  void every_code_is_shown() const {
    for (const auto& [name, spec] : catalogue_.operations) {
      for (const std::string& code : spec.codes) {
        EXPECT_TRUE(failures_.contains({name, code}))
            << "no case shows that " << name << " fails with " << code;
      }
    }
    for (const std::string& code : catalogue_.shown_once) {
      EXPECT_TRUE(std::any_of(failures_.begin(), failures_.end(),
                              [&](const auto& failure) { return failure.second == code; }))
          << "no case shows " << code;
    }
  }

  void no_code_is_undocumented() const {
    for (const auto& [name, code] : failures_) {
      const auto& codes = catalogue_.operations.at(name).codes;
      EXPECT_TRUE(std::find(codes.begin(), codes.end(), code) != codes.end() ||
                  catalogue_.shown_once.contains(code))
          << "operations.json does not list " << code << " for " << name;
    }
  }

  /// The steps of a case with an "order" fail with its codes one after the other, all of one
  /// operation. Each call also has the fault of the next code.
  void every_order_is_proved() const {
    std::map<std::string, int> orders;
    for (const Case& each : catalogue_.cases) {
      if (!each.data.contains("order")) continue;
      const auto codes = each.data.at("order").get<std::vector<std::string>>();
      std::size_t at = 0;
      const std::string operation =
          operation_failing_with(each.data.at("steps"), codes.front(), at);
      ASSERT_FALSE(operation.empty()) << each.name << ": no step expects " << codes.front();
      const auto& listed = catalogue_.operations.at(operation).codes;
      auto from = std::find(listed.begin(), listed.end(), codes.front());
      for (std::size_t i = 1; i < codes.size() && from != listed.end(); ++i) {
        EXPECT_EQ(operation_failing_with(each.data.at("steps"), codes[i], at), operation)
            << each.name << ": no step of the same operation expects " << codes[i] << " next";
        from = std::find(from + 1, listed.end(), codes[i]);
      }
      EXPECT_TRUE(from != listed.end())
          << each.name << ": operations.json has another order of codes for " << operation;
      ++orders[operation];
    }
    for (const auto& [name, spec] : catalogue_.operations) {
      if (spec.codes.size() < 2) continue;
      EXPECT_GT(orders[name], 0) << "no case shows the order of checks of " << name;
    }
  }

 private:
  void count(const json& step) {
    const auto name = step.value("do", "");
    if (name.empty() || !step.contains("expect")) return;
    if (!catalogue_.operations.contains(name)) return;  // its case fails
    const auto error = error_of(step);
    if (error.empty()) {
      successes_.insert(name);
    } else {
      failures_.emplace(name, error);
    }
  }

  const Catalogue& catalogue_;
  std::set<std::string> successes_;
  std::set<std::pair<std::string, std::string>> failures_;
};

class CoverageTest : public ::testing::Test {
 public:
  CoverageTest(const Catalogue& catalogue, void (Coverage::*check)() const)
      : catalogue_(catalogue), check_(check) {}
  void TestBody() override { std::invoke(check_, Coverage(catalogue_)); }

 private:
  const Catalogue& catalogue_;
  void (Coverage::*check_)() const;
};

}  // namespace

void register_coverage(const Catalogue& catalogue) {
  const auto add = [&](const char* name, void (Coverage::*check)() const) {
    ::testing::RegisterTest(
        "coverage", name, nullptr, nullptr, __FILE__, __LINE__,
        [&catalogue, check]() -> ::testing::Test* { return new CoverageTest(catalogue, check); });
  };
  add("operations_are_the_same", &Coverage::operations_are_the_same);
  add("permissions_are_the_same", &Coverage::permissions_are_the_same);
  add("every_operation_succeeds_somewhere", &Coverage::every_operation_succeeds_somewhere);
  add("every_code_is_shown", &Coverage::every_code_is_shown);
  add("no_code_is_undocumented", &Coverage::no_code_is_undocumented);
  add("every_order_is_proved", &Coverage::every_order_is_proved);
}

}  // namespace seatbook::conformance
