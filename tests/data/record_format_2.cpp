// Records tests/data/format-2: the book of tests/data/format-1, opened by this version and changed
// so that it has every member that format 2 added.
//
//   g++ -std=c++20 -DBOOST_MULTI_INDEX_DISABLE_SERIALIZATION -Iinclude -Isrc -Itests
//       tests/data/record_format_2.cpp LIBRARIES -o record_format_2
//   ./record_format_2 tests/data/format-1 FOLDER
//
// LIBRARIES: seatbook, its SQLite storage and what they need. The files are recorded again as long
// as format 2 is unreleased and changes; afterwards never.
//
//   book.json    the text of Book::dump() for the book in every file below
//   book.db      SQLite, migrated from format-1/book.db, closed
//   unclosed.db  SQLite, copied with its write-ahead log (-wal) while the book was open
//   book.plain   rows as JSON, in the format of tests/storage/plain_files.hpp: those of format 1,
//                then those of format 2
#include <filesystem>
#include <stdexcept>
#include <string>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/storage_kinds.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook::testing {
namespace {

namespace fs = std::filesystem;

const std::string texts = "quotes ' \" \\, a tab\t, lines\r\n\n, 東京 𝕊 e\u0301, =1+1, {}[]";

/// Makes the same changes in every storage.
void change(Desk& desk) {
  desk.clock->set(instant("2026-04-01T12:00:00Z"));
  Session& admin = desk.admin;
  auto request = [number = 0]() mutable {
    return Token::parse("5ea7b00c0000400080000000000020" + std::to_string(10 + number++)).value();
  };
  const PersonId nia = desk.person("Nia", "nia@example.com");
  const PersonId oto = desk.person(texts, "oto@example.com");
  const PersonId pia = desk.person("Pia", "pia@example.com");
  const LicenseId license = admin
                                .add_license({.name = "Since studio",
                                              .total_seats = 9,
                                              .owner = nia,
                                              .currency = "EUR",
                                              .request_id = request()})
                                .value()
                                .license;
  // Held since: the first instant, with microseconds, none.
  const AssignmentId first =
      admin.assign({.license = license, .person = nia, .held_since = min_timestamp})
          .value()
          .assignment;
  const AssignmentId second = admin
                                  .assign({.license = license,
                                           .person = oto,
                                           .access_level = "Viewer",
                                           .request_id = request(),
                                           .held_since = instant("2019-05-06T07:08:09.000001Z")})
                                  .value()
                                  .assignment;
  const AssignmentId third = desk.seat(license, pia);
  desk.clock->set(instant("2026-04-02T12:00:00.000007Z"));
  admin.record_use({.assignment = second, .used_at = instant("2020-01-01T00:00:00Z")}).value();
  // Every changed field: set, changed and cleared.
  admin
      .update_license({.license = license,
                       .name = "Since Studio",
                       .vendor = "Inkworks",
                       .product_group = "design",
                       .host_key = "lic-since",
                       .cost_per_seat = Money{125'801},
                       .currency = "USD",
                       .billing_period = BillingPeriod::once,
                       .renewal_date = Date::parse("2200-12-31").value(),
                       .request_id = request()})
      .value();
  admin.edit_seat({.assignment = first, .held_since = clear}).value();
  admin
      .edit_seat({.assignment = second,
                  .access_level = "Editor",
                  .account = "oto@vendor.example",
                  .notes = texts,
                  .cost_override = Money{75'000},
                  .request_id = request(),
                  .held_since = instant("2019-05-07T00:00:00Z")})
      .value();
  admin.edit_seat({.assignment = second, .access_level = clear, .cost_override = Money{0}}).value();
  admin
      .edit_seat({.assignment = third,
                  .access_level = "Admin",
                  .account = "pia",
                  .notes = std::string(1000, 'n'),
                  .held_since = instant("2026-04-02T12:00:00.000007Z")})
      .value();
  admin.update_license({.license = license, .vendor = clear, .renewal_date = clear}).value();
  admin.update_person({.person = nia, .name = "Nia N.", .email = clear, .host_key = "host-nia"})
      .value();
  admin
      .update_person(
          {.person = pia, .name = "Pia P.", .email = "pia.p@example.com", .host_key = "host-pia"})
      .value();
  // Erased changes, then a record of format 1 that is written again.
  admin.erase_person({.person = pia, .revoke_first = true, .request_id = request()}).value();
  admin.edit_seat({.assignment = AssignmentId(4), .notes = "edited by format 2"}).value();
}

void record(const fs::path& old, const fs::path& folder) {
  fs::create_directories(folder);
  std::string dump;
  {
    fs::copy_file(old / "book.plain", folder / "book.plain");
    Desk desk(open_plain_file(folder / "book.plain").value());
    change(desk);
    dump = desk.dump();
  }
  fs::copy_file(old / "book.db", folder / "book.db");
  {
    Desk desk(sqlite::open_storage((folder / "book.db").string()).value());
    change(desk);
    if (desk.dump() != dump) throw std::runtime_error("the books differ");
    for (const std::string suffix : {"", "-wal"}) {
      fs::copy_file((folder / "book.db").string() + suffix,
                    (folder / "unclosed.db").string() + suffix);
    }
  }
  for (const std::string suffix : {"-wal", "-lock"}) {
    fs::remove((folder / "book.db").string() + suffix);
  }
  write_bytes((folder / "book.json").string(), dump + "\n");
}

}  // namespace
}  // namespace seatbook::testing

int main(int /*count*/, char** arguments) {
  seatbook::testing::record(arguments[1], arguments[2]);
}
