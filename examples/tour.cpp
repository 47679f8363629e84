// A tour of the C++ interface: imports an inventory from two CSV files, assigns and revokes seats,
// archives a person, restarts, changes owners, and runs the queries and reports.
//
//     seatbook_tour --book FILE [--people FILE --licenses FILE]
//
// Creates the book at FILE, which must not exist. The default people and licenses files are in
// examples/data; inventory.hpp lists the columns. Checks every result before printing it: the first
// mismatch ends the tour with a line on standard error and exit code 1.
//
// Scene 1 is in opening.hpp, 4 in roster.hpp, 8 and 18 in file.hpp, 12 to 15 and 17 in closing.hpp,
// 16 in reports.hpp, the others are in this file. office.hpp makes and checks the calls.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cast.hpp"
#include "closing.hpp"
#include "expect.hpp"
#include "file.hpp"
#include "inventory.hpp"
#include "loader.hpp"
#include "office.hpp"
#include "opening.hpp"
#include "page.hpp"
#include "reports.hpp"
#include "roster.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {
namespace {

using seatbook::AssignmentId;
using seatbook::Code;
using seatbook::LicenseId;
using seatbook::PersonId;

constexpr std::string_view opening_time = "2026-03-02T09:00:00Z";
constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_us = 24 * 60 * minute_us;

class Tour {
 public:
  Tour(Page& page, std::string book, InputFile people, InputFile licenses)
      : page_(page),
        office_(page, require(seatbook::Timestamp::parse(opening_time), "the opening time"),
                std::move(book)),
        loader_(office_.desk(), std::move(people), std::move(licenses)) {}

  void run() {
    page_.say(
        "Seatbook tracks software seats: who holds a seat on which license, since when, and who "
        "granted it. This tour creates a book in a file and simulates two weeks with a manual "
        "clock, "
        "starting at " +
        minute(office_.clock().now()) + " UTC.");
    show_inventory(page_, office_, loader_);
    const std::size_t loaded_events = office_.listeners().events().size();
    cast_ = choose_cast(office_);
    if (!cast_.added.empty()) {
      page_.gap();
      page_.say("The tour adds records that the inventory lacks: " + joined(cast_.added) + '.');
    }
    fill();
    bulk_assign();
    import_roster(page_, office_);
    revoke();
    raise_total();
    archive();
    restart(page_, office_);
    transfer();
    revoke_the_rest();
    change_owners();
    show_license(page_, office_, cast_.license);
    show_employee(page_, office_, cast_.license);
    show_history(page_, office_, cast_.license, cast_.license_name);
    show_events(page_, office_, loaded_events);
    show_reports(page_, office_, cast_.license);
    check_book(page_, office_);
    show_queries(page_, office_, cast_.license, cast_.newcomer);
  }

 private:
  void fill() {
    page_.heading("2. A license fills up");
    office_.clock().advance_us(60 * minute_us);
    page_.say(cast_.license_name + " has " + usage().available_text() +
              ". Each assignment uses one seat.");
    for (std::size_t i = 0; i < cast_.candidates.size(); ++i) {
      last_seat_ =
          office_.assign(cast_.license, cast_.candidates[i], i % 2 == 0 ? "Editor" : "Viewer");
      office_.clock().advance_us(5 * minute_us);
    }
    require(!usage().can_assign(), "the license is full");
    page_.gap();
    page_.say(
        "The license is full. The next call fails with an error code and a message; it changes "
        "nothing and publishes no event. For a person who already holds a seat, already_assigned "
        "is checked first.");
    refuse_assign(cast_.newcomer, Code::no_seats_remaining);
    refuse_assign(cast_.candidates.front(), Code::already_assigned);
  }

