// Fails the first, the second, the third ... allocation of a call, until the call succeeds. A
// failed allocation must give SEATBOOK_OUT_OF_MEMORY without a change; or, between writing a change
// and updating the tables, a book that must be reopened and then has the change.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "capi/api.hpp"
#include "capi/plug_in.h"

// These functions replace glibc's malloc in all libraries of the process; free() is not replaced.
extern "C" void* __libc_malloc(std::size_t size);                     // NOLINT: glibc's names
extern "C" void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT
extern "C" void* __libc_realloc(void* block, std::size_t size);       // NOLINT

namespace {

struct Failing {
  std::uint64_t allowed = 0;
  bool armed = false;
  bool lasting = false;  ///< all later allocations fail too
  bool fired = false;
};
thread_local Failing failing;

bool fails() {
  if (!failing.armed || (failing.fired && !failing.lasting)) return false;
  if (failing.allowed > 0) {
    --failing.allowed;
    return false;
  }
  failing.fired = true;
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" void* malloc(std::size_t size) noexcept {
  return fails() ? nullptr : __libc_malloc(size);
}
extern "C" void* calloc(std::size_t count, std::size_t size) noexcept {
  return fails() ? nullptr : __libc_calloc(count, size);
}
extern "C" void* realloc(void* block, std::size_t size) noexcept {
  return fails() ? nullptr : __libc_realloc(block, size);
}

namespace seatbook::capi_tests {
namespace {

/// Lets `allowed` allocations succeed and fails the next one, during its lifetime.
class OutOfMemory {
 public:
  OutOfMemory(std::uint64_t allowed, bool lasting) { failing = {allowed, true, lasting, false}; }
  OutOfMemory(const OutOfMemory&) = delete;
  OutOfMemory& operator=(const OutOfMemory&) = delete;
  ~OutOfMemory() { failing.armed = false; }
};

constexpr seatbook_time start = INT64_C(1772366400000000);

seatbook_text text(const char* characters) {
  return {characters, SEATBOOK_NUL_TERMINATED};
}

/// The result of a step besides its code.
struct Value {
  seatbook_rows* rows = nullptr;
  seatbook_error* error = nullptr;
};
using Run = seatbook_code (*)(seatbook_session*, Value&);

struct Step {
  const char* name;
  Run run;
  bool bulk;  ///< may succeed without a result
};

/// A book with people, licenses and one assignment.
class Desk {
 public:
  explicit Desk(seatbook_storage* storage) {
    seatbook_clock* clock = nullptr;
    EXPECT_EQ(seatbook_clock_new(start, &clock, nullptr), SEATBOOK_OK);
    clock_.reset(clock);
    seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
    options.fields = SEATBOOK_FIELD_OPEN_CLOCK;
    options.clock = clock;
    seatbook_book* book = nullptr;
    EXPECT_EQ(storage == nullptr ? seatbook_open(nullptr, 0, &options, &book, nullptr)
                                 : seatbook_book_open(storage, &options, &book, nullptr),
              SEATBOOK_OK);
    book_.reset(book);
    seatbook_actor actor = SEATBOOK_ACTOR_INIT;
    actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
    actor.actor = text("a service with a name that is too long for small strings");
    actor.role = SEATBOOK_ROLE_SUPER_ADMIN;
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, &actor, &session, nullptr), SEATBOOK_OK);
    session_.reset(session);
  }
  void begin() {
    const auto call = [&](const char* name, const json& arguments) {
      const Reply reply = calls().at(name)(session_.get(), arguments);
      EXPECT_FALSE(reply.error) << name << shown(*reply.error);
    };
    call("add_person",
         {{"name", "Ada, who has a name of some length"}, {"email", "ada@example.com"}});
    call("add_person", {{"name", "Bo"}, {"email", "bo@example.com"}});
    call("add_license", {{"name", "Inkwell"}, {"owner", 1}, {"total_seats", 2}});
    call("add_license", {{"name", "Quill"}, {"owner", 1}});
    call("assign", {{"license", 1}, {"person", 1}, {"access_level", "Editor"}});
  }
  [[nodiscard]] std::string dump() const {
    seatbook_rows* json = nullptr;
    const seatbook_code code = seatbook_book_dump(book_.get(), &json, nullptr);
    const Rows kept(json);
    return code == SEATBOOK_OK ? seatbook_rows_text(json, 0, 0, nullptr)
                               : seatbook_choice_name(SEATBOOK_CHOICE_CODE, code);
  }
  [[nodiscard]] seatbook_session* session() const { return session_.get(); }
  [[nodiscard]] seatbook_book* book() const { return book_.get(); }

