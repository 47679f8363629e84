// The scenes in which seats are assigned, transferred and revoked, and people leave.
#ifndef SEATBOOK_EXAMPLES_SEAT_SCENES_HPP_
#define SEATBOOK_EXAMPLES_SEAT_SCENES_HPP_

#include <cstddef>
#include <string>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "stage.hpp"

namespace tour {

using seatbook::AssignmentId;
using seatbook::Code;
using seatbook::LicenseId;
using seatbook::PersonId;

inline void play_fill(Stage& stage) {
  for (const PersonId person : stage.cast.fillers) {
    stage.office.assign(person, stage.cast.license, "Editor");
    stage.office.later(6);
  }
  require(stage.office.usage(stage.cast.license).text() ==
              number(stage.cast.total) + '/' + number(stage.cast.total),
          "the license is full");
  const auto oldest = require(stage.desk().license_seats(stage.cast.license), "the seats").front();
  stage.idle = oldest.assignment;
  stage.narrator.set("idle", oldest.name);
  stage.narrator.say_next();
  stage.office.refused(
      "assign " + stage.office.name(stage.cast.joiner), Code::no_seats_remaining, [&] {
        return stage.desk().assign({.license = stage.cast.license, .person = stage.cast.joiner});
      });
  stage.office.refused(
      "assign " + stage.office.name(stage.cast.owner), Code::already_assigned, [&] {
        return stage.desk().assign({.license = stage.cast.license, .person = stage.cast.owner});
      });
  show_holders(stage, stage.office.now());
}

inline void play_bulk(Stage& stage) {
  std::vector<LicenseId> licenses = {stage.cast.license};
  licenses.insert(licenses.end(), stage.cast.further.begin(), stage.cast.further.end());
  std::vector<Code> expected;
  std::vector<SeatChange> changes;
  for (const LicenseId license : licenses) {
    const bool held = stage.office.holds(stage.cast.joiner, license);
    expected.push_back(held                            ? Code::already_assigned
                       : license == stage.cast.license ? Code::no_seats_remaining
                                                       : Code::ok);
    if (expected.back() == Code::ok) changes.push_back({true, license, stage.cast.joiner});
  }
  const auto result = stage.office.change("bulk_assign", changes, [&] {
    return stage.desk().bulk_assign({.person = stage.cast.joiner, .licenses = licenses});
  });
  Rows rows;
  for (std::size_t i = 0; i < licenses.size(); ++i) {
    require(result.outcomes[i].code == expected[i], "the outcome of each license");
    rows.push_back(
        {stage.office.name(licenses[i]),
         std::string(expected[i] == Code::ok ? seatbook::assigned_text : to_string(expected[i])),
         stage.office.usage(licenses[i]).text()});
  }
  stage.page.table({{"License"}, {"Outcome"}, {"Used", true}}, rows);
  stage.page.line(result.summary.assign_text());
}

inline void play_more(Stage& stage) {
  stage.office.set_total(stage.cast.license, stage.cast.total + 1);
  stage.office.assign(stage.cast.joiner, stage.cast.license);
  stage.office.refused("set total to " + number(stage.cast.total), Code::total_below_used, [&] {
    return stage.desk().set_total_seats(
        {.license = stage.cast.license, .total_seats = Office::seats(stage.cast.total)});
  });
}

inline void play_roster(Stage& stage) {
  const auto team =
      require(stage.desk().add_license(
                  {.name = "Tour Whiteboard", .total_seats = 2, .owner = stage.license_owner}),
              "a license");
  std::string csv = "Email\r\n";
  const auto add_row = [&](const std::string& email) { csv += '"' + email + "\"\r\n"; };
  const auto email = [&](PersonId id) { return require(stage.desk().get_person(id), "").email; };
  add_row(email(stage.cast.owner));
  add_row(email(stage.cast.joiner));
  add_row("unknown@tour.example");
  add_row(email(stage.cast.successor));
  const std::vector<SeatChange> changes = {{true, team.license, stage.cast.owner},
                                           {true, team.license, stage.cast.joiner}};
  const auto report = stage.office.change("import_roster", changes, [&] {
    return stage.desk().import_roster({.license = team.license, .csv = csv});
  });
  require(report.added == 2 && report.not_found == 1 && report.no_seats == 1,
          "the first two people have seats, the other rows are reported");
  stage.page.step("import_roster", stage.office.usage(team.license).text());
  Rows rows;
  for (const auto& row : report.not_added) {
    rows.push_back({number(row.line), row.email, std::string(to_string(row.outcome)),
                    std::string(row.reason())});
  }
  stage.page.table({{"Line", true}, {"Email"}, {"Outcome"}, {"Reason"}}, rows);
}

inline void play_leave(Stage& stage) {
  stage.left = stage.office.today();
  const std::string name = stage.office.name(stage.cast.joiner);
  const auto held = stage.office.software(stage.cast.joiner);
  const auto archived = stage.office.change("archive_person", {}, [&] {
    return stage.desk().archive_person({.person = stage.cast.joiner});
  });
  require(archived.flags_changed == held.size(), "all seats of the person are flagged");
  stage.page.step("archive " + name, number(archived.flags_changed) + " seats flagged");
  Rows rows;
  for (const auto& row : require(stage.desk().needs_review(), "the seats to review")) {
    require(row.person == stage.cast.joiner && row.archived, "no other seat is flagged");
    rows.push_back({row.license_name, row.name, day(row.since), day(row.flagged_at)});
  }
  require(rows.size() == held.size(), "all seats of the person are listed");
  stage.page.table({{"License"}, {"Person"}, {"Since"}, {"Flagged"}}, rows);

  stage.narrator.say_next();
  const AssignmentId seat = stage.office.seat(stage.cast.joiner, stage.cast.license);
  const std::vector<SeatChange> moved = {{false, stage.cast.license, stage.cast.joiner},
                                         {true, stage.cast.license, stage.cast.successor}};
  stage.office.change("transfer", moved, [&] {
    return stage.desk().transfer({.assignment = seat, .person = stage.cast.successor});
  });
  stage.page.step("transfer " + name + " to " + stage.office.name(stage.cast.successor),
                  stage.office.usage(stage.cast.license).text());

  stage.narrator.say_next();
  seatbook::RevokeAll rest = {
      .person = stage.cast.joiner, .reason = "project is over", .dry_run = true};
  const std::string before = stage.office.dump();
  const auto revoke = [&] { return stage.desk().revoke_all(rest); };
  const auto dry_run = stage.office.change("revoke_all, dry_run", {}, revoke);
  require(stage.office.dump() == before, "a dry run changes nothing");
  stage.page.step("revoke_all, dry_run", number(dry_run.summary.done) + " seats to revoke");
  rest.dry_run = false;
  std::vector<SeatChange> changes;
  for (const auto& row : stage.office.software(stage.cast.joiner)) {
    changes.push_back({false, row.license, stage.cast.joiner});
  }
  const auto result = stage.office.change("revoke_all", changes, revoke);
  require(result.outcomes == dry_run.outcomes, "the dry run has the same outcomes");
  require(stage.office.software(stage.cast.joiner).empty(), "the person holds no seats");
  stage.page.step("revoke_all", number(result.summary.done) + " seats revoked");
}

inline void set_owners(Stage& stage, PersonId owner, PersonId backup) {
  stage.office.change("set_owners", {}, [&] {
    return stage.desk().set_owners(
        {.license = stage.cast.license, .owner = owner, .backup_owner = backup});
  });
  const auto license = require(stage.desk().get_license(stage.cast.license), "the license");
  require(license.owner == owner && license.backup_owner == backup, "the owners are set");
  stage.page.step("set_owners", stage.office.name(owner) + ", backup " + stage.office.name(backup));
}

inline void play_owner(Stage& stage) {
  const std::string name = stage.office.name(stage.cast.owner);
  set_owners(stage, stage.cast.owner, stage.license_owner);
  const auto archived =
      require(stage.desk().archive_person({.person = stage.cast.owner}), "archiving");
  stage.page.step("archive " + name, number(archived.flags_changed) + " seats flagged");
  const auto owners = require(stage.desk().archived_owners(), "the archived owners");
  require(owners.size() == 1 && owners.front().license == stage.cast.license,
          "one license has an archived owner");
  stage.page.step("archived_owners", stage.office.name(stage.cast.license));
  const auto contacts = require(stage.desk().license_contacts(stage.cast.license), "the contacts");
  require(contacts.approver == stage.license_owner &&
              contacts.renewal_recipients == std::vector<PersonId>{stage.license_owner},
          "the backup owner gets requests and reminders");
  stage.page.step("requests and reminders go to", stage.office.name(*contacts.approver));
  stage.narrator.say_next();
  set_owners(stage, stage.license_owner, stage.cast.successor);
  require(require(stage.desk().archived_owners(), "the archived owners").empty(),
          "no owner is archived");
  const auto back =
      require(stage.desk().reactivate_person({.person = stage.cast.owner}), "reactivating");
  require(back.flags_changed == archived.flags_changed, "the flags are cleared");
  stage.page.step("reactivate " + name, number(back.flags_changed) + " flags cleared");
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_SEAT_SCENES_HPP_
