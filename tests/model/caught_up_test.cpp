// Checks that every query returns the same result on the book that wrote the records, on a book
// that caught up in steps, and on a book that was opened afterwards. Cursors of earlier pages whose
// seats were revoked since are included.
//
//   SEATBOOK_MODEL_SEEDS=4    fewer seeds
//   SEATBOOK_MODEL_SEED=17    only this seed, as printed by a failure
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/operations.hpp"
#include "support/books.hpp"

namespace seatbook::testing {
namespace {

using conformance::json;

constexpr std::uint64_t seeds = 8;
constexpr int steps = 250;
constexpr std::int64_t hour_us = 60 * minute_us;

/// An operation's name and its arguments.
struct Query {
  std::string operation;
  json arguments;
};

/// Returns the result of a query as JSON text, or the code of its error.
std::string result_of(Book& book, const Query& query) {
  conformance::Target target{book, book.session({.actor = "root", .role = Role::super_admin})};
  // Dumped and parsed again because Arguments reads only unsigned numbers.
  conformance::Arguments arguments(json::parse(query.arguments.dump()));
  const conformance::Reply reply = conformance::operations().at(query.operation)(target, arguments);
  return reply.error ? std::string(to_string(reply.error->code)) : reply.result.dump();
}

/// Returns the names of all queries, which are declared between the commands and the imports.
std::set<std::string> all_queries() {
  std::set<std::string> names;
  for (auto operation = Operation::people; operation <= Operation::offboarding_times;
       operation = static_cast<Operation>(static_cast<int>(operation) + 1)) {
    names.emplace(to_string(operation));
  }
  return names;
}

/// Three books on one storage; random commands run on one of them.
class ThreeBooks {
 public:
  explicit ThreeBooks(std::uint64_t seed)
      : random_(seed), storage_(memory_storage()), live_(storage_), stepped_(storage_) {}

  void run() {
    for (int step = 0; step < steps; ++step) {
      pass_time(below(5) == 0 ? 30 * hour_us : static_cast<std::int64_t>(below(4)) * hour_us);
      command();
      if (below(8) == 0) remember_cursor();
      if (below(20) == 0) stepped_.book.refresh().value();
    }
    stepped_.book.refresh().value();
  }

  /// Compares all queries. Returns the names of those that returned rows or a record.
  std::set<std::string> compare() {
    Desk reopened(storage_);
    reopened.clock->set(live_.clock->now());
    Desk* const books[] = {&live_, &stepped_, &reopened};
    const std::string dump = live_.dump();
    std::set<std::string> non_empty;
    for (Desk* const desk : books) {
      EXPECT_EQ(desk->findings(), std::vector<std::string>{});
      EXPECT_EQ(desk->dump(), dump);
    }
    for (const Query& query : queries()) {
      const std::string expected = result_of(live_.book, query);
      const bool is_json = json::accept(expected);
      if (is_json && expected != "null" && expected != "[]" && expected != "0") {
        non_empty.insert(query.operation);
      }
      EXPECT_EQ(result_of(stepped_.book, query), expected)
          << "caught up: " << query.operation << " " << query.arguments;
      EXPECT_EQ(result_of(reopened.book, query), expected)
          << "reopened: " << query.operation << " " << query.arguments;
    }
    return non_empty;
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return *(values.begin() + below(values.size()));
  }
  PersonId person() { return PersonId(1 + below(people_ + 1)); }
  LicenseId license() { return LicenseId(1 + below(licenses_ + 1)); }
  AssignmentId seat() { return AssignmentId(1 + below(seats_ + 1)); }

  void pass_time(std::int64_t us) {
    for (Desk* const desk : {&live_, &stepped_}) {
      desk->clock->set({desk->clock->now().us + us});
    }
  }

  // ------------------------------------------------------------------------------- commands

