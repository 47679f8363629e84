// The overhead of a call through the C interface compared with C++, for the same work on equal
// books. The target is at most 50 ns per call.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace {

using namespace seatbook;

constexpr std::uint64_t people = 1000;

std::string email_of(std::uint64_t n) {
  return "person." + std::to_string(n) + "@example.com";
}

/// A book with a license with unlimited seats, of which none is assigned.
class InCpp {
 public:
  InCpp() : book(Book::open().value()), desk(session_of(book)) {
    for (std::uint64_t n = 1; n <= people; ++n) {
      AddPerson person;
      person.name = "Person " + std::to_string(n);
      person.email = email_of(n);
      desk.add_person(person).value();
    }
    AddLicense license;
    license.name = "Inkwell";
    license.total_seats = SeatTotal::unlimited();
    license.owner = PersonId(1);
    desk.add_license(license).value();
  }
  static Session session_of(const Book& book) {
    Actor actor;
    actor.actor = "benchmark";
    actor.role = Role::admin;
    return book.session(actor);
  }
  Book book;
  Session desk;
};

class InC {
 public:
  InC() {
    seatbook_open(nullptr, 0, nullptr, &book, nullptr);
    seatbook_actor actor = SEATBOOK_ACTOR_INIT;
    actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
    actor.actor = {"benchmark", SEATBOOK_NUL_TERMINATED};
    actor.role = SEATBOOK_ROLE_ADMIN;
    seatbook_session_open(book, &actor, &desk, nullptr);
    for (std::uint64_t n = 1; n <= people; ++n) {
      const std::string name = "Person " + std::to_string(n);
      const std::string email = email_of(n);
      seatbook_add_person_request person = SEATBOOK_ADD_PERSON_REQUEST_INIT;
      person.fields = SEATBOOK_FIELD_ADD_PERSON_NAME | SEATBOOK_FIELD_ADD_PERSON_EMAIL;
      person.name = {name.data(), name.size()};
      person.email = {email.data(), email.size()};
      seatbook_add_person(desk, &person, nullptr, nullptr, nullptr);
    }
    seatbook_add_license_request license = SEATBOOK_ADD_LICENSE_REQUEST_INIT;
    license.fields = SEATBOOK_FIELD_ADD_LICENSE_NAME | SEATBOOK_FIELD_ADD_LICENSE_TOTAL_SEATS |
                     SEATBOOK_FIELD_ADD_LICENSE_OWNER;
    license.name = {"Inkwell", SEATBOOK_NUL_TERMINATED};
    license.total_seats = SEATBOOK_UNLIMITED;
    license.owner = 1;
    seatbook_add_license(desk, &license, nullptr, nullptr, nullptr);
  }
  InC(const InC&) = delete;
  InC& operator=(const InC&) = delete;
  ~InC() {
    seatbook_session_free(desk);
    seatbook_book_free(book);
  }
  seatbook_book* book = nullptr;
  seatbook_session* desk = nullptr;
};

// ----------------------------------------------------------------------------- assign and revoke

void BM_AssignAndRevokeInCpp(benchmark::State& state) {
  InCpp in;
  std::uint64_t n = 0;
  for (auto _ : state) {
    Assign assign;
    assign.license = LicenseId(1);
    assign.person = PersonId(n++ % people + 1);
    assign.access_level = "Editor";
    Revoke revoke;
    revoke.assignment = in.desk.assign(assign).value().assignment;
    benchmark::DoNotOptimize(in.desk.revoke(revoke).value());
  }
}
BENCHMARK(BM_AssignAndRevokeInCpp)->Iterations(300'000);

void assign_and_revoke(benchmark::State& state, bool with_results) {
  const InC in;
  std::uint64_t n = 0;
  for (auto _ : state) {
    seatbook_assign_request assign = SEATBOOK_ASSIGN_REQUEST_INIT;
    assign.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON |
                    SEATBOOK_FIELD_ASSIGN_ACCESS_LEVEL;
    assign.license = 1;
    assign.person = n++ % people + 1;
    assign.access_level = {"Editor", 6};
    seatbook_id seat = 0;
    seatbook_rows* result = nullptr;
    seatbook_assign(in.desk, &assign, &seat, with_results ? &result : nullptr, nullptr);
    seatbook_rows_free(result);
    seatbook_revoke_request revoke = SEATBOOK_REVOKE_REQUEST_INIT;
    revoke.fields = SEATBOOK_FIELD_REVOKE_ASSIGNMENT;
    revoke.assignment = seat;
    result = nullptr;
    const auto code =
        seatbook_revoke(in.desk, &revoke, nullptr, with_results ? &result : nullptr, nullptr);
    seatbook_rows_free(result);
    if (code != SEATBOOK_OK) state.SkipWithError("a seat was not revoked");
  }
}
void BM_AssignAndRevokeInC(benchmark::State& state) {
  assign_and_revoke(state, false);
}
BENCHMARK(BM_AssignAndRevokeInC)->Iterations(300'000);
void BM_AssignAndRevokeInCWithResults(benchmark::State& state) {
  assign_and_revoke(state, true);
}
BENCHMARK(BM_AssignAndRevokeInCWithResults)->Iterations(300'000);

// ------------------------------------------------------------------------------- small queries

void BM_FindSeatInCpp(benchmark::State& state) {
  InCpp in;
  std::uint64_t n = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(in.desk.find_seat(LicenseId(1), PersonId(n++ % people + 1)).value());
  }
}
BENCHMARK(BM_FindSeatInCpp);

void BM_FindSeatInC(benchmark::State& state) {
  const InC in;
  std::uint64_t n = 0;
  for (auto _ : state) {
    seatbook_id seat = 0;
    seatbook_find_seat(in.desk, 1, n++ % people + 1, &seat, nullptr);
    benchmark::DoNotOptimize(seat);
  }
}
BENCHMARK(BM_FindSeatInC);

void BM_UsageInCpp(benchmark::State& state) {
  InCpp in;
  for (auto _ : state) benchmark::DoNotOptimize(in.desk.usage(LicenseId(1)).value());
}
BENCHMARK(BM_UsageInCpp);

void BM_UsageInC(benchmark::State& state) {
  const InC in;
  for (auto _ : state) {
    std::uint64_t used = 0;
    std::int64_t total = 0;
    seatbook_usage(in.desk, 1, &used, &total, nullptr, nullptr);
    benchmark::DoNotOptimize(used);
  }
}
BENCHMARK(BM_UsageInC);

// ---------------------------------------------------------------------------------------- lists

void BM_PeopleInCpp(benchmark::State& state) {
  InCpp in;
  for (auto _ : state) benchmark::DoNotOptimize(in.desk.people().value());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(people));
}
BENCHMARK(BM_PeopleInCpp);

void BM_PeopleInC(benchmark::State& state) {
  const InC in;
  for (auto _ : state) {
    seatbook_rows* rows = nullptr;
    seatbook_people(in.desk, nullptr, &rows, nullptr);
    seatbook_rows_free(rows);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(people));
}
BENCHMARK(BM_PeopleInC);

}  // namespace

BENCHMARK_MAIN();
