// Queries: assignable people, history filters, minimum versions, lookups, events and notifications.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::instant;

std::vector<std::string> names(const std::vector<AssignablePerson>& rows) {
  std::vector<std::string> result;
  for (const auto& row : rows) result.push_back(row.name);
  return result;
}

TEST(EventPages, ReadAtMost100000Rows) {
  RULE("C41");
  Desk desk;
  std::string file = "Name\n";
  for (int i = 0; i < 100'010; ++i) file += "P\n";
  ASSERT_TRUE(desk.admin.import_people({.csv = file}));
  const auto first = desk.admin.events_after({}).value();
  EXPECT_TRUE(first.events.empty());
  EXPECT_EQ(first.next, Seq(100'000));
  EXPECT_TRUE(first.more);
  const auto second = desk.admin.events_after(first.next).value();
  EXPECT_TRUE(second.events.empty());
  EXPECT_EQ(second.next, Seq(100'010));
  EXPECT_FALSE(second.more);
}

TEST(AssignablePeople, ListsActivePeopleWithoutASeatByNameOrEmail) {
  RULE("A10", "B13", "B16", "C74");
  Desk desk;
  const auto license = desk.license("Vector", 9);
  const auto zoe = desk.person("Zoë Ångström", "zoe@example.com");
  desk.person("anna Berg", "anna@example.com");
  const auto holder = desk.person("Anton Holder", "anton@example.com");
  const auto gone = desk.person("Anne Gone", "anne@example.com");
  desk.person("Percent %_", "p@example.com");
  desk.seat(license, holder);
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  const auto search_names = [&](const std::string& search) {
    return names(desk.admin.assignable_people({.license = license, .search = search}).value());
  };
  EXPECT_EQ(search_names("AN"), std::vector<std::string>{"anna Berg"});
  EXPECT_EQ(search_names("ångstr"), std::vector<std::string>{"Zoë Ångström"});
  EXPECT_EQ(search_names("A\u030aNGSTR"), std::vector<std::string>{"Zoë Ångström"})
      << "composed first";
  EXPECT_EQ(search_names("angstr"), std::vector<std::string>{}) << "accents are kept";
  EXPECT_EQ(search_names("ZOE@EX"), std::vector<std::string>{"Zoë Ångström"});
  EXPECT_EQ(search_names("%_"), std::vector<std::string>{"Percent %_"})
      << "every character is literal";
  EXPECT_EQ(search_names(" zoe@example.com\t"), std::vector<std::string>{"Zoë Ångström"});
  EXPECT_EQ(search_names(""),
            (std::vector<std::string>{"anna Berg", "Olga Owner", "Percent %_", "Zoë Ångström"}));
  EXPECT_EQ(names(desk.admin.assignable_people({.search = "anton"}).value()),
            std::vector<std::string>{"Anton Holder"})
      << "without a license, holders are included";
  EXPECT_EQ(desk.admin.assignable_people({.license = license, .limit = 2})->size(), 2U);
  ASSERT_TRUE(desk.admin.reactivate_person({.person = gone}));
  EXPECT_EQ(search_names("anne"), std::vector<std::string>{"Anne Gone"});
  desk.seat(license, zoe);
  EXPECT_TRUE(search_names("zoë").empty());
  EXPECT_EQ(code_of(desk.admin.assignable_people({.limit = 0})), Code::invalid_argument);
  EXPECT_EQ(code_of(desk.admin.assignable_people({.limit = 1001})), Code::invalid_argument);
  EXPECT_EQ(code_of(desk.admin.assignable_people({.search = "\xff"})), Code::invalid_text);
  EXPECT_EQ(code_of(desk.admin.assignable_people({.license = LicenseId(9)})),
            Code::license_not_found);
}

TEST(RecordQueries, ListPeopleAndLicensesInPages) {
  Desk desk;
  std::vector<PersonId> people;
  for (int i = 0; i < 5; ++i) people.push_back(desk.person("P" + std::to_string(i)));
  const auto license = desk.license("Vector", 1);
  ASSERT_TRUE(desk.admin.archive_person({.person = people[1]}));
  EXPECT_EQ(desk.admin.people()->size(), 6U);
  const auto page = desk.admin.people({.after = people[0], .limit = 2}).value();
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].id, people[1]);
  const auto archived = desk.admin.people({.state = PersonState::archived}).value();
  ASSERT_EQ(archived.size(), 1U);
  EXPECT_EQ(archived[0].id, people[1]);
  EXPECT_EQ(desk.admin.licenses()->at(0).id, license);
  EXPECT_TRUE(desk.admin.licenses({.state = LicenseState::archived})->empty());
  EXPECT_TRUE(desk.admin.people({.after = PersonId(~std::uint64_t{0})})->empty());
  EXPECT_EQ(code_of(desk.admin.people({.limit = 0})), Code::invalid_argument);
  EXPECT_EQ(code_of(desk.admin.licenses({.limit = 100'001})), Code::invalid_argument);
}

TEST(HistoryQueries, ApplyEveryFilter) {
  RULE("C48");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license = desk.license("Vector", 5);
  Session other = desk.book.session({.actor = "nightly sync", .role = Role::admin});
  desk.clock->set(instant("2026-03-02T00:00:00Z"));
  const auto seat = other.assign({.license = license, .person = ada})->assignment;
  desk.clock->set(instant("2026-03-03T00:00:00Z"));
  ASSERT_TRUE(other.revoke({.assignment = seat}));
  const auto sync = desk.admin.find_actor({.actor = "nightly sync"}).value();
  ASSERT_TRUE(sync.has_value());
  EXPECT_EQ(desk.admin.get_actor(*sync)->actor, "nightly sync");
  const auto count = [&](const HistoryQuery& query) {
    HistoryQuery reversed = query;
    reversed.newest_first = !query.newest_first;
    auto rows = desk.admin.history(query).value();
    auto back = desk.admin.history(reversed).value();
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(rows.size(), back.size());
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].row.seq, back[i].row.seq);
    return rows.size();
  };
  EXPECT_EQ(count({.actor = sync}), 2U);
  EXPECT_EQ(count({.person = ada, .actor = sync}), 2U);
  EXPECT_EQ(count({.actor = sync, .kind = HistoryKind::revoked}), 1U);
  EXPECT_EQ(count({.since = instant("2026-03-02T00:00:00Z")}), 2U);
  EXPECT_EQ(count({.until = instant("2026-03-02T00:00:00Z")}), 3U);
  EXPECT_EQ(
      count({.since = instant("2026-03-02T00:00:00Z"), .until = instant("2026-03-03T00:00:00Z")}),
      1U);
  EXPECT_EQ(count({.license = license, .kind = HistoryKind::person_added}), 0U);
  EXPECT_EQ(desk.admin.history({.actor = sync})->at(0).actor_name, "nightly sync");
  EXPECT_EQ(code_of(desk.admin.history({.actor = ActorId(9)})), Code::actor_not_found);
  EXPECT_EQ(code_of(desk.admin.get_actor(ActorId(9))), Code::actor_not_found);
  const CsvSink sink = [](std::string_view) { return true; };
  for (const auto& [instant, code] : {std::pair(Timestamp{-1}, Code::date_out_of_range),
                                      std::pair(Timestamp::unreadable(), Code::invalid_date)}) {
    EXPECT_EQ(code_of(desk.admin.history({.since = instant})), code);
    EXPECT_EQ(code_of(desk.admin.history({.until = instant})), code);
    EXPECT_EQ(code_of(desk.admin.export_history({.history = {.until = instant}}, sink)), code);
  }
  EXPECT_EQ(code_of(desk.admin.find_actor({})), Code::invalid_argument);
  EXPECT_FALSE(desk.admin.find_actor({.person = ada})->has_value());
  for (const Seq far : {Seq(99), Seq(~std::uint64_t{0})}) {
    EXPECT_TRUE(desk.admin.history({.from = far})->empty());
    EXPECT_TRUE(desk.admin.history({.person = ada, .from = far})->empty());
    EXPECT_TRUE(desk.admin.events_after(far)->events.empty());
    EXPECT_TRUE(desk.admin.notifications_after(far)->notifications.empty());
  }
}

TEST(VersionQueries, CanRequireAMinimumVersion) {
  const auto storage = memory_storage();
  Desk writer(storage);
  Desk reader(storage);
  const auto added = writer.admin.add_person({.name = "Ada"}).value();
  EXPECT_EQ(code_of(reader.admin.get_person(added.person)), Code::person_not_found)
      << "a book reads other books' commits when it refreshes or writes";
  EXPECT_EQ(reader.admin.at_least(added.version).get_person(added.person)->name, "Ada");
  EXPECT_EQ(code_of(reader.admin.at_least(Version(added.version.value + 1)).people()),
            Code::book_behind);
  EXPECT_TRUE(reader.admin.people());
}

TEST(NotificationQueries, ReturnOnePerBatchAndPerson) {
  RULE("A34", "C39", "C40");
  Desk desk;
  const auto ada = desk.person("Ada", "ada@example.com");
  const auto bo = desk.person("Bo");
  std::vector<LicenseId> licenses;
  for (int i = 0; i < 3; ++i) licenses.push_back(desk.license("L" + std::to_string(i), 2));
  std::vector<Notification> received;
  desk.book.subscribe_notifications(
      [&](const Notification& notification) { received.push_back(notification); });

  ASSERT_TRUE(desk.admin.bulk_assign({.person = ada, .licenses = licenses}));
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].person, ada);
  EXPECT_EQ(received[0].seats.size(), 3U);
  EXPECT_EQ(received[0].actor_name, "root");
  ASSERT_TRUE(desk.admin.bulk_assign({.person = ada, .licenses = licenses}));
  EXPECT_EQ(received.size(), 1U) << "no assignment, no notification";
  const auto seat = desk.seat(licenses[0], bo);
  ASSERT_EQ(received.size(), 2U);
  EXPECT_EQ(received[1].seats.size(), 1U);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  EXPECT_EQ(received.size(), 2U) << "a revoke sends no notification";
  const auto cy = desk.person("Cy");
  const auto dee = desk.person("Dee");
  const auto wide = desk.license("Wide", 9);
  ASSERT_TRUE(desk.admin.assign_many({.license = wide, .people = {cy, dee}}));
  ASSERT_EQ(received.size(), 4U) << "one per person";

  // Pages return the same notifications; each page ends at a batch boundary.
  std::vector<std::string> pulled;
  Seq after;
  for (;;) {
    const auto page = desk.admin.notifications_after(after, 1).value();
    for (const auto& notification : page.notifications) pulled.push_back(to_json(notification));
    after = page.next;
    if (!page.more) break;
  }
  std::vector<std::string> pushed;
  for (const auto& notification : received) pushed.push_back(to_json(notification));
  EXPECT_EQ(pulled, pushed);
}

TEST(EventQueries, PayloadsAreDocumentedJson) {
  RULE("A40", "A41");
  Desk desk;
  const auto ada = desk.person("Ada \"Countess\" Λ", "ada@example.com");
  const auto license = desk.license("Vector", 1);
  Session as_owner = desk.book.session({.person = desk.owner, .role = Role::admin});
  const auto seat = as_owner.assign({.license = license, .person = ada})->assignment;
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  const auto events = desk.admin.events_after({})->events;
  ASSERT_EQ(events.size(), 2U);
  const auto json = nlohmann::json::parse(to_json(events[0]));
  EXPECT_EQ(json["type"], "software.assigned");
  EXPECT_EQ(json["id"], "event-" + std::to_string(events[0].seq.value));
  EXPECT_EQ(json["license"]["id"], license.value);
  EXPECT_EQ(json["user"]["name"], "Ada \"Countess\" Λ");
  EXPECT_EQ(json["actor"]["person"], desk.owner.value);
  EXPECT_EQ(json["actor"]["name"], "Olga Owner");
  EXPECT_EQ(json["at"], "2026-03-01T12:00:00Z");
  EXPECT_EQ(nlohmann::json::parse(to_json(events[1]))["actor"]["name"], "root");

  // Read by the schema check that runs after this program (tests/docs/event_schema_test.py).
  if (const char* folder = std::getenv("SEATBOOK_PAYLOADS")) {
    std::ofstream out(std::string(folder) + "/payloads.jsonl");
    for (const auto& event : events) out << to_json(event) << '\n';
    for (const auto& notification : desk.admin.notifications_after({}).value().notifications) {
      out << to_json(notification) << '\n';
    }
    ASSERT_TRUE(out.good());
  }
}

}  // namespace
}  // namespace seatbook
