// A tour of Seatbook: an inventory is loaded from two CSV files, seats are given and taken back,
// and the book is looked at from every side.
//
//     seatbook_tour [--people FILE --licenses FILE]
//
// Without files it takes those in examples/data; inventory.hpp says which columns it reads.
// Whatever it prints has come out of the book and was checked before: the first surprise ends the
// tour with one line on standard error and exit status 1.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cast.hpp"
#include "expect.hpp"
#include "inventory.hpp"
#include "loader.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {
namespace {

using seatbook::AssignmentId;
using seatbook::Code;
using seatbook::PersonId;

constexpr std::string_view opening_time = "2026-03-02T09:00:00Z";
constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_us = 24 * 60 * minute_us;
constexpr std::size_t most_lines_of_a_list = 12;

class Tour {
 public:
  Tour(Page& page, InputFile people, InputFile licenses)
      : page_(page),
        people_file_(std::move(people)),
        licenses_file_(std::move(licenses)),
        office_(page, require(seatbook::Timestamp::parse(opening_time), "the opening time")) {}

  void run() {
    // Both files before the first word: one that cannot be used is told without a tour around it.
    const auto people = read_people(people_file_);
    const auto licenses = read_licenses(licenses_file_);
    page_.say(
        "Seatbook keeps the books on software seats: who holds one on which license, since when, "
        "granted by whom. This tour opens a book in memory and lives through two weeks with it, by "
        "a clock that it sets by hand: it is " +
        minute(office_.clock().now()) + " UTC.");
    load(people, licenses);
    cast_ = choose_cast(office_);
    if (cast_.added_for_the_tour) {
      page_.say("No license here has a few free seats and enough people for them: one is added.");
    }
    fill();
    give_back();
    archive();
    raise_total();
    show_license();
    show_my_software();
    show_history();
    show_events();
    check();
  }

 private:
  void load(const std::vector<PersonRow>& people, const std::vector<LicenseRow>& licenses) {
    page_.heading("1. The inventory");
    page_.say("The operator is added first and will own every license. Then come the rows of " +
              people_file_.name + " and of " + licenses_file_.name +
              ". A license's row names somebody who holds a seat: known by their email, or added "
              "now.");
    const Loaded loaded =
        Loader(office_.desk(), people_file_, licenses_file_).load(people, licenses);
    const Expected wanted = expected(people, licenses, loaded);
    const Figures& figures = wanted.figures;
    const Figures found = office_.count();

    Table table({{""},
                 {"In the book", Table::Align::right},
                 {"Expected", Table::Align::right},
                 {"By the files"}});
    const auto compare = [&](const std::string& what, std::uint64_t in_book, std::uint64_t in_files,
                             const std::string& why) {
      require(in_book == in_files, number(in_files) + ' ' + what + " expected by the files, " +
                                       number(in_book) + " in the book");
      table.row({what, number(in_book), number(in_files), why});
    };
    compare("people", found.people, figures.people,
            "operator, " + rows_taken(figures.people - 1 - wanted.new_holders, people.size()) +
                ", " + counted(wanted.new_holders, "new holder", "new holders"));
    compare("archived people", found.archived, figures.archived, "Activated is false");
    compare("licenses", found.licenses, figures.licenses,
            rows_taken(figures.licenses, licenses.size()));
    compare("seats in use", found.seats_used, figures.seats_used,
            rows_taken(figures.seats_used, wanted.holders) + " with a holder");
    require(office_.heard().size() == found.seats_used, "one event for each seat given");
    loaded_events_ = office_.heard().size();
    page_.table(table);

    page_.line(counted(found.people, "person", "people") + ", " +
               counted(found.licenses, "license", "licenses") + ", " +
               counted(found.seats_used, "seat", "seats") + " in use, " +
               (loaded.left_out.empty()
                    ? "no row left out."
                    : counted(loaded.left_out.size(), "row", "rows") + " left out:"));
    for (std::size_t i = 0; i < std::min(loaded.left_out.size(), most_lines_of_a_list); ++i) {
      const LeftOut& row = loaded.left_out[i];
      page_.line("  " + row.where + ": " + row.what + " (" + row.why + ')');
    }
    if (loaded.left_out.size() > most_lines_of_a_list) {
      page_.line("  and " + number(loaded.left_out.size() - most_lines_of_a_list) + " more");
    }
    page_.gap();
    list_licenses();
  }

