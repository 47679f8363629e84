// Fuzzes the imports. For any bytes, the counters add up, a failed import changes nothing, no rule
// is violated, a second import assigns no seats, and the report can be imported again.
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/properties.hpp"
#include "seatbook/seatbook.hpp"

namespace {

using namespace seatbook;  // NOLINT: a separate program
using fuzz::require;

struct Office {
  explicit Office(SeatTotal seats) {
    const auto add = [&](const char* name, const char* email) {
      return desk.add_person({.name = name, .email = email}).value().person;
    };
    owner = add("Olga", "o@x");
    const PersonId holder = add("Ada", "a@x");
    add("Bo", "b@x");
    const PersonId archived = add("Cleo", "c@x");
    const PersonId flagged = add("Dora", "d@x");
    license = desk.add_license(
                      {.name = "Vector", .total_seats = seats, .owner = owner, .currency = "EUR"})
                  .value()
                  .license;
    desk.assign({.license = license, .person = holder, .access_level = "=x"}).value();
    desk.assign({.license = license, .person = flagged}).value();
    desk.archive_person({.person = archived}).value();
    desk.archive_person({.person = flagged}).value();
  }
  Book book = Book::open({.clock = std::make_shared<ManualClock>()}).value();
  Session desk = book.session({.actor = "fuzzer", .role = Role::super_admin});
  PersonId owner;
  LicenseId license;
};

void require_invariants(Office& office) {
  require(office.book.check_invariants().value().empty(), "no invariant is broken");
}

void check(const RosterReport& report) {
  require(report.rows == report.added + report.already_linked + report.not_found + report.invalid +
                             report.no_seats + report.removed_rows,
          "the six counters add up to the rows");
  require(report.not_added.size() == report.rows - report.added, "every other row is reported");
  std::uint64_t line = 1;
  for (const auto& row : report.not_added) {
    require(row.line > line, "rows are reported in the order of the file");
    line = row.line;
    require(row.column <= report.columns.size(), "the column exists in the file");
  }
}

void import_roster(fuzz::Input& input) {
  Office office(input.choose(2) == 0 ? 3 : 100);
  ImportRoster command{.license = office.license, .csv = input.text()};
  if (input.choose(2) == 1) command.profile = CsvProfile::exact;
  command.all_or_nothing = input.choose(2) == 1;
  const std::string before = office.book.dump().value();

  command.dry_run = true;
  const auto preview = office.desk.import_roster(command);
  require(office.book.dump().value() == before, "a dry run changes nothing");
  command.dry_run = false;
  const auto report = office.desk.import_roster(command);
  require(preview.has_value() == report.has_value(), "a dry run has the same outcome");
  if (!report) {
    require(report.error().code == preview.error().code, "a dry run has the same code");
    require(office.book.dump().value() == before, "a failed import changes nothing");
    return;
  }
  check(*preview);
  check(*report);
  require(preview->added == report->added, "a dry run has the same counters");
  require_invariants(office);

  const std::string after = office.book.dump().value();
  command.all_or_nothing = false;
  const auto again = office.desk.import_roster(command);
  require(again && again->added == 0, "a second import assigns no seats");
  require(office.book.dump().value() == after, "a second import changes nothing");

  const std::string rejected = to_csv(*report, {.profile = command.profile});
  const auto retry = office.desk.import_roster(
      {.license = office.license, .csv = rejected, .profile = command.profile});
  require(retry.has_value(), "the report can be imported");
  require(retry->rows == report->not_added.size(),
          "the report has one row for each row that was not added");
  check(*retry);
}

void import_inventory(fuzz::Input& input) {
  Office office(3);
  const auto add_up = [](const InventoryReport& report) {
    require(
        report.rows == report.added + report.already_known + report.invalid + report.without_seat,
        "the counters add up to the rows");
  };
  if (const auto people = office.desk.import_people({.csv = input.text()})) add_up(*people);
  require_invariants(office);
  ImportLicenses licenses{.csv = input.text()};
  licenses.date_order = static_cast<DateOrder>(input.choose(3));
  licenses.currency_sign = "$";
  licenses.default_currency = "USD";
  licenses.default_owner = office.owner;
  if (const auto report = office.desk.import_licenses(licenses)) add_up(*report);
  require_invariants(office);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  seatbook::fuzz::Input input(data, size);
  if (input.choose(3) == 2) {
    import_inventory(input);
  } else {
    import_roster(input);
  }
  return 0;
}