  void command() {
    Session& root = live_.admin;
    const std::uint64_t choice = below(100);
    if (choice < 10 || people_ < 3) {
      const bool added =
          root.add_person({.name = name(),
                           .email = below(3) == 0 ? "" : "u" + std::to_string(people_) + "@x",
                           .host_key = key()})
              .has_value();
      people_ += added ? 1 : 0;
    } else if (choice < 16 || licenses_ < 2) {
      const bool added =
          root.add_license({.name = name(),
                            .product_group = one_of<const char*>({"", "design", "office"}),
                            .host_key = key(),
                            .total_seats = total(),
                            .policy = one_of({CapacityPolicy::enforce, CapacityPolicy::allow_over}),
                            .owner = person(),
                            .cost_per_seat = Money{15'000},
                            .currency = one_of<const char*>({"EUR", "USD"}),
                            .billing_period = one_of({BillingPeriod::month, BillingPeriod::year}),
                            .renewal_date = Date::of(live_.clock->now())})
              .has_value();
      licenses_ += added ? 1 : 0;
    } else if (choice < 44) {
      Assign command{.license = license(), .person = person(), .account = name()};
      if (below(4) == 0) command.held_since = Timestamp{live_.clock->now().us - 24 * hour_us};
      remember_seat(root.assign(command));
    } else if (choice < 50) {
      (void)root.edit_seat({.assignment = seat(), .access_level = name()});
    } else if (choice < 64) {
      (void)root.revoke({.assignment = seat(), .reason = "moved on"});
    } else if (choice < 69) {
      remember_seat(root.transfer({.assignment = seat(), .person = person()}));
    } else if (choice < 74) {
      (void)root.archive_person({.person = person()});
    } else if (choice < 78) {
      (void)root.reactivate_person({.person = person()});
    } else if (choice < 80) {
      (void)root.mark_reviewed({.assignment = seat()});
    } else if (choice < 87) {
      (void)root.record_use({.assignment = seat(), .used_at = live_.clock->now()});
    } else if (choice < 88) {
      (void)root.erase_person({.person = person(), .revoke_first = true});
    } else if (choice < 90) {
      (void)root.revoke_all({.person = person()});
    } else if (choice < 92) {
      (void)root.set_total_seats({.license = license(), .total_seats = total()});
    } else if (choice < 93) {
      (void)root.archive_license({.license = license()});
    } else if (choice < 94) {
      (void)root.reactivate_license({.license = license()});
    } else if (choice < 96) {
      (void)root.update_person({.person = person(), .name = name()});
    } else if (choice < 98) {
      swap_keys_of_people();
    } else {
      swap_keys_of_licenses();
    }
  }

  void remember_seat(const Result<SeatReceipt>& seat) {
    if (seat) seats_ = seat->assignment.value;
  }
  std::string name() { return one_of<const char*>({"ann", "Bob", "Zoë", "éric", "bob", "Ann"}); }
  std::string key() { return below(2) == 0 ? "" : "key-" + std::to_string(++keys_); }
  SeatTotal total() {
    return one_of({SeatTotal::unlimited(), SeatTotal(1), SeatTotal(3), SeatTotal(9)});
  }

  /// Exchanges the unique keys of two people; a book that catches up applies it in one step.
  void swap_keys_of_people() {
    const auto a = live_.admin.get_person(person());
    const auto b = live_.admin.get_person(person());
    if (!a || !b || a->id == b->id) return;
    const auto set = [this](PersonId id, const std::string& email, const std::string& host_key) {
      UpdatePerson update;
      update.person = id;
      update.email = email.empty() ? Edit<std::string>(clear) : Edit<std::string>(email);
      update.host_key = host_key.empty() ? Edit<std::string>(clear) : Edit<std::string>(host_key);
      return live_.admin.update_person(update).has_value();
    };
    if (set(a->id, "", "") && set(b->id, a->email, a->host_key)) set(a->id, b->email, b->host_key);
  }
  void swap_keys_of_licenses() {
    const auto a = live_.admin.get_license(license());
    const auto b = live_.admin.get_license(license());
    if (!a || !b || a->id == b->id) return;
    const auto set = [this](LicenseId id, const std::string& host_key) {
      UpdateLicense update;
      update.license = id;
      update.host_key = host_key.empty() ? Edit<std::string>(clear) : Edit<std::string>(host_key);
      return live_.admin.update_license(update).has_value();
    };
    if (set(a->id, "") && set(b->id, a->host_key)) set(a->id, b->host_key);
  }

  // -------------------------------------------------------------------------------- queries

  /// Fetches a page of a seat list and keeps its cursor for the final comparison.
  void remember_cursor() {
    json list = {{"sort", one_of<const char*>({"user", "assigned", "assigned", "last_used"})},
                 {"descending", below(2) == 0},
                 {"limit", 1 + below(3)}};
    if (below(3) != 0) list["license"] = license().value;
    if (below(3) == 0) list["person"] = person().value;
    const std::string page = result_of(live_.book, {"seat_list", list});
    if (page.front() != '{') return;
    list["after"] = json::parse(page).at("next");
    if (list["after"] == "") return;
    for (const std::uint64_t limit : {2, 100}) {
      list["limit"] = limit;
      cursors_.push_back({"seat_list", list});
    }
  }

  std::vector<Query> queries() {
    std::vector<Query> queries = cursors_;
    const std::string since = instant("2026-03-01T12:00:00Z").to_string();
    const std::string until = live_.clock->now().to_string();
    const auto add = [&queries](const char* operation, json arguments) {
      queries.push_back({operation, std::move(arguments)});
    };
    std::vector<json> scopes = {json::object()};
    for (std::uint64_t id = 1; id <= licenses_; ++id) scopes.push_back({{"license", id}});
    for (const json& scope : scopes) {
      const auto scoped = [&](const char* operation, const json& more = json::object()) {
        json arguments = scope;
        arguments.update(more);
        add(operation, std::move(arguments));
      };
      for (const char* const sort : {"user", "assigned", "last_used"}) {
        for (const bool descending : {false, true}) {
          scoped("seat_list", {{"sort", sort}, {"descending", descending}});
          scoped("export_seat_list", {{"sort", sort}, {"descending", descending}});
        }
      }
      scoped("seat_list", {{"needs_review_only", true}});
      scoped("seat_list", {{"search", "b"}});
      for (const char* const operation :
           {"seat_figures", "needs_review", "needs_review_count", "reclaim_candidates",
            "offboarding_times", "history", "export_history", "utilization"}) {
        scoped(operation);
      }
      scoped("history", {{"newest_first", true}});
      scoped("usage_over_time", {{"since", since}, {"until", until}});
      scoped("peak_usage", {{"since", since}, {"until", until}});
    }
    for (std::uint64_t id = 1; id <= licenses_; ++id) {
      for (const char* const operation :
           {"get_license", "usage", "license_seats", "license_contacts", "roster",
            "assignable_people", "export_roster"}) {
        add(operation, {{"license", id}});
      }
      add("roster", {{"license", id}, {"active_only", true}});
      add("assignable_people", {{"license", id}, {"search", "b"}, {"limit", 2}});
      for (int i = 0; i < 3; ++i) {
        const Timestamp at{instant("2026-03-01T12:00:00Z").us +
                           static_cast<std::int64_t>(below(steps)) * 4 * hour_us};
        add("holders_at", {{"license", id}, {"at", at.to_string()}});
      }
    }
    for (std::uint64_t id = 1; id <= people_; ++id) {
      add("get_person", {{"person", id}});
      add("my_software", {{"person", id}});
      add("seat_list", {{"person", id}, {"descending", true}, {"sort", "assigned"}});
      add("history", {{"person", id}});
      add("find_seat", {{"person", id}, {"license", 1 + below(licenses_)}});
      add("find_person", {{"email", "u" + std::to_string(id) + "@x"}});
      add("people", {{"after", id}, {"limit", 2}});
    }
    for (std::uint64_t id = 1; id <= keys_; ++id) {
      add("find_person", {{"host_key", "key-" + std::to_string(id)}});
      add("find_license", {{"host_key", "key-" + std::to_string(id)}});
    }
    for (std::uint64_t id = 1; id <= seats_; ++id) {
      add("get_assignment", {{"assignment", id}});
      add("last_use", {{"assignment", id}});
      add("reclaim_candidates", {{"after", id}, {"limit", 2}, {"inactive_days", 1}});
      add("roster", {{"license", 1 + below(licenses_)}, {"after", id}, {"limit", 2}});
    }
    const std::uint64_t rows =
        json::parse(result_of(live_.book, {"history", json::object()})).size();
    for (std::uint64_t seq = 0; seq < rows; seq += 7) {
      for (const bool newest_first : {false, true}) {
        add("history", {{"from", seq}, {"newest_first", newest_first}, {"limit", 3}});
      }
      add("events_after", {{"after", seq}, {"limit", 3}});
      add("notifications_after", {{"after", seq}, {"limit", 3}});
      add("offboarding_times", {{"after", seq}, {"limit", 2}});
    }
    add("people", json::object());
    for (std::uint64_t id = 0; id <= licenses_; ++id)
      add("licenses", {{"after", id}, {"limit", 2}});
    add("get_actor", {{"actor", 1}});
    add("find_actor", {{"actor", "root"}});
    add("archived_owners", json::object());
    add("renewals_due", {{"until", Date::of(live_.clock->now()).to_string()}});
    return queries;
  }

  std::mt19937_64 random_;
  std::shared_ptr<Storage> storage_;
  Desk live_;
  Desk stepped_;
  std::uint64_t people_ = 0;
  std::uint64_t licenses_ = 0;
  std::uint64_t seats_ = 0;
  std::uint64_t keys_ = 0;
  std::vector<Query> cursors_;
};

TEST(CaughtUp, EveryQueryReturnsTheSameAfterCatchingUpAndReopening) {
  const auto setting = [](const char* name, std::uint64_t fallback) -> std::uint64_t {
    const char* const text = std::getenv(name);
    return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
  };
  const std::uint64_t one = setting("SEATBOOK_MODEL_SEED", 0);
  const std::uint64_t first = one == 0 ? 1 : one;
  const std::uint64_t last =
      one == 0 ? std::min(seeds, setting("SEATBOOK_MODEL_SEEDS", seeds)) : one;
  std::set<std::string> non_empty;
  for (std::uint64_t seed = first; seed <= last && !HasFailure(); ++seed) {
    SCOPED_TRACE("SEATBOOK_MODEL_SEED=" + std::to_string(seed));
    ThreeBooks books(seed);
    books.run();
    non_empty.merge(books.compare());
  }
  if (one != 0 || last < seeds || HasFailure()) return;
  EXPECT_EQ(non_empty, all_queries()) << "a query never returned a result";
}

TEST(CaughtUp, RefreshAppliesSwappedUniqueKeys) {
  const auto storage = memory_storage();
  Desk desk(storage);
  const auto add_person = [&](const char* email, const char* host_key) {
    return desk.admin.add_person({.name = "P", .email = email, .host_key = host_key})
        .value()
        .person;
  };
  const auto add_license = [&](const char* host_key) {
    return desk.admin.add_license({.name = "L", .host_key = host_key, .owner = PersonId(1)})
        .value()
        .license;
  };
  const PersonId ada = add_person("ada@example.com", "h-1");
  const PersonId bo = add_person("bo@example.com", "h-2");
  const LicenseId vector = add_license("l-1");
  const LicenseId raster = add_license("l-2");
  Desk other(storage);

  const auto set_person = [&](PersonId person, const Edit<std::string>& email,
                              const Edit<std::string>& host_key) {
    UpdatePerson update;
    update.person = person;
    update.email = email;
    update.host_key = host_key;
    ASSERT_TRUE(desk.admin.update_person(update));
  };
  const auto set_license = [&](LicenseId license, const Edit<std::string>& host_key) {
    UpdateLicense update;
    update.license = license;
    update.host_key = host_key;
    ASSERT_TRUE(desk.admin.update_license(update));
  };
  set_person(ada, clear, clear);
  set_person(bo, "ada@example.com", "h-1");
  set_person(ada, "bo@example.com", "h-2");
  set_license(vector, clear);
  set_license(raster, "l-1");
  set_license(vector, "l-2");

  ASSERT_TRUE(other.book.refresh());
  EXPECT_EQ(other.dump(), desk.dump());
  EXPECT_EQ(other.findings(), std::vector<std::string>{});
  EXPECT_EQ(other.admin.find_person({.email = "ada@example.com"}).value(), bo);
  EXPECT_EQ(other.admin.find_person({.host_key = "h-2"}).value(), ada);
  EXPECT_EQ(other.admin.find_license({.host_key = "l-1"}).value(), raster);
}

/// Pages whose cursor points to a seat that is revoked before the next page, in each scope.
class PagesOverRevokedSeats : public ::testing::TestWithParam<const char*> {
 protected:
  using Ids = std::vector<std::uint64_t>;