  void list_licenses() {
    Table table({{"License"},
                 {"Vendor"},
                 {"Used", Table::Align::right},
                 {"Cost a seat", Table::Align::right},
                 {"Renewal"}});
    std::size_t count = 0;
    office_.for_each_license([&](const seatbook::License& license) {
      if (++count > most_lines_of_a_list) return;
      table.row({license.name, license.vendor, office_.usage(license.id).text(), cost(license),
                 renewal(license)});
    });
    if (count > 0) page_.table(table);
    if (count > most_lines_of_a_list) {
      page_.line("and " + number(count - most_lines_of_a_list) + " more");
    }
  }

  void fill() {
    page_.heading("2. A license fills up");
    office_.clock().advance_us(60 * minute_us);
    page_.say(cast_.license_name + " has " + usage().available_text() + ". Each assign takes one.");
    for (std::size_t i = 0; i + 1 < cast_.candidates.size(); ++i) {
      last_seat_ =
          office_.assign(cast_.license, cast_.candidates[i], i % 2 == 0 ? "Editor" : "Viewer");
      office_.clock().advance_us(5 * minute_us);
    }
    require(!usage().can_assign(), "the license is full");
    page_.gap();
    page_.say(
        "Now it is full. The next person is refused, with a code for the program and a sentence "
        "for the reader: nothing has changed, and no listener was told. Somebody who holds a seat "
        "already hears that first, full or not.");
    refuse_assign(cast_.candidates.back(), Code::no_seats_remaining);
    refuse_assign(cast_.candidates.front(), Code::already_assigned);
  }

  void give_back() {
    page_.heading("3. A seat comes back");
    office_.clock().advance_us(7 * day_us);
    returner_ = cast_.candidates[cast_.candidates.size() - 2];
    page_.say("A week later " + office_.name(returner_) +
              " changes teams. Revoking stamps the assignment, which stays on record for good, and "
              "the seat is free for whoever was refused. Nothing can be revoked twice.");
    office_.revoke(last_seat_, "Changed teams");
    office_.refused("revoke " + office_.name(returner_), Code::already_revoked,
                    [&] { return office_.desk().revoke({.assignment = last_seat_}); });
    office_.clock().advance_us(5 * minute_us);
    office_.assign(cast_.license, cast_.candidates.back(), "Editor");
  }

  void archive() {
    page_.heading("4. Somebody leaves");
    office_.clock().advance_us(3 * day_us);
    const PersonId leaver = holder_of_most(office_, cast_.license);
    const std::string name = office_.name(leaver);
    page_.say("Archiving " + name +
              " takes no seat away. Each is flagged for review and stays in use until somebody has "
              "looked at it.");
    const auto before = usage();
    const auto software = office_.software(leaver);
    const auto answer = require(office_.desk().archive_person({.person = leaver}), "archiving");
    require(answer.flags_changed == software.size(), "every seat of the leaver is flagged");
    require(usage().used == before.used, "archiving frees no seat");
    page_.step("archive " + name, counted(answer.flags_changed, "seat", "seats") + " flagged");
    page_.gap();

    Table table({{"License"}, {"Since"}, {"Seat"}, {"Review"}});
    for (const auto& row : software) {
      const auto seat = require(office_.desk().get_assignment(row.assignment), "an assignment");
      require(seat.active() && seat.needs_review, "the leaver's seat is in use and flagged");
      table.row({row.license_name, day(row.assigned_at), "in use", "Needs Review"});
    }
    page_.table(table);
    page_.say("Nobody who is archived is given another one:");
    refuse_assign(leaver, Code::person_archived);
  }

