// Tests that every command that adds records fails at each of them if the book is full. The limit
// of 4,294,967,294 records is too high for a test, so the tables get a lower one.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rules/rules.hpp"
#include "rules/transaction.hpp"
#include "support/books.hpp"
#include "unit/stored_books.hpp"

namespace seatbook::testing {
namespace {

class RecordLimit : public ::testing::Test {
 protected:
  RecordLimit() { stored_book()->load(tables_); }

  /// Runs the rule with every limit from 0 until it succeeds, then applies its records.
  template <class Value, class Command>
  Value expect_limits(Result<Value> (*rule)(rules::Transaction&, const Command&),
                      const Command& command) {
    for (tables_.record_limit = 0;; ++tables_.record_limit) {
      const rules::View view(tables_);
      rules::Transaction transaction(view, actor_, now_, now_);
      auto decided = rule(transaction, command);
      if (decided) {
        const std::uint64_t reached = std::exchange(tables_.record_limit, max_records);
        EXPECT_GT(reached, tables_.history.size()) << "the limit was not reached";
        EXPECT_TRUE(
            tables_.apply(transaction.take(), Version(tables_.version.value + 1)).has_value());
        EXPECT_EQ(tables_.check_invariants(), std::vector<std::string>{});
        return *std::move(decided);
      }
      EXPECT_EQ(to_string(decided.error().code), to_string(Code::limit_exceeded));
      EXPECT_NE(decided.error().message.find("4,294,967,294"), std::string::npos);
      if (HasFailure()) return {};
    }
  }

  model::Tables tables_;
  Actor actor_{.actor = "root", .role = Role::super_admin};
  Timestamp now_ = instant("2026-03-04T12:00:00Z");
};

TEST_F(RecordLimit, FailsEveryCommandThatAddsRecords) {
  // The ids are those of stored_book(): people 1 to 4, licenses 1 and 2, assignments 1 to 3.
  const PersonId cy = expect_limits(&rules::add_person, {.name = "Cy"}).person;
  expect_limits(&rules::update_person, {.person = cy, .name = "Cyrus"});
  const LicenseId raster =
      expect_limits(&rules::add_license, {.name = "Raster", .total_seats = 9, .owner = cy}).license;
  UpdateLicense update;
  update.license = raster;
  update.vendor = "Inkworks";
  expect_limits(&rules::update_license, update);
  expect_limits(&rules::set_total_seats, {.license = raster, .total_seats = 10});
  expect_limits(&rules::set_policy, {.license = raster, .policy = CapacityPolicy::allow_over});
  SetOwners owners;
  owners.license = raster;
  owners.owner = PersonId(1);
  expect_limits(&rules::set_owners, owners);
  expect_limits(&rules::archive_license, {.license = raster});
  expect_limits(&rules::reactivate_license, {.license = raster});

  const AssignmentId seat =
      expect_limits(&rules::assign, {.license = raster, .person = cy}).assignment;
  EditSeat edit;
  edit.assignment = seat;
  edit.notes = "two machines";
  expect_limits(&rules::edit_seat, edit);
  const AssignmentId handed_on =
      expect_limits(&rules::transfer, {.assignment = seat, .person = PersonId(1)}).assignment;
  expect_limits(&rules::revoke, {.assignment = handed_on});
  expect_limits(&rules::bulk_assign, {.person = cy, .licenses = {LicenseId(1), raster}});
  expect_limits(&rules::assign_many, {.license = raster, .people = {PersonId(1), PersonId(2)}});
  expect_limits(&rules::archive_person, {.person = cy});
  expect_limits(&rules::reactivate_person, {.person = cy});
  expect_limits(&rules::archive_person, {.person = cy});
  expect_limits(&rules::mark_reviewed, {.assignment = tables_.assignments.first_active(cy)});
  expect_limits(&rules::revoke_all, {.person = PersonId(1)});
  expect_limits(&rules::erase_person, {.person = cy, .revoke_first = true});
}

}  // namespace
}  // namespace seatbook::testing