  void bulk_assign() {
    page_.heading("3. Several licenses at once");
    office_.clock().advance_us(30 * minute_us);
    const std::string name = office_.name(cast_.newcomer);
    page_.say(name +
              " needs several licenses for a new project. One call assigns them in one batch. "
              "Licenses that are full, or already assigned, are skipped and reported.");
    if (!office_.holds(cast_.newcomer, cast_.other)) {
      page_.say("First, a seat on " + office_.license_name(cast_.other) + ":");
      office_.assign(cast_.other, cast_.newcomer, "");
      page_.gap();
    }
    std::vector<LicenseId> licenses = {cast_.license, cast_.other};
    licenses.insert(licenses.end(), cast_.further.begin(), cast_.further.end());
    const auto notified = office_.listeners().notifications().size();
    const auto summary = office_.bulk_assign(cast_.newcomer, licenses);
    require(
        summary.assign_text() == "Bulk assign: " + number(further_licenses) +
                                     " assigned, 2 skipped (1 no seats left, 1 already assigned)",
        "the summary");
    page_.line(summary.assign_text());
    page_.gap();
    page_.say("Each new seat is a separate event. One notification lists all of them:");
    require(office_.listeners().notifications().size() == notified + 1,
            "one notification for the batch");
    const seatbook::Notification& notification = office_.listeners().notifications().back();
    page_.step("notification to " + notification.person_name,
               counted(notification.seats.size(), "new seat", "new seats"));
  }

  void revoke() {
    page_.heading("5. A seat is revoked");
    office_.clock().advance_us(7 * day_us);
    returner_ = cast_.candidates.back();
    page_.say(
        "A week later " + office_.name(returner_) +
        " changes teams. Revoking ends the assignment, which stays in the book permanently. The "
        "seat can be assigned again. An assignment cannot be revoked twice.");
    office_.revoke(last_seat_, "Changed teams");
    office_.refused("revoke " + office_.name(returner_), Code::already_revoked,
                    [&] { return office_.desk().revoke({.assignment = last_seat_}); });
    office_.clock().advance_us(5 * minute_us);
    office_.assign(cast_.license, cast_.newcomer, "Editor");
  }

  void raise_total() {
    page_.heading("6. One more seat");
    office_.clock().advance_us(day_us);
    const std::int64_t total = usage().total.seats() + 1;
    page_.say(office_.name(returner_) +
              " needs the license again, but it is full. After the total is raised, the next "
              "assign succeeds. It creates a new assignment; the old one is kept.");
    refuse_assign(returner_, Code::no_seats_remaining);
    require(office_.desk().set_total_seats({.license = cast_.license, .total_seats = total}),
            "setting the total");
    require(usage().available() == std::uint64_t{1}, "one seat more");
    page_.step("set total to " + std::to_string(total), seats_text(usage()));
    office_.clock().advance_us(5 * minute_us);
    require(office_.assign(cast_.license, returner_, "Viewer") != last_seat_, "a new assignment");
    page_.gap();
    page_.say("A total below the number of used seats is refused:");
    const std::int64_t too_low = static_cast<std::int64_t>(usage().used) - 1;
    office_.refused("set total to " + std::to_string(too_low), Code::total_below_used, [&] {
      return office_.desk().set_total_seats({.license = cast_.license, .total_seats = too_low});
    });
  }

  void archive() {
    page_.heading("7. A person leaves");
    office_.clock().advance_us(3 * day_us);
    const PersonId leaver = cast_.newcomer;
    const std::string name = office_.name(leaver);
    page_.say("The project is over. Archiving " + name +
              " does not revoke seats: each seat is flagged for review and stays in use. This is "
              "the review queue:");
    const auto before = usage();
    const auto result = require(office_.desk().archive_person({.person = leaver}), "archiving");
    const auto held = office_.software(leaver);
    require(usage().used == before.used, "archiving frees no seat");
    page_.step("archive " + name, counted(result.flags_changed, "seat", "seats") + " flagged");
    page_.gap();

    const auto queue = require(office_.desk().needs_review(), "the review queue");
    require(queue.size() == held.size() && result.flags_changed == held.size(),
            "the queue has every seat of the person");
    for (const auto& row : held) require(row.needs_review, "the seat is flagged");
    Table table({{"License"}, {"Person"}, {"Since"}, {"Badges"}});
    for (const auto& row : queue) {
      require(row.person == leaver && row.archived, "the queue has only seats of the person");
      table.row({row.license_name, row.name, day(row.assigned_at), badges(row.archived, true)});
    }
    page_.table(table);
    page_.say("An archived person cannot be assigned seats:");
    refuse_assign(leaver, Code::person_archived);
    page_.gap();
    review();
  }