  void raise_total() {
    page_.heading("5. More seats");
    office_.clock().advance_us(day_us);
    const std::int64_t total = usage().total.seats() + 2;
    page_.say(office_.name(returner_) +
              " comes back to a full license. Two more seats are bought, and the very next assign "
              "may use them; it makes a new assignment beside the old one.");
    refuse_assign(returner_, Code::no_seats_remaining);
    set_total(total);
    require(usage().available() == std::uint64_t{2}, "two seats more");
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

  void show_license() {
    page_.heading("6. The license");
    const auto license = require(office_.desk().get_license(cast_.license), "the license");
    const auto rows = require(office_.desk().license_seats(cast_.license), "its seats");
    require(rows.size() == usage().used, "one row for each seat in use");

    const auto fact = [&](const std::string& title, const std::string& text) {
      if (!text.empty()) page_.line(padded(title, 14) + text);
    };
    fact("License", license.name);
    fact("Vendor", license.vendor);
    fact("Seats used", usage().text());
    fact("Free", usage().available_text());
    fact("Owner", office_.name(license.owner));
    fact("Cost a seat", cost(license));
    fact("Renewal", renewal(license));
    page_.gap();

    Table table({{"Name"}, {"Since"}, {"Access level"}, {"Account"}, {"Badges"}});
    std::size_t flagged = 0;
    for (const auto& row : rows) {
      require(row.archived == row.needs_review, "nobody has reviewed a seat yet");
      flagged += row.needs_review ? 1 : 0;
      table.row({row.name, day(row.assigned_at), row.access_level, row.account,
                 row.archived ? "Archived, Needs Review" : ""});
    }
    require(flagged == 1, "the leaver's seat is flagged");
    page_.table(table);
  }

  void show_my_software() {
    page_.heading("7. My software");
    const PersonId person = holder_of_most(office_, cast_.license);
    page_.say(office_.name(person) +
              " sees their own licenses, in a session with the role of an employee, which allows "
              "that and no more.");
    auto own = office_.book().session({.person = person, .role = seatbook::Role::employee});
    const auto rows = require(own.my_software(person), "one's own software");
    Table table({{"License"}, {"Since"}, {"Access level"}, {"Account"}});
    for (const auto& row : rows) {
      const auto seat = require(office_.desk().find_seat(row.license, person), "a seat");
      require(seat == row.assignment, "My software lists seats that are held");
      table.row({row.license_name, day(row.assigned_at), row.access_level, row.account});
    }
    page_.table(table);
    office_.refused("software of " + office_.name(office_.operator_id()), Code::permission_denied,
                    [&] { return own.my_software(office_.operator_id()); });
  }

  void show_history() {
    page_.heading("8. The history of " + cast_.license_name);
    page_.say("Every line is written once and never changed. Replayed, they give today's holders.");
    const auto entries = require(office_.desk().history({.license = cast_.license}), "the history");
    Table table(
        {{"#", Table::Align::right}, {"When (UTC)"}, {"What"}, {"Person"}, {"By"}, {"Details"}});
    std::uint64_t held = 0;
    for (const auto& entry : entries) {
      held += entry.row.kind == seatbook::HistoryKind::assigned ? 1 : 0;
      held -= entry.row.kind == seatbook::HistoryKind::revoked ? 1 : 0;
      table.row({number(entry.row.seq.value), minute(entry.row.at),
                 std::string(to_string(entry.row.kind)), entry.person_name,
                 office_.name(entry.actor), details(entry)});
    }
    require(held == usage().used, "the history folds to the seats in use");
    page_.table(table);
  }

  void show_events() {
    page_.heading("9. The events");
    page_.say(
        "A listener heard of every commit; these are those since the inventory was loaded. A "
        "dispatcher that must lose nothing asks for them by number instead, and gets the same.");
    std::vector<seatbook::Event> asked;
    for (seatbook::EventPage answer{.more = true}; answer.more;) {
      answer = require(office_.desk().events_after(answer.next), "the events");
      asked.insert(asked.end(), answer.events.begin(), answer.events.end());
    }
    const auto& heard = office_.heard();
    require(std::equal(asked.begin(), asked.end(), heard.begin(), heard.end(),
                       [](const auto& a, const auto& b) {
                         return a.seq == b.seq && a.kind == b.kind && a.person == b.person &&
                                a.license == b.license && a.assignment == b.assignment;
                       }),
            "the listener heard what events_after answers");

    Table table(
        {{"#", Table::Align::right}, {"When (UTC)"}, {"Event"}, {"License"}, {"Person"}, {"By"}});
    for (std::size_t i = loaded_events_; i < heard.size(); ++i) {
      const seatbook::Event& event = heard[i];
      table.row({number(event.seq.value), minute(event.at), std::string(to_string(event.kind)),
                 event.license_name, event.person_name, event.actor_name});
    }
    page_.table(table);
  }

  void check() {
    page_.heading("10. The books are in order");
    page_.say(
        "The check counts every seat again, tries every index, and replays the history: it must "
        "come to what the tables say.");
    const auto findings = require(office_.book().check_invariants(), "checking the invariants");
    for (const std::string& finding : findings) page_.line(finding);
    require(findings.empty(), counted(findings.size(), "finding", "findings"));

    std::uint64_t granted = 0;
    std::uint64_t revoked = 0;
    for (const seatbook::Event& event : office_.heard()) {
      ++(event.kind == seatbook::EventKind::software_assigned ? granted : revoked);
    }
    const Figures found = office_.count();
    require(found.seats_used == granted - revoked, "the events add up to the seats in use");
    page_.step("check_invariants", counted(findings.size(), "finding", "findings"));
    page_.step("seats in use", number(found.seats_used) + ": " + number(granted) + " granted, " +
                                   number(revoked) + " revoked");
    page_.step("batches committed", number(office_.book().version().value));
    page_.gap();
    page_.say("This tour is examples/tour.cpp; examples/quickstart.cpp is the place to start.");
  }

  void refuse_assign(PersonId person, Code code) {
    office_.refused("assign " + office_.name(person), code, [&] {
      return office_.desk().assign({.license = cast_.license, .person = person});
    });
  }

  void set_total(std::int64_t seats) {
    require(office_.desk().set_total_seats({.license = cast_.license, .total_seats = seats}),
            "setting the total");
  }

  [[nodiscard]] seatbook::Usage usage() { return office_.usage(cast_.license); }

  Page& page_;
  InputFile people_file_;
  InputFile licenses_file_;
  Office office_;

  std::size_t loaded_events_ = 0;
  Cast cast_;
  AssignmentId last_seat_;  // of the last seat that was free
  PersonId returner_;
};

struct Files {
  InputFile people = {SEATBOOK_EXAMPLES_DIR "/data/people.csv", "examples/data/people.csv"};
  InputFile licenses = {SEATBOOK_EXAMPLES_DIR "/data/licenses.csv", "examples/data/licenses.csv"};
};

std::optional<Files> read_arguments(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return Files{};
  std::optional<std::string> people;
  std::optional<std::string> licenses;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--people") people = arguments[i + 1];
    if (arguments[i] == "--licenses") licenses = arguments[i + 1];
  }
  if (arguments.size() != 4 || !people || !licenses) return std::nullopt;
  return Files{{*people, *people}, {*licenses, *licenses}};
}

int run(const std::vector<std::string>& arguments) {
  constexpr std::string_view usage =
      "usage: seatbook_tour [--people FILE --licenses FILE]   (both or none)\n";
  if (arguments == std::vector<std::string>{"--help"}) {
    std::cout << usage;
    return 0;
  }
  const auto files = read_arguments(arguments);
  if (!files) {
    std::cerr << usage;
    return 2;
  }
  Page page;
  Tour(page, files->people, files->licenses).run();
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