 private:
  Clock clock_;
  Book book_;
  Session session_;
};

const std::vector<Step>& steps() {
  static const std::vector<Step> all = {
      {"add_person",
       [](seatbook_session* on, Value& to) {
         seatbook_add_person_request request = SEATBOOK_ADD_PERSON_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_ADD_PERSON_NAME | SEATBOOK_FIELD_ADD_PERSON_EMAIL;
         request.name = text("A person whose name does not fit into a small string");
         request.email = text("person.with.a.long.address@example.com");
         return seatbook_add_person(on, &request, nullptr, &to.rows, &to.error);
       },
       false},
      {"assign",
       [](seatbook_session* on, Value& to) {
         seatbook_assign_request request = SEATBOOK_ASSIGN_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON |
                          SEATBOOK_FIELD_ASSIGN_NOTES;
         request.license = 1;
         request.person = 2;
         request.notes = text("a note that does not fit into a small string either");
         return seatbook_assign(on, &request, nullptr, &to.rows, &to.error);
       },
       false},
      {"revoke",
       [](seatbook_session* on, Value& to) {
         seatbook_revoke_request request = SEATBOOK_REVOKE_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_REVOKE_ASSIGNMENT | SEATBOOK_FIELD_REVOKE_REASON;
         request.assignment = 1;
         request.reason = text("a reason that does not fit into a small string");
         return seatbook_revoke(on, &request, nullptr, &to.rows, &to.error);
       },
       false},
      {"archive_person",
       [](seatbook_session* on, Value& to) {
         seatbook_archive_person_request request = SEATBOOK_ARCHIVE_PERSON_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_ARCHIVE_PERSON_PERSON;
         request.person = 1;
         return seatbook_archive_person(on, &request, nullptr, &to.rows, &to.error);
       },
       false},
      {"bulk_assign",
       [](seatbook_session* on, Value& to) {
         static const seatbook_id licenses[] = {1, 2};
         seatbook_bulk_assign_request request = SEATBOOK_BULK_ASSIGN_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_BULK_ASSIGN_PERSON | SEATBOOK_FIELD_BULK_ASSIGN_LICENSES;
         request.person = 2;
         request.licenses = licenses;
         request.licenses_count = 2;
         return seatbook_bulk_assign(on, &request, nullptr, &to.rows, &to.error);
       },
       true},
      {"import_roster",
       [](seatbook_session* on, Value& to) {
         seatbook_import_roster_request request = SEATBOOK_IMPORT_ROSTER_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_IMPORT_ROSTER_LICENSE | SEATBOOK_FIELD_IMPORT_ROSTER_CSV;
         request.license = 1;
         request.csv = text("Email,Role\nbo@example.com,Editor\nunknown@example.com,\n");
         return seatbook_import_roster(on, &request, nullptr, &to.rows, &to.error);
       },
       true},
  };
  return all;
}

const std::vector<Step>& queries() {
  static const std::vector<Step> all = {
      {"history",
       [](seatbook_session* on, Value& to) {
         return seatbook_history(on, nullptr, &to.rows, &to.error);
       },
       false},
      {"seat_list",
       [](seatbook_session* on, Value& to) {
         return seatbook_seat_list(on, nullptr, &to.rows, &to.error);
       },
       false},
      {"license_contacts",
       [](seatbook_session* on, Value& to) {
         return seatbook_license_contacts(on, 1, &to.rows, &to.error);
       },
       false},
      {"export_roster",
       [](seatbook_session* on, Value& to) {
         seatbook_export_roster_request request = SEATBOOK_EXPORT_ROSTER_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_EXPORT_ROSTER_LICENSE;
         request.license = 1;
         return seatbook_export_roster(on, &request, &to.rows, &to.error);
       },
       false},
      {"a failed command",
       [](seatbook_session* on, Value& to) {
         seatbook_assign_request request = SEATBOOK_ASSIGN_REQUEST_INIT;
         request.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON;
         request.license = 1;
         request.person = 1;
         return seatbook_assign(on, &request, nullptr, &to.rows, &to.error);
       },
       false},
  };
  return all;
}

Storage memory_storage() {
  seatbook_storage* storage = nullptr;
  EXPECT_EQ(seatbook_storage_open(nullptr, 0, nullptr, &storage, nullptr), SEATBOOK_OK);
  return Storage(storage);
}

class MemoryTest : public ::testing::TestWithParam<std::tuple<bool, bool>> {
 protected:
  [[nodiscard]] static bool stored() { return std::get<0>(GetParam()); }
  [[nodiscard]] static bool lasting() { return std::get<1>(GetParam()); }