  PagesOverRevokedSeats() : storage_(memory_storage()), desk_(storage_) {
    holder_ = desk_.person("Holder");
    license_ = desk_.license("Vector", 20);
  }

  /// Assigns the next seat of the scope.
  AssignmentId seat() {
    const std::string number = std::to_string(++seat_count_);
    if (std::string(GetParam()) == "person") return desk_.seat(desk_.license(number, 1), holder_);
    return desk_.seat(license_, desk_.person(number));
  }
  [[nodiscard]] SeatListQuery query() const {
    SeatListQuery query;
    if (std::string(GetParam()) == "license") query.license = license_;
    if (std::string(GetParam()) == "person") query.person = holder_;
    return query;
  }
  static Ids ids(const SeatListPage& page) {
    Ids ids;
    for (const SeatListRow& row : page.rows) ids.push_back(row.assignment.value);
    return ids;
  }
  /// Returns the page of the book that wrote it and checks that a reopened book returns the same.
  Ids page(const SeatListQuery& query) {
    Desk reopened(storage_);
    const Ids live = ids(desk_.admin.seat_list(query).value());
    EXPECT_EQ(ids(reopened.admin.seat_list(query).value()), live);
    return live;
  }
  void revoke(AssignmentId seat) { ASSERT_TRUE(desk_.admin.revoke({.assignment = seat})); }