  void review() {
    office_.clock().advance_us(60 * minute_us);
    const PersonId leaver = cast_.newcomer;
    page_.say("Two seats are reviewed. The seat on " + office_.license_name(cast_.other) +
              " is kept: Mark Reviewed clears its flag. The seat on " +
              office_.license_name(cast_.further.front()) + " is revoked.");
    const auto count_before = seats_to_review();
    const AssignmentId kept = office_.seat(cast_.other, leaver);
    const auto mark = [&] { return office_.desk().mark_reviewed({.assignment = kept}); };
    require(mark(), "marking a seat reviewed");
    for (const auto& row : require(office_.desk().license_seats(cast_.other), "the seats")) {
      if (row.assignment != kept) continue;
      require(row.archived && !row.needs_review, "the seat is held by an archived person");
      page_.step("mark reviewed", "still in use, " + badges(row.archived, row.needs_review));
    }
    office_.refused("mark reviewed", Code::not_flagged, mark);
    office_.revoke(office_.seat(cast_.further.front(), leaver), "Project is over");
    require(seats_to_review() + 2 == count_before, "the queue has two seats less");
    page_.step("seats to review", counted(seats_to_review(), "seat", "seats"));
  }

  void transfer() {
    page_.heading("9. A seat is transferred");
    office_.clock().advance_us(day_us);
    page_.say(
        office_.name(cast_.successor) + " takes over the work, but " + cast_.license_name +
        " is full. A transfer needs no free seat: one batch ends the old assignment and starts "
        "a new one with the same access level.");
    refuse_assign(cast_.successor, Code::no_seats_remaining);
    office_.transfer(office_.seat(cast_.license, cast_.newcomer), cast_.successor);
    const auto& events = office_.listeners().events();
    page_.step("events", std::string(to_string(events[events.size() - 2].kind)) + ", " +
                             std::string(to_string(events.back().kind)));
    page_.step(
        "notification to " + office_.listeners().notifications().back().person_name,
        counted(office_.listeners().notifications().back().seats.size(), "new seat", "new seats"));
  }

  void revoke_the_rest() {
    page_.heading("10. All remaining seats are revoked");
    office_.clock().advance_us(day_us);
    page_.say("One call revokes all seats of " + office_.name(cast_.newcomer) +
              ", reviewed or not. A dry run first reports the result without changing the book.");
    office_.revoke_all(cast_.newcomer, "Project is over");
    require(seats_to_review() == 0, "the queue is empty");
    page_.step("seats to review", counted(seats_to_review(), "seat", "seats"));
  }

  void change_owners() {
    page_.heading("11. The owner is archived");
    office_.clock().advance_us(day_us);
    const PersonId owner = cast_.candidates.front();
    const PersonId backup = office_.operator_id();
    const std::string name = office_.name(owner);
    page_.say(
        "A license has an owner, who approves requests and gets renewal reminders, and optionally "
        "a "
        "backup owner. " +
        name + " becomes the owner of " + cast_.license_name +
        " and is then archived. An archived owner remains the owner until another one is set; "
        "until then, requests and reminders go to the backup owner.");
    set_owners(owner, backup);
    show_contacts(owner);
    const auto archived = require(office_.desk().archive_person({.person = owner}), "archiving");
    page_.step("archive " + name, counted(archived.flags_changed, "seat", "seats") + " flagged");
    show_contacts(backup);
    page_.gap();

    const auto rows = require(office_.desk().archived_owners(), "archived owners");
    require(rows.size() == 1 && rows.front().license == cast_.license,
            "one license has an archived owner");
    Table table({{"License"}, {"Owner"}, {"Backup owner"}});
    for (const auto& row : rows) {
      require(row.owner == owner && row.owner_archived && !row.backup_archived, "owner_archived");
      table.row({row.license_name, name + " (archived)", office_.name(*row.backup_owner)});
    }
    page_.table(table);
    page_.say(
        "Owner and backup owner must be different people. One call sets both, or swaps them.");
    office_.refused("owner " + office_.name(backup), Code::backup_is_owner, [&] {
      return office_.desk().set_owners({.license = cast_.license, .owner = backup});
    });
    set_owners(backup, cast_.successor);
    require(require(office_.desk().archived_owners(), "archived owners").empty(),
            "no owner is archived");
    show_contacts(backup);
    const auto back = require(office_.desk().reactivate_person({.person = owner}), "reactivating");
    require(back.flags_changed == archived.flags_changed && seats_to_review() == 0,
            "reactivating clears the flags");
    page_.step("reactivate " + name, counted(back.flags_changed, "flag", "flags") + " cleared");
  }

