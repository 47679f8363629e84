// Limits of imports: file size, rows, and the memory of a call (C31, C66).
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/heap.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::expect_refused;
using testing::HeapPeak;

std::string repeated(std::string_view header, std::string_view row, std::size_t times) {
  std::string file(header);
  file.reserve(header.size() + row.size() * times);
  for (std::size_t n = 0; n < times; ++n) file += row;
  return file;
}

/// A license and its owner.
struct Office : Desk {
  Office() : ada(person("Ada", "a@b")) { software = license("Figma", SeatTotal::unlimited()); }
  PersonId ada;
  LicenseId software;
};

TEST(ImportLimits, LimitsTheNumberOfRows) {
  RULE("C66");
  ASSERT_EQ(max_import_rows, 350'000U);
  Office office;
  const std::string header = "Email\n";
  std::string file = repeated(header, "x\n", max_import_rows);
  file += "\n \n\"\"\n";
  const auto report = office.admin.import_roster({.license = office.software, .csv = file}).value();
  EXPECT_EQ(report.rows, max_import_rows);
  EXPECT_EQ(report.empty_rows, 3U) << "they do not count";
  const std::uint64_t size = file.size();
  file += "x\n";
  const auto refuse = [&](auto result) {
    EXPECT_FALSE(result);
    if (!result) {
      EXPECT_EQ(result.error().values, (std::vector<std::uint64_t>{350'005, size}));
    }
    return result;
  };
  file += "\"";
  expect_refused(office, Code::limit_exceeded, "csv", [&] {
    return refuse(office.admin.import_roster({.license = office.software, .csv = file}));
  });
  file.replace(0, 5, "Name ");
  expect_refused(office, Code::limit_exceeded, "csv",
                 [&] { return refuse(office.admin.import_people({.csv = file})); });
  expect_refused(office, Code::limit_exceeded, "csv",
                 [&] { return refuse(office.admin.import_licenses({.csv = file})); });
}

TEST(ImportLimits, RejectsTooManyTinyRowsCheaply) {
  RULE("C66");
  Office office;
  const std::string file = repeated("Name\n", "x\n", (max_import_bytes - 5) / 2);
  HeapPeak peak;
  const auto people = office.admin.import_people({.csv = file});
  const auto licenses = office.admin.import_licenses({.csv = file, .default_owner = office.ada});
  EXPECT_LT(peak.stop(), 2 * file.size());
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error().code, Code::limit_exceeded);
  ASSERT_FALSE(licenses);
  EXPECT_EQ(licenses.error().code, Code::limit_exceeded);
}

TEST(ImportLimits, MaxBytesAllowsLargerFilesOfPeopleAndLicenses) {
  RULE("C31", "C66");
  Office office;
  const std::string row = "x," + std::string(97, 'y') + '\n';
  const std::string large = repeated("Name,Note\n", row, max_import_bytes / row.size() + 1);
  for (const std::uint32_t bytes : {0U, 67'108'865U}) {
    expect_refused(office, Code::invalid_argument, "max_bytes",
                   [&] { return office.admin.import_people({.csv = "", .max_bytes = bytes}); });
    expect_refused(office, Code::invalid_argument, "max_bytes",
                   [&] { return office.admin.import_licenses({.csv = "", .max_bytes = bytes}); });
  }
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return office.admin.import_people({.csv = large}); });
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return office.admin.import_licenses({.csv = large}); });
  const auto size = static_cast<std::uint32_t>(large.size());
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return office.admin.import_people({.csv = large, .max_bytes = size - 1}); });
  EXPECT_EQ(office.admin.import_people({.csv = large, .dry_run = true, .max_bytes = size})->added,
            (large.size() - 10) / row.size());
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return office.admin.import_people({.csv = "Name\nx\n", .max_bytes = 6}); });

  // An empty header cell maps to no field, so no row has a name.
  std::string rows = repeated("Name,\n", ",x\n", max_import_rows + 1);
  expect_refused(office, Code::limit_exceeded, "csv", [&] {
    return office.admin.import_people({.csv = rows, .max_bytes = max_import_bytes});
  });
  EXPECT_EQ(office.admin.import_people({.csv = rows, .max_bytes = max_import_bytes + 1})->invalid,
            max_import_rows + 1);
  rows += repeated("", ",x\n", max_large_import_rows - max_import_rows);
  expect_refused(office, Code::limit_exceeded, "csv", [&] {
    return office.admin.import_licenses({.csv = rows, .max_bytes = max_large_import_bytes});
  });
}