  std::shared_ptr<Storage> storage_;
  Desk desk_;
  PersonId holder_;
  LicenseId license_;
  int seat_count_ = 0;
};

TEST_P(PagesOverRevokedSeats, Descending) {
  std::vector<AssignmentId> seats;
  for (int i = 0; i < 6; ++i) seats.push_back(seat());
  SeatListQuery query = this->query();
  query.descending = true;
  query.limit = 2;
  const auto first = desk_.admin.seat_list(query).value();
  EXPECT_EQ(ids(first), (Ids{6, 5}));
  query.after = first.next;
  revoke(seats[4]);  // the cursor's seat
  EXPECT_EQ(page(query), (Ids{4, 3}));
  revoke(seats[3]);  // and the next one
  revoke(seats[2]);
  EXPECT_EQ(page(query), (Ids{2, 1}));
  seat();
  revoke(seats[5]);
  EXPECT_EQ(page(query), (Ids{2, 1}));
  revoke(seats[1]);
  revoke(seats[0]);
  EXPECT_EQ(page(query), Ids{});
}

TEST_P(PagesOverRevokedSeats, Ascending) {
  std::vector<AssignmentId> seats;
  for (int i = 0; i < 3; ++i) seats.push_back(seat());
  SeatListQuery query = this->query();
  query.limit = 2;
  const auto first = desk_.admin.seat_list(query).value();
  EXPECT_EQ(ids(first), (Ids{1, 2}));
  query.after = first.next;
  revoke(seats[2]);  // all following seats
  revoke(seats[1]);  // and the cursor's seat
  EXPECT_EQ(page(query), Ids{});
  for (int i = 0; i < 3; ++i) seat();
  EXPECT_EQ(page(query), (Ids{4, 5}));
}

TEST_P(PagesOverRevokedSeats, CursorSeatWasTheLastActiveOne) {
  const AssignmentId only = seat();
  SeatListQuery query = this->query();
  query.descending = true;
  query.limit = 1;
  const AssignmentId second = seat();
  query.after = desk_.admin.seat_list(query).value().next;
  revoke(only);
  revoke(second);
  seat();
  EXPECT_EQ(page(query), Ids{});
}

INSTANTIATE_TEST_SUITE_P(Scopes, PagesOverRevokedSeats,
                         ::testing::Values("book", "license", "person"));

}  // namespace
}  // namespace seatbook::testing
