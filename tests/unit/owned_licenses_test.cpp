// Lists the licenses that a person owns or backs up, ordered by id, up to a limit.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

TEST(OwnedLicenses, ListsTheFirst100ById) {
  RULE("C49");
  Desk desk;
  const PersonId olga = desk.person("Olga");
  const PersonId bo = desk.person("Bo");
  for (int i = 0; i < 250; ++i) {
    AddLicense license;
    license.name = "L";
    license.owner = i % 3 == 0 ? bo : olga;
    if (i % 3 == 0) license.backup_owner = olga;
    ASSERT_TRUE(desk.admin.add_license(license));
  }
  const auto erased = desk.admin.erase_person({.person = olga});
  ASSERT_EQ(code_of(erased), Code::owns_licenses);
  std::vector<std::uint64_t> first_hundred;
  for (std::uint64_t id = 1; id <= 100; ++id) first_hundred.push_back(id);
  EXPECT_EQ(erased.error().values, first_hundred);
}

}  // namespace
}  // namespace seatbook::testing