  /// The outcome of a run.
  struct Outcome {
    seatbook_code code = SEATBOOK_OK;
    bool fired = false;
    bool returned = false;
  };
  static Outcome run(const Step& step, seatbook_session* session, std::uint64_t allowed) {
    Value result;
    Outcome outcome;
    {
      const OutOfMemory failure(allowed, lasting());
      outcome.code = step.run(session, result);
      outcome.fired = failing.fired;
    }
    const Rows rows(result.rows);
    const ErrorObject error(result.error);
    outcome.returned = result.rows != nullptr;
    EXPECT_EQ(outcome.code == SEATBOOK_OK, result.error == nullptr);
    if (result.error != nullptr) {
      EXPECT_EQ(seatbook_error_code(result.error), outcome.code);
      EXPECT_STRNE(seatbook_error_message(result.error), "");
    }
    return outcome;
  }
};

TEST_P(MemoryTest, CommandsAreAtomic) {
  for (const Step& step : steps()) {
    const auto reference_storage = stored() ? memory_storage() : Storage();
    Desk reference(reference_storage.get());
    reference.begin();
    const std::string before = reference.dump();
    Value result;
    ASSERT_EQ(step.run(reference.session(), result), SEATBOOK_OK) << step.name;
    seatbook_rows_free(result.rows);
    const std::string after = reference.dump();
    ASSERT_NE(before, after);

    std::uint64_t allowed = 0;
    int failures = 0;
    for (;; ++allowed) {
      SCOPED_TRACE(std::string(step.name) + ", allocation " + std::to_string(allowed + 1));
      const auto storage = stored() ? memory_storage() : Storage();
      Desk desk(storage.get());
      desk.begin();
      const Outcome outcome = run(step, desk.session(), allowed);
      if (outcome.code == SEATBOOK_OK) {
        EXPECT_EQ(desk.dump(), after);
        EXPECT_TRUE(outcome.returned || (step.bulk && outcome.fired));
      } else if (outcome.code == SEATBOOK_OUT_OF_MEMORY ||
                 (stored() && outcome.code == SEATBOOK_STORAGE_FAILED)) {
        // If the storage runs out of memory, it reports that it has failed and written nothing.
        ++failures;
        EXPECT_EQ(desk.dump(), before);
        EXPECT_EQ(run(step, desk.session(), UINT64_MAX).code, SEATBOOK_OK);
        EXPECT_EQ(desk.dump(), after);
      } else {
        // The change was written, but the tables could not be updated.
        EXPECT_EQ(outcome.code, SEATBOOK_BOOK_NEEDS_REOPEN);
        EXPECT_EQ(desk.dump(), "book_needs_reopen");
        if (stored()) {
          EXPECT_EQ(Desk(storage.get()).dump(), after);
        }
      }
      if (!outcome.fired || HasFailure()) break;
    }
    EXPECT_GT(failures, 1) << step.name;
    std::cout << step.name << ": " << allowed << " allocations, " << failures << " failures\n";
  }
}

TEST_P(MemoryTest, QueriesSucceedOrFailWithOutOfMemory) {
  for (const Step& step : queries()) {
    const auto storage = stored() ? memory_storage() : Storage();
    Desk desk(storage.get());
    desk.begin();
    const std::string before = desk.dump();
    const seatbook_code expected = run(step, desk.session(), UINT64_MAX).code;
    int failures = 0;
    for (std::uint64_t allowed = 0;; ++allowed) {
      SCOPED_TRACE(std::string(step.name) + ", allocation " + std::to_string(allowed + 1));
      const Outcome outcome = run(step, desk.session(), allowed);
      if (outcome.code == SEATBOOK_OUT_OF_MEMORY) {
        ++failures;
        EXPECT_FALSE(outcome.returned);
      } else {
        EXPECT_EQ(outcome.code, expected);
      }
      EXPECT_EQ(desk.dump(), before);
      if (!outcome.fired || HasFailure()) break;
    }
    EXPECT_GT(failures, 0) << step.name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, MemoryTest, ::testing::Combine(::testing::Bool(), ::testing::Bool()),
                         [](const auto& about) {
                           return std::string(std::get<0>(about.param) ? "OnAStorage"
                                                                       : "InMemory") +
                                  (std::get<1>(about.param) ? "FromThenOn" : "Once");
                         });

TEST(MemoryOfHandlesTest, OpeningSucceedsOrFailsWithOutOfMemory) {
  for (const bool lasting : {false, true}) {
    for (std::uint64_t allowed = 0;; ++allowed) {
      seatbook_storage_callbacks callbacks;
      ASSERT_EQ(plug_in_make(&callbacks), 1);
      seatbook_storage* storage = nullptr;
      seatbook_book* book = nullptr;
      seatbook_session* session = nullptr;
      seatbook_clock* clock = nullptr;
      seatbook_progress* progress = nullptr;
      seatbook_error* error = nullptr;
      seatbook_actor actor = SEATBOOK_ACTOR_INIT;
      actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR;
      actor.actor = text("a service with a name that is too long for small strings");
      seatbook_code code = SEATBOOK_OK;
      bool fired = false;
      {
        const OutOfMemory failure(allowed, lasting);
        code = seatbook_storage_new(&callbacks, &storage, &error);
        if (code == SEATBOOK_OK) code = seatbook_book_open(storage, nullptr, &book, &error);
        if (code == SEATBOOK_OK) code = seatbook_session_open(book, &actor, &session, &error);
        if (code == SEATBOOK_OK) code = seatbook_clock_new(0, &clock, &error);
        if (code == SEATBOOK_OK) code = seatbook_progress_new(&progress, &error);
        fired = failing.fired;
      }
      EXPECT_EQ(code, fired ? SEATBOOK_OUT_OF_MEMORY : SEATBOOK_OK) << allowed;
      EXPECT_EQ(seatbook_error_code(error), code);
      seatbook_error_free(error);
      seatbook_session_free(session);
      seatbook_book_free(book);
      seatbook_storage_free(storage);
      seatbook_clock_free(clock);
      seatbook_progress_free(progress);
      EXPECT_EQ(plug_in_alive(), 0) << "destroyed once, at allocation " << allowed + 1;
      if (!fired || ::testing::Test::HasFailure()) break;
    }
  }
}

TEST(MemoryOfHandlesTest, ClocksAndListenersAreDestroyedOnce) {
  struct Counts {
    int destroyed = 0;
    int received = 0;
  };
  const auto destroy = [](void* self) { ++static_cast<Counts*>(self)->destroyed; };
  const auto count = [](void* self, const seatbook_rows* /*rows*/) {
    ++static_cast<Counts*>(self)->received;
    return std::int32_t{0};
  };
  for (const bool lasting : {false, true}) {
    for (std::uint64_t allowed = 0;; ++allowed) {
      Desk desk(nullptr);
      desk.begin();
      Counts of_clock;
      Counts of_listener;
      const seatbook_clock_callbacks callbacks = {sizeof callbacks, &of_clock, destroy,
                                                  [](void* /*self*/) { return start; }};
      const seatbook_listener listener = {sizeof listener, &of_listener, destroy, count};
      seatbook_clock* clock = nullptr;
      std::uint64_t subscription = 0;
      bool fired = false;
      seatbook_code code = SEATBOOK_OK;
      {
        const OutOfMemory failure(allowed, lasting);
        code = seatbook_clock_from_callbacks(&callbacks, &clock, nullptr);
        if (code == SEATBOOK_OK) {
          code = seatbook_book_subscribe(desk.book(), &listener, &subscription, nullptr);
        }
        fired = failing.fired;
      }
      EXPECT_EQ(code, fired ? SEATBOOK_OUT_OF_MEMORY : SEATBOOK_OK) << allowed;
      EXPECT_EQ(of_clock.destroyed, clock == nullptr ? 1 : 0);
      seatbook_clock_free(clock);
      EXPECT_EQ(of_clock.destroyed, 1);
      if (subscription != 0) {
        EXPECT_EQ(of_listener.destroyed, 0);
        EXPECT_EQ(seatbook_book_unsubscribe(desk.book(), subscription, nullptr), SEATBOOK_OK);
        EXPECT_EQ(of_listener.destroyed, 1);
      } else {
        EXPECT_LE(of_listener.destroyed, 1) << "0 if the clock has failed";
      }
      if (!fired || ::testing::Test::HasFailure()) break;
    }
  }
}

TEST(MemoryOfHandlesTest, EventsThatCannotBeDeliveredAreCounted) {
  int received = 0;
  const seatbook_listener listener = {sizeof listener, &received, nullptr,
                                      [](void* self, const seatbook_rows* /*rows*/) {
                                        ++*static_cast<int*>(self);
                                        return std::int32_t{0};
                                      }};
  int missed = 0;
  for (std::uint64_t allowed = 0;; ++allowed) {
    received = 0;
    Desk desk(nullptr);
    desk.begin();
    ASSERT_EQ(seatbook_book_subscribe(desk.book(), &listener, nullptr, nullptr), SEATBOOK_OK);
    seatbook_assign_request request = SEATBOOK_ASSIGN_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON;
    request.license = 2;
    request.person = 2;
    bool fired = false;
    seatbook_code code = SEATBOOK_OK;
    {
      const OutOfMemory failure(allowed, false);
      code = seatbook_assign(desk.session(), &request, nullptr, nullptr, nullptr);
      fired = failing.fired;
    }
    const auto failures = seatbook_book_listener_failures(desk.book());
    const auto dropped = seatbook_book_dropped_events(desk.book());
    EXPECT_EQ(received + static_cast<int>(failures + dropped), code == SEATBOOK_OK ? 1 : 0);
    missed += static_cast<int>(failures);
    if (!fired || HasFailure()) break;
  }
  EXPECT_GT(missed, 0);
}

}  // namespace
}  // namespace seatbook::capi_tests