  void set_owners(PersonId owner, PersonId backup) {
    require(office_.desk().set_owners(
                {.license = cast_.license, .owner = owner, .backup_owner = backup}),
            "setting the owners");
    const auto license = require(office_.desk().get_license(cast_.license), "the license");
    require(license.owner == owner && license.backup_owner == backup, "the owners are set");
    page_.step("set owners", office_.name(owner) + ", backup " + office_.name(backup));
  }

  /// Prints the recipient of requests and reminders.
  void show_contacts(PersonId expected) {
    const auto contacts = require(office_.desk().license_contacts(cast_.license), "the contacts");
    require(contacts.approver == expected &&
                contacts.renewal_recipients == std::vector<PersonId>{expected},
            office_.name(expected) + " gets requests and reminders");
    page_.step("requests and reminders go to", office_.name(*contacts.approver));
  }

  void refuse_assign(PersonId person, Code code) {
    office_.refused("assign " + office_.name(person), code, [&] {
      return office_.desk().assign({.license = cast_.license, .person = person});
    });
  }

  [[nodiscard]] std::uint64_t seats_to_review() {
    return require(office_.desk().needs_review_count(), "the length of the review queue");
  }
  [[nodiscard]] seatbook::Usage usage() { return office_.usage(cast_.license); }

  Page& page_;
  Office office_;
  // Reads both files before the first output, so that an unusable file prints only its error.
  Loader loader_;

  Cast cast_;
  AssignmentId last_seat_;  // the assignment of the last free seat
  PersonId returner_;
};

struct Files {
  std::string book;
  InputFile people = {SEATBOOK_EXAMPLES_DIR "/data/people.csv", "examples/data/people.csv"};
  InputFile licenses = {SEATBOOK_EXAMPLES_DIR "/data/licenses.csv", "examples/data/licenses.csv"};
};

std::optional<Files> read_arguments(const std::vector<std::string>& arguments) {
  std::optional<std::string> book;
  std::optional<std::string> people;
  std::optional<std::string> licenses;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--book") book = arguments[i + 1];
    if (arguments[i] == "--people") people = arguments[i + 1];
    if (arguments[i] == "--licenses") licenses = arguments[i + 1];
  }
  const std::size_t given = (book ? 2 : 0) + (people ? 2 : 0) + (licenses ? 2 : 0);
  if (!book || people.has_value() != licenses.has_value() || arguments.size() != given) {
    return std::nullopt;
  }
  if (!people) return Files{.book = *book};
  return Files{*book, {*people, *people}, {*licenses, *licenses}};
}

int run(const std::vector<std::string>& arguments) {
  constexpr std::string_view usage =
      "usage: seatbook_tour --book FILE [--people FILE --licenses FILE]   (both files or "
      "neither)\n";
  if (arguments == std::vector<std::string>{"--help"}) {
    std::cout << usage;
    return 0;
  }
  const auto files = read_arguments(arguments);
  if (!files) {
    std::cerr << usage;
    return 2;
  }
  if (std::filesystem::exists(files->book)) {
    throw Unexpected("the file exists, and the tour creates a new book: " + files->book);
  }
  Page page;
  Tour(page, files->book, files->people, files->licenses).run();
  require(page.flushed(), "standard output cannot be written");
  return 0;
}

}  // namespace
}  // namespace tour

int main(int argc, char** argv) {
  try {
    return tour::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cout.flush();
    std::cerr << "tour: " << tour::printable(error.what()) << '\n';
    return 1;
  }
}
