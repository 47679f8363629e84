// A tour of Seatbook: an inventory is loaded from two CSV files, seats are given and taken back,
// somebody leaves, the program ends and starts again, an owner is away, and the book is looked at
// from every side.
//
//     seatbook_tour --book FILE [--people FILE --licenses FILE]
//
// The book is made at FILE, where nothing may be yet, and stays there to be looked at. Without
// files of people and licenses it takes those in examples/data; inventory.hpp says which columns it
// reads. Whatever it prints has come out of the book and was checked before: the first surprise
// ends the tour with one line on standard error and exit status 1.
//
// Scene 1 is in opening.hpp, 4 in roster.hpp, 8 and 18 in file.hpp, 12 to 15 and 17 in closing.hpp,
// 16 in reports.hpp, the others are here. The calls they print are made and checked in office.hpp.

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
        "Seatbook keeps the books on software seats: who holds one on which license, since when, "
        "granted by whom. This tour opens a new book in a file and lives through two weeks with "
        "it, by a clock that it sets by hand: it is " +
        minute(office_.clock().now()) + " UTC.");
    show_inventory(page_, office_, loader_);
    const std::size_t loaded_events = office_.listeners().events().size();
    cast_ = choose_cast(office_);
    if (!cast_.added.empty()) {
      page_.gap();
      page_.say("What the tour needs and this inventory lacks is added: " + joined(cast_.added) +
                '.');
    }
    fill();
    bulk_assign();
    import_roster(page_, office_);
    give_back();
    raise_total();
    leave();
    restart(page_, office_);
    hand_on();
    take_the_rest();
    change_owners();
    show_license(page_, office_, cast_.license);
    show_employee(page_, office_, cast_.license);
    show_history(page_, office_, cast_.license, cast_.license_name);
    show_events(page_, office_, loaded_events);
    show_reports(page_, office_, cast_.license);
    check_books(page_, office_);
    show_queries(page_, office_, cast_.license, cast_.newcomer);
  }

 private:
  void fill() {
    page_.heading("2. A license fills up");
    office_.clock().advance_us(60 * minute_us);
    page_.say(cast_.license_name + " has " + usage().available_text() + ". Each assign takes one.");
    for (std::size_t i = 0; i < cast_.takers.size(); ++i) {
      last_seat_ = office_.assign(cast_.license, cast_.takers[i], i % 2 == 0 ? "Editor" : "Viewer");
      office_.clock().advance_us(5 * minute_us);
    }
    require(!usage().can_assign(), "the license is full");
    page_.gap();
    page_.say(
        "Now it is full. The next person is refused, with a code for the program and a sentence "
        "for the reader: nothing has changed, and no listener was told. Somebody who holds a seat "
        "already hears that first, full or not.");
    refuse_assign(cast_.newcomer, Code::no_seats_remaining);
    refuse_assign(cast_.takers.front(), Code::already_assigned);
  }

  void bulk_assign() {
    page_.heading("3. Several licenses at once");
    office_.clock().advance_us(30 * minute_us);
    const std::string name = office_.name(cast_.newcomer);
    page_.say(name +
              " needs more than that for the new project. One call asks for all of it: what is "
              "full, or held already, is skipped and told; the rest is given, in one batch.");
    if (!office_.holds(cast_.newcomer, cast_.other)) {
      page_.say("First a seat on " + office_.license_name(cast_.other) + " alone:");
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
        "the line that sums it up");
    page_.line(summary.assign_text());
    page_.gap();
    page_.say("Each seat given is an event of its own; one notification tells of them all:");
    require(office_.listeners().notifications().size() == notified + 1,
            "one notification for the batch");
    const seatbook::Notification& told = office_.listeners().notifications().back();
    page_.step("notification to " + told.person_name,
               counted(told.seats.size(), "new seat", "new seats"));
  }

  void give_back() {
    page_.heading("5. A seat comes back");
    office_.clock().advance_us(7 * day_us);
    returner_ = cast_.takers.back();
    page_.say("A week later " + office_.name(returner_) +
              " changes teams. Revoking stamps the assignment, which stays on record for good, and "
              "the seat is free for whoever was refused. Nothing can be revoked twice.");
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
              " comes back to a full license. One more seat is bought, and the very next assign "
              "may use it; it makes a new assignment beside the old one.");
    refuse_assign(returner_, Code::no_seats_remaining);
    require(office_.desk().set_total_seats({.license = cast_.license, .total_seats = total}),
            "setting the total");
    require(usage().available() == std::uint64_t{1}, "one seat more");
    page_.step("set total to " + std::to_string(total), seats_text(usage()));
    office_.clock().advance_us(5 * minute_us);
    require(office_.assign(cast_.license, returner_, "Viewer") != last_seat_, "a new assignment");
    page_.gap();
    page_.say("A total below what is in use is refused: nobody loses a seat that way.");
    const std::int64_t too_low = static_cast<std::int64_t>(usage().used) - 1;
    office_.refused("set total to " + std::to_string(too_low), Code::total_below_used, [&] {
      return office_.desk().set_total_seats({.license = cast_.license, .total_seats = too_low});
    });
  }

  void leave() {
    page_.heading("7. Somebody leaves");
    office_.clock().advance_us(3 * day_us);
    const PersonId leaver = cast_.newcomer;
    const std::string name = office_.name(leaver);
    page_.say("The project is over. Archiving " + name +
              " takes no seat away: each is flagged, and stays in use until somebody has looked "
              "at it. This is the queue:");
    const auto before = usage();
    const auto result = require(office_.desk().archive_person({.person = leaver}), "archiving");
    const auto held = office_.software(leaver);
    require(usage().used == before.used, "archiving frees no seat");
    page_.step("archive " + name, counted(result.flags_changed, "seat", "seats") + " flagged");
    page_.gap();

    const auto queue = require(office_.desk().needs_review(), "the queue");
    require(queue.size() == held.size() && result.flags_changed == held.size(),
            "every seat of the leaver is in it");
    for (const auto& row : held) require(row.needs_review, "the leaver's seat is flagged");
    Table table({{"License"}, {"Person"}, {"Since"}, {"Badges"}});
    for (const auto& row : queue) {
      require(row.person == leaver && row.archived, "only the leaver's seats are in it");
      table.row({row.license_name, row.name, day(row.assigned_at), badges(row.archived, true)});
    }
    page_.table(table);
    page_.say("Nobody who is archived is given another one:");
    refuse_assign(leaver, Code::person_archived);
    page_.gap();
    review();
  }

  void review() {
    office_.clock().advance_us(60 * minute_us);
    const PersonId leaver = cast_.newcomer;
    page_.say("Two of them are looked at. The seat on " + office_.license_name(cast_.other) +
              " is kept for now: Mark Reviewed takes it off the queue, once. The one on " +
              office_.license_name(cast_.further.front()) + " is taken back.");
    const auto waiting = left_to_review();
    const AssignmentId kept = office_.seat(cast_.other, leaver);
    const auto mark = [&] { return office_.desk().mark_reviewed({.assignment = kept}); };
    require(mark(), "marking a seat reviewed");
    for (const auto& row : require(office_.desk().license_seats(cast_.other), "the seats")) {
      if (row.assignment != kept) continue;
      require(row.archived && !row.needs_review, "still held, by somebody archived");
      page_.step("mark reviewed", "still in use, " + badges(row.archived, row.needs_review));
    }
    office_.refused("mark reviewed", Code::not_flagged, mark);
    office_.revoke(office_.seat(cast_.further.front(), leaver), "Project is over");
    require(left_to_review() + 2 == waiting, "two less in the queue");
    page_.step("left in the queue", counted(left_to_review(), "seat", "seats"));
  }

  void hand_on() {
    page_.heading("9. A seat is handed on");
    office_.clock().advance_us(day_us);
    page_.say(office_.name(cast_.successor) + " takes over the work, but " + cast_.license_name +
              " is full. A transfer needs no free seat: in one batch the old assignment ends and "
              "the new one begins, with the same access level.");
    refuse_assign(cast_.successor, Code::no_seats_remaining);
    office_.transfer(office_.seat(cast_.license, cast_.newcomer), cast_.successor);
    const auto& events = office_.listeners().events();
    page_.step("events", std::string(to_string(events[events.size() - 2].kind)) + ", " +
                             std::string(to_string(events.back().kind)));
    page_.step(
        "notification to " + office_.listeners().notifications().back().person_name,
        counted(office_.listeners().notifications().back().seats.size(), "new seat", "new seats"));
  }

  void take_the_rest() {
    page_.heading("10. The rest comes back");
    office_.clock().advance_us(day_us);
    page_.say("What " + office_.name(cast_.newcomer) +
              " still holds, reviewed or not, comes back in one call. A preview tells beforehand "
              "what it would do, and does none of it.");
    office_.revoke_all(cast_.newcomer, "Project is over");
    require(left_to_review() == 0, "the queue is empty");
    page_.step("left in the queue", counted(left_to_review(), "seat", "seats"));
  }

  void change_owners() {
    page_.heading("11. The owner is away");
    office_.clock().advance_us(day_us);
    const PersonId owner = cast_.takers.front();
    const PersonId backup = office_.operator_id();
    const std::string name = office_.name(owner);
    page_.say(
        "A license has one owner, who approves requests and is reminded of renewals, and may "
        "have a backup owner. " +
        name + " takes " + cast_.license_name +
        " over, and then goes on a long leave. An archived owner stays the owner until "
        "somebody chooses another; until then the backup is asked and reminded.");
    set_owners(owner, backup);
    show_contacts(owner);
    const auto archived = require(office_.desk().archive_person({.person = owner}), "archiving");
    page_.step("archive " + name, counted(archived.flags_changed, "seat", "seats") + " flagged");
    show_contacts(backup);
    page_.gap();

    const auto rows = require(office_.desk().archived_owners(), "archived owners");
    require(rows.size() == 1 && rows.front().license == cast_.license, "one license is reported");
    Table table({{"License"}, {"Owner"}, {"Backup owner"}});
    for (const auto& row : rows) {
      require(row.owner == owner && row.owner_archived && !row.backup_archived, "owner_archived");
      table.row({row.license_name, name + " (archived)", office_.name(*row.backup_owner)});
    }
    page_.table(table);
    page_.say(
        "Owner and backup owner are never the same person: one call sets both, or swaps them.");
    office_.refused("owner " + office_.name(backup), Code::backup_is_owner, [&] {
      return office_.desk().set_owners({.license = cast_.license, .owner = backup});
    });
    set_owners(backup, cast_.successor);
    require(require(office_.desk().archived_owners(), "archived owners").empty(), "none is left");
    show_contacts(backup);
    const auto back = require(office_.desk().reactivate_person({.person = owner}), "reactivating");
    require(back.flags_changed == archived.flags_changed && left_to_review() == 0,
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

  /// Whom requests and reminders go to.
  void show_contacts(PersonId expected) {
    const auto contacts = require(office_.desk().license_contacts(cast_.license), "the contacts");
    require(contacts.approver == expected &&
                contacts.renewal_recipients == std::vector<PersonId>{expected},
            office_.name(expected) + " is asked and reminded");
    page_.step("requests and reminders go to", office_.name(*contacts.approver));
  }

  void refuse_assign(PersonId person, Code code) {
    office_.refused("assign " + office_.name(person), code, [&] {
      return office_.desk().assign({.license = cast_.license, .person = person});
    });
  }

  [[nodiscard]] std::uint64_t left_to_review() {
    return require(office_.desk().needs_review_count(), "the length of the queue");
  }
  [[nodiscard]] seatbook::Usage usage() { return office_.usage(cast_.license); }

  Page& page_;
  Office office_;
  // Reads both files before the first word: one that cannot be used is told without a tour around
  // it.
  Loader loader_;

  Cast cast_;
  AssignmentId last_seat_;  // of the last seat that was free
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
      "usage: seatbook_tour --book FILE [--people FILE --licenses FILE]   (both or none)\n";
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
    throw Unexpected("there is a file already, and the tour makes a new book: " + files->book);
  }
  Page page;
  Tour(page, files->book, files->people, files->licenses).run();
  require(page.flushed(), "standard output takes no more");
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