TEST(ImportLimits, ChecksTheFileSizeWithTheArguments) {
  RULE("C66");
  Office office;
  auto clerk = office.book.session({.actor = "clerk", .permissions = Permission::view});
  const std::string large = repeated("Name\n", "x\n", max_import_bytes / 2);
  const auto progress = std::make_shared<Progress>();
  progress->cancel();
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return clerk.import_people({.csv = large, .progress = progress}); });
  expect_refused(office, Code::file_too_large, "csv",
                 [&] { return clerk.import_licenses({.csv = large, .progress = progress}); });
  expect_refused(office, Code::file_too_large, "csv", [&] {
    return clerk.import_roster({.license = office.software, .csv = large, .progress = progress});
  });
}

/// A file of many small rows that add no record.
struct Costly {
  const char* what;
  std::string header;
  std::string row;
  std::function<bool(Office&, std::string_view)> import;
  std::size_t reported = 0;  ///< bytes of the report per row
};

TEST(ImportLimits, NeedsAtMost64TimesTheFileSize) {
  RULE("C66");
  constexpr std::size_t rows = 40'000;
  const auto roster = [](Office& office, std::string_view csv) {
    const auto report = office.admin.import_roster({.license = office.software, .csv = csv});
    return report && report->added == 0 && report->not_added.size() == rows;
  };
  const auto people = [](Office& office, std::string_view csv) {
    const auto report = office.admin.import_people({.csv = csv});
    return report && report->added == 0 && report->not_added.size() == rows;
  };
  const auto licenses = [](Office& office, std::string_view csv) {
    const auto report = office.admin.import_licenses({.csv = csv});
    return report && report->added == 0 && report->not_added.size() == rows;
  };
  const auto people_dry = [](Office& office, std::string_view csv) {
    const auto report = office.admin.import_people({.csv = csv, .dry_run = true});
    return report && report->added == rows;
  };
  const auto licenses_dry = [](Office& office, std::string_view csv) {
    const auto report =
        office.admin.import_licenses({.csv = csv, .default_owner = office.ada, .dry_run = true});
    return report && report->added == rows;
  };
  const auto licenses_refused = [](Office& office, std::string_view csv) {
    return office.admin.import_licenses({.csv = csv, .all_or_nothing = true})
               .error()
               .outcomes.size() == rows;
  };
  const std::size_t roster_row = sizeof(RosterFileRow);
  for (const Costly& costly : {
           Costly{"emails that are none", "Email\n", "x\n", roster, roster_row},
           Costly{"rows of a wrong width", "Email\n", "x,\n", roster, roster_row},
           Costly{"unknown emails", "Email\n", "x@y\n", roster, roster_row},
           Costly{"instants that are none", "Email,HeldSince\n", "a@b,c\n", roster, roster_row},
           Costly{"emails with quotes", "Email\n", "\"\"\"\"\n", roster, roster_row},
           Costly{"people", "Name\n", "x\n", people_dry},
           Costly{"people in two cells", "First Name,Last Name\n", "x,y\n", people_dry},
           Costly{"people without a name", "Name,Active\n", ",1\n", people},
           Costly{"rows of a wrong width", "Name\n", "x,\n", people},
           Costly{"known people", "Name,Email\n", ",a@b\n", people},
           Costly{"licenses", "Name\n", "x\n", licenses_dry},
           Costly{"licenses without an owner", "Name\n", "x\n", licenses},
           Costly{"licenses without an owner, refused", "Name\n", "x\n", licenses_refused},
           Costly{"licenses without a number", "Name,Total Seats\n", "x,y\n", licenses},
       }) {
    SCOPED_TRACE(costly.what);
    Office office;
    const std::string file = repeated(costly.header, costly.row, rows);
    HeapPeak peak;
    const bool done = costly.import(office, file);
    const std::size_t most = peak.stop();
    EXPECT_TRUE(done);
    EXPECT_LT(most, 64 * file.size() + costly.reported * rows)
        << most / file.size() << " times the file";
  }
  // Distinct keys are kept in memory while the rows are checked.
  std::string keys = "Name,Host Key\n";
  for (std::size_t row = 0; row < rows; ++row) keys += "x," + std::to_string(row) + '\n';
  for (const auto& import : {std::function<bool(Office&, std::string_view)>(people_dry),
                             std::function<bool(Office&, std::string_view)>(licenses_dry)}) {
    Office office;
    HeapPeak peak;
    EXPECT_TRUE(import(office, keys));
    EXPECT_LT(peak.stop(), 64 * keys.size());
  }
}

}  // namespace
}  // namespace seatbook
