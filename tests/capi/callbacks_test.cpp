// Tests clocks, listeners, logs, and the clock and the backup of a storage that are code of the
// host.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "capi/api.hpp"
#include "capi/plug_in.h"
#include "seatbook_storage.h"

namespace seatbook::capi_tests {
namespace {

constexpr seatbook_time start = INT64_C(1772366400000000);  // 2026-03-01T12:00:00Z
constexpr std::int64_t minute = INT64_C(60'000'000);

struct Outcome {
  seatbook_code code;
  std::string field;
  bool operator==(const Outcome&) const = default;
};
void PrintTo(const Outcome& outcome, std::ostream* out) {  // NOLINT: a name of GoogleTest
  *out << outcome.code << " " << outcome.field;
}

/// Calls a function with an error object.
template <class Call>
Outcome outcome_of(const Call& call) {
  seatbook_error* error = nullptr;
  const seatbook_code code = call(&error);
  const ErrorObject kept(error);
  return {code, seatbook_error_field(error)};
}

/// A struct of callbacks with zeros behind it, as a later version of the header could have.
template <class Callbacks>
struct Larger {
  Callbacks callbacks;
  std::uint64_t more[2] = {0, 0};
};

Session session_of(const seatbook_book* book) {
  Request actor("seatbook_actor");
  actor.fill({{"actor", "root"}, {"role", "super-admin"}});
  seatbook_session* session = nullptr;
  EXPECT_EQ(seatbook_session_open(book, static_cast<const seatbook_actor*>(actor.bytes()), &session,
                                  nullptr),
            SEATBOOK_OK);
  return Session(session);
}

/// Calls an operation, and returns 0 or the code.
seatbook_code call(const Session& session, const char* operation, const json& arguments) {
  const Reply reply = calls().at(operation)(session.get(), arguments);
  if (!reply.error) return SEATBOOK_OK;
  const std::string name = reply.error->at("error");
  std::int32_t code = SEATBOOK_INTERNAL;
  EXPECT_EQ(seatbook_choice_value(SEATBOOK_CHOICE_CODE, name.data(), name.size(), &code, nullptr),
            SEATBOOK_OK);
  return code;
}

// -------------------------------------------------------------------------------------- clocks

struct HostClock {
  seatbook_time now = start;
  int calls = 0;
  int destroyed = 0;
  std::function<void()> inside = {};

  seatbook_clock_callbacks callbacks() {
    return {sizeof(seatbook_clock_callbacks), this,
            [](void* self) { ++static_cast<HostClock*>(self)->destroyed; },
            [](void* self) {
              auto& here = *static_cast<HostClock*>(self);
              ++here.calls;
              if (here.inside) here.inside();
              return here.now;
            }};
  }
  Clock make() {
    const seatbook_clock_callbacks given = callbacks();
    seatbook_clock* clock = nullptr;
    EXPECT_EQ(seatbook_clock_from_callbacks(&given, &clock, nullptr), SEATBOOK_OK);
    return Clock(clock);
  }
};

Book open_with(seatbook_clock* clock, seatbook_storage* storage = nullptr) {
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = clock == nullptr ? 0 : SEATBOOK_FIELD_OPEN_CLOCK;
  options.clock = clock;
  seatbook_book* book = nullptr;
  EXPECT_EQ(storage == nullptr ? seatbook_open(nullptr, 0, &options, &book, nullptr)
                               : seatbook_book_open(storage, &options, &book, nullptr),
            SEATBOOK_OK);
  return Book(book);
}

TEST(HostClocks, DateTheChangesOfTheirBooks) {
  HostClock host;
  Clock clock = host.make();
  EXPECT_EQ(seatbook_clock_now(clock.get()), start);
  const Book first = open_with(clock.get());
  const Book second = open_with(clock.get());
  clock.reset();
  for (const Book* const book : {&first, &second}) {
    const Session session = session_of(book->get());
    EXPECT_EQ(call(session, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
    host.now = start + minute;
    EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_OK);
    seatbook_rows* history = nullptr;
    EXPECT_EQ(seatbook_history(session.get(), nullptr, &history, nullptr), SEATBOOK_OK);
    const Rows kept(history);
    const std::uint32_t at = seatbook_rows_column(history, "row_at", 6);
    EXPECT_EQ(seatbook_rows_number(history, 0, at), start);
    EXPECT_EQ(seatbook_rows_number(history, 1, at), start + minute);
    host.now = start;
  }
  EXPECT_EQ(host.destroyed, 0);
}

TEST(HostClocks, AreDestroyedOnceAfterTheirLastUse) {
  HostClock host;
  Clock clock = host.make();
  Book first = open_with(clock.get());
  Book second = open_with(clock.get());
  const Session session = session_of(second.get());
  clock.reset();
  EXPECT_EQ(seatbook_book_close(first.get(), nullptr), SEATBOOK_OK);
  first.reset();
  EXPECT_EQ(host.destroyed, 0);
  EXPECT_EQ(seatbook_book_close(second.get(), nullptr), SEATBOOK_OK);
  EXPECT_EQ(host.destroyed, 1) << "the session does not keep it";
  second.reset();
  EXPECT_EQ(host.destroyed, 1);
}

TEST(HostClocks, ThatAreInvalidAreDestroyed) {
  HostClock host;
  const auto try_it = [&](auto change, bool without_clock = false) {
    Larger<seatbook_clock_callbacks> given = {host.callbacks()};
    change(given);
    seatbook_clock* clock = nullptr;
    const Outcome outcome = outcome_of([&](seatbook_error** error) {
      return seatbook_clock_from_callbacks(&given.callbacks, without_clock ? nullptr : &clock,
                                           error);
    });
    const Clock kept(clock);
    return outcome;
  };
  const auto refused = [](const char* field) { return Outcome{SEATBOOK_INVALID_ARGUMENT, field}; };
  EXPECT_EQ(try_it([](auto& given) { given.callbacks.now = nullptr; }), refused("now"));
  EXPECT_EQ(try_it([](auto&) {}, true), refused("clock"));
  EXPECT_EQ(try_it([](auto& given) {
              given.callbacks.struct_size = sizeof given;
              given.more[1] = 1;
            }),
            refused("callbacks"));
  EXPECT_EQ(host.destroyed, 3);
  EXPECT_EQ(try_it([](auto& given) { given.callbacks.struct_size = sizeof given; }),
            (Outcome{SEATBOOK_OK, ""}));
  EXPECT_EQ(host.destroyed, 4) << "freed";
  EXPECT_EQ(try_it([](auto& given) { --given.callbacks.struct_size; }), refused("struct_size"));
  EXPECT_EQ(try_it([](auto& given) { given.callbacks.struct_size = 5000; }),
            refused("struct_size"));
  EXPECT_EQ(outcome_of([](seatbook_error** error) {
              seatbook_clock* clock = nullptr;
              return seatbook_clock_from_callbacks(nullptr, &clock, error);
            }),
            refused("callbacks"));
  EXPECT_EQ(host.destroyed, 4) << "the struct was not read";
  EXPECT_EQ(try_it([](auto& given) { given.callbacks.destroy = nullptr; }),
            (Outcome{SEATBOOK_OK, ""}));
}

TEST(HostClocks, CannotBeSet) {
  HostClock host;
  const Clock clock = host.make();
  EXPECT_EQ(seatbook_clock_set(clock.get(), 5), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_advance(clock.get(), 5), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_now(clock.get()), start);
  seatbook_clock* manual = nullptr;
  ASSERT_EQ(seatbook_clock_new(start, &manual, nullptr), SEATBOOK_OK);
  const Clock kept(manual);
  EXPECT_EQ(seatbook_clock_set(manual, 5), SEATBOOK_OK);
  EXPECT_EQ(seatbook_clock_advance(manual, 5), SEATBOOK_OK);
  EXPECT_EQ(seatbook_clock_now(manual), 10);
}

TEST(HostClocks, ThatGoBackwardsOrOutOfRangeFailCommands) {
  HostClock host;
  const Clock clock = host.make();
  const Book book = open_with(clock.get());
  const Session session = session_of(book.get());
  ASSERT_EQ(call(session, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
  ASSERT_EQ(call(session, "add_license", {{"name", "Ink"}, {"owner", 1}}), SEATBOOK_OK);
  host.now = start - 10 * minute;
  EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_OK) << "tolerated (C52)";
  host.now = start - 10 * minute - 1;
  EXPECT_EQ(call(session, "add_person", {{"name", "Cy"}}), SEATBOOK_CLOCK_BEHIND);
  for (const seatbook_time now :
       {SEATBOOK_NONE, INT64_C(-1), SEATBOOK_MAX_TIME + 1, INT64_MIN, INT64_MAX}) {
    host.now = now;
    seatbook_add_person_request request = SEATBOOK_ADD_PERSON_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_ADD_PERSON_NAME;
    request.name = {"Cy", 2};
    EXPECT_EQ(outcome_of([&](seatbook_error** error) {
                return seatbook_add_person(session.get(), &request, nullptr, nullptr, error);
              }),
              (Outcome{SEATBOOK_DATE_OUT_OF_RANGE, "clock"}));
    EXPECT_EQ(call(session, "reclaim_candidates", json::object()), SEATBOOK_OK);
    EXPECT_EQ(call(session, "seat_list", {{"license", 1}}), SEATBOOK_OK);
  }
  EXPECT_EQ(seatbook_book_version(book.get()), 3U);
}

TEST(HostClocks, CannotUseTheirBookInACommand) {
  HostClock host;
  const Clock clock = host.make();
  Book book = open_with(clock.get());
  const Session session = session_of(book.get());
  std::vector<seatbook_code> codes;
  host.inside = [&] {
    codes = {call(session, "add_person", {{"name", "Bo"}}), call(session, "people", json::object()),
             seatbook_book_refresh(book.get(), nullptr, nullptr),
             seatbook_book_dump(book.get(), nullptr, nullptr)};
  };
  EXPECT_EQ(call(session, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
  EXPECT_EQ(codes, std::vector<seatbook_code>(4, SEATBOOK_INVALID_ARGUMENT));
  host.inside = [&] { book.reset(); };
  EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_OK);
  EXPECT_EQ(call(session, "people", json::object()), SEATBOOK_BOOK_CLOSED);
}

// ----------------------------------------------------------------------------------- listeners

struct HostListener {
  std::vector<std::string> received = {};
  int destroyed = 0;
  std::int32_t returns = 0;
  std::function<void(const seatbook_rows*)> inside = {};

  seatbook_listener listener() {
    return {sizeof(seatbook_listener), this,
            [](void* self) { ++static_cast<HostListener*>(self)->destroyed; },
            [](void* self, const seatbook_rows* rows) {
              auto& here = *static_cast<HostListener*>(self);
              EXPECT_EQ(seatbook_rows_count(rows), 1U);
              const std::uint32_t seq = seatbook_rows_column(rows, "seq", 3);
              here.received.push_back(seatbook_rows_name(rows) + std::string(" ") +
                                      std::to_string(seatbook_rows_number(rows, 0, seq)));
              if (here.inside) here.inside(rows);
              return here.returns;
            }};
  }
};

class Listeners : public ::testing::Test {
 protected:
  Listeners() : book_(open_with(nullptr)), session_(session_of(book_.get())) {
    EXPECT_EQ(call(session_, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
    EXPECT_EQ(call(session_, "add_license", {{"name", "Ink"}, {"owner", 1}}), SEATBOOK_OK);
  }

  std::uint64_t subscribe(HostListener& host,
                          decltype(&seatbook_book_subscribe) function = &seatbook_book_subscribe) {
    const seatbook_listener listener = host.listener();
    std::uint64_t subscription = 0;
    EXPECT_EQ(function(book_.get(), &listener, &subscription, nullptr), SEATBOOK_OK);
    EXPECT_NE(subscription, 0U);
    return subscription;
  }
  /// Assigns and revokes a seat: two events and one notification.
  void change() {
    const Reply seat = calls().at("assign")(session_.get(), {{"license", 1}, {"person", 1}});
    ASSERT_FALSE(seat.error);
    EXPECT_EQ(call(session_, "revoke", {{"assignment", seat.result.at("assignment")}}),
              SEATBOOK_OK);
  }

  Book book_;
  Session session_;
};

TEST_F(Listeners, ReceiveEventsAndNotificationsOfLaterCommits) {
  change();  // rows 3 and 4
  HostListener events;
  HostListener notifications;
  std::string payload;
  events.inside = [&](const seatbook_rows* rows) {
    EXPECT_EQ(seatbook_rows_number(rows, 0, SEATBOOK_COLUMN_EVENT_LICENSE), 1);
    seatbook_rows* text = nullptr;
    ASSERT_EQ(seatbook_rows_to_json(rows, 0, &text, nullptr), SEATBOOK_OK);
    const Rows kept(text);
    payload = seatbook_rows_text(text, 0, 0, nullptr);
    seatbook_rows_free(const_cast<seatbook_rows*>(rows));  // NOLINT: ignored
    EXPECT_STREQ(seatbook_rows_name(rows), "Event");
  };
  const std::uint64_t first = subscribe(events);
  const std::uint64_t second = subscribe(notifications, &seatbook_book_subscribe_notifications);
  EXPECT_NE(first, second);
  change();
  EXPECT_EQ(events.received, (std::vector<std::string>{"Event 5", "Event 6"}));
  EXPECT_EQ(notifications.received, (std::vector<std::string>{"Notification 5"}));
  EXPECT_NE(payload.find("\"type\":\"software.revoked\""), std::string::npos) << payload;
  EXPECT_EQ(seatbook_book_unsubscribe(book_.get(), first, nullptr), SEATBOOK_OK);
  EXPECT_EQ(events.destroyed, 1);
  EXPECT_EQ(seatbook_book_unsubscribe(book_.get(), first, nullptr), SEATBOOK_OK);
  change();
  EXPECT_EQ(events.received.size(), 2U);
  EXPECT_EQ(notifications.received.size(), 2U);
  book_.reset();
  EXPECT_EQ(events.destroyed, 1);
  EXPECT_EQ(notifications.destroyed, 1);
}

TEST_F(Listeners, ThatFailAreCounted) {
  HostListener failing;
  HostListener other;
  failing.returns = -7;
  subscribe(failing);
  subscribe(other);
  change();
  EXPECT_EQ(failing.received.size(), 2U);
  EXPECT_EQ(other.received.size(), 2U);
  EXPECT_EQ(seatbook_book_listener_failures(book_.get()), 2U);
  EXPECT_EQ(seatbook_book_dropped_events(book_.get()), 0U);
  EXPECT_EQ(seatbook_book_listener_failures(nullptr) + seatbook_book_dropped_events(nullptr), 0U);
  book_.reset();
}

TEST_F(Listeners, MayUnsubscribeAndUseTheBook) {
  HostListener host;
  std::uint64_t subscription = 0;
  host.inside = [&](const seatbook_rows* /*rows*/) {
    EXPECT_EQ(call(session_, "people", json::object()), SEATBOOK_OK);
    EXPECT_EQ(call(session_, "add_person", {{"name", "Bo"}}), SEATBOOK_OK);
    EXPECT_EQ(seatbook_book_unsubscribe(book_.get(), subscription, nullptr), SEATBOOK_OK);
    EXPECT_EQ(host.destroyed, 0) << "it is running";
  };
  subscription = subscribe(host);
  change();
  EXPECT_EQ(host.received.size(), 1U);
  EXPECT_EQ(host.destroyed, 1);
}

TEST_F(Listeners, MayChangeSeats) {
  HostListener host;
  int depth = 0;
  host.inside = [&](const seatbook_rows* rows) {
    EXPECT_EQ(++depth, 1) << "events of a listener's own commits are delivered afterwards";
    const auto kind = seatbook_rows_number(rows, 0, SEATBOOK_COLUMN_EVENT_KIND);
    if (kind == SEATBOOK_EVENT_KIND_SOFTWARE_ASSIGNED) {
      EXPECT_EQ(
          call(session_, "revoke",
               {{"assignment", seatbook_rows_number(rows, 0, SEATBOOK_COLUMN_EVENT_ASSIGNMENT)}}),
          SEATBOOK_OK);
    }
    --depth;
  };
  subscribe(host);
  EXPECT_EQ(call(session_, "assign", {{"license", 1}, {"person", 1}}), SEATBOOK_OK);
  EXPECT_EQ(host.received, (std::vector<std::string>{"Event 3", "Event 4"}));
  book_.reset();
}

TEST_F(Listeners, MayFreeTheBookAndTheSession) {
  HostListener host;
  host.inside = [&](const seatbook_rows* rows) {
    book_.reset();
    EXPECT_EQ(host.destroyed, 0) << "it is running";
    EXPECT_STREQ(seatbook_rows_name(rows), "Event");
    session_.reset();
  };
  subscribe(host);
  EXPECT_EQ(call(session_, "assign", {{"license", 1}, {"person", 1}}), SEATBOOK_OK);
  EXPECT_EQ(host.received.size(), 1U);
  EXPECT_EQ(host.destroyed, 1);
}

TEST_F(Listeners, ThatAreInvalidAreDestroyed) {
  for (auto* const function : {&seatbook_book_subscribe, &seatbook_book_subscribe_notifications}) {
    HostListener host;
    const auto try_it = [&](seatbook_book* book, auto change) {
      Larger<seatbook_listener> given = {host.listener()};
      change(given);
      std::uint64_t subscription = 99;
      const Outcome outcome = outcome_of([&](seatbook_error** error) {
        return function(book, &given.callbacks, &subscription, error);
      });
      EXPECT_EQ(subscription == 99, outcome.code != SEATBOOK_OK);
      return outcome;
    };
    const auto refused = [](const char* field) {
      return Outcome{SEATBOOK_INVALID_ARGUMENT, field};
    };
    const auto unchanged = [](auto&) {};
    EXPECT_EQ(try_it(nullptr, unchanged), refused("book"));
    EXPECT_EQ(try_it(book_.get(), [](auto& given) { given.callbacks.receive = nullptr; }),
              refused("receive"));
    EXPECT_EQ(try_it(book_.get(),
                     [](auto& given) {
                       given.callbacks.struct_size = sizeof given;
                       given.more[0] = 1;
                     }),
              refused("listener"));
    const Book closed = open_with(nullptr);
    ASSERT_EQ(seatbook_book_close(closed.get(), nullptr), SEATBOOK_OK);
    EXPECT_EQ(try_it(closed.get(), unchanged), (Outcome{SEATBOOK_BOOK_CLOSED, ""}));
    EXPECT_EQ(host.destroyed, 4);
    EXPECT_EQ(try_it(book_.get(), [](auto& given) { given.callbacks.struct_size = 8; }),
              refused("struct_size"));
    EXPECT_EQ(outcome_of([&](seatbook_error** error) {
                return function(book_.get(), nullptr, nullptr, error);
              }),
              refused("listener"));
    EXPECT_EQ(host.destroyed, 4) << "the struct was not read";
    Book other = open_with(nullptr);
    EXPECT_EQ(try_it(other.get(), [](auto& given) { given.callbacks.struct_size = sizeof given; }),
              (Outcome{SEATBOOK_OK, ""}));
    other.reset();
    EXPECT_EQ(host.destroyed, 5);
  }
}

// ------------------------------------------------------------------------------------------ log

TEST(Logs, ReceiveEntriesUntilTheBookIsClosed) {
  HostListener log;
  HostListener failing;
  failing.returns = 1;
  const seatbook_listener on_log = log.listener();
  const seatbook_listener listener = failing.listener();
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_ON_LOG;
  options.on_log = &on_log;
  seatbook_book* opened = nullptr;
  ASSERT_EQ(seatbook_open(nullptr, 0, &options, &opened, nullptr), SEATBOOK_OK);
  Book book(opened);
  const Session session = session_of(book.get());
  EXPECT_EQ(call(session, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
  EXPECT_EQ(call(session, "add_license", {{"name", "Ink"}, {"owner", 1}}), SEATBOOK_OK);
  ASSERT_EQ(seatbook_book_subscribe(book.get(), &listener, nullptr, nullptr), SEATBOOK_OK);
  log.inside = [&](const seatbook_rows* rows) {
    EXPECT_EQ(seatbook_rows_number(rows, 0, SEATBOOK_COLUMN_LOG_ENTRY_LEVEL),
              SEATBOOK_LOG_LEVEL_WARNING);
    EXPECT_EQ(seatbook_rows_number(rows, 0, SEATBOOK_COLUMN_LOG_ENTRY_KIND),
              SEATBOOK_LOG_KIND_LISTENER_FAILED);
    EXPECT_STREQ(seatbook_rows_text(rows, 0, SEATBOOK_COLUMN_LOG_ENTRY_MESSAGE, nullptr),
                 "a listener failed: the listener failed");
    EXPECT_EQ(seatbook_rows_is_null(rows, 0, SEATBOOK_COLUMN_LOG_ENTRY_DURATION_US), 1);
    EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_OK);
    log.returns = 1;
  };
  EXPECT_EQ(call(session, "assign", {{"license", 1}, {"person", 1}}), SEATBOOK_OK);
  EXPECT_EQ(log.received.size(), 1U);
  seatbook_rows* rows = nullptr;
  ASSERT_EQ(seatbook_book_stats(book.get(), &rows, nullptr), SEATBOOK_OK);
  const Rows stats(rows);
  const auto number = [&](std::uint32_t column) { return seatbook_rows_number(rows, 0, column); };
  EXPECT_STREQ(seatbook_rows_name(rows), "BookStats");
  EXPECT_EQ(number(SEATBOOK_COLUMN_BOOK_STATS_PEOPLE), 2);
  EXPECT_EQ(number(SEATBOOK_COLUMN_BOOK_STATS_BATCHES), 4);
  EXPECT_EQ(number(SEATBOOK_COLUMN_BOOK_STATS_APPEND_CALLS), 0);
  EXPECT_EQ(number(SEATBOOK_COLUMN_BOOK_STATS_LISTENER_FAILURES), 1);
  EXPECT_EQ(number(SEATBOOK_COLUMN_BOOK_STATS_LOG_FAILURES), 1);
  EXPECT_EQ(log.destroyed, 0);
  EXPECT_EQ(seatbook_book_close(book.get(), nullptr), SEATBOOK_OK);
  EXPECT_EQ(log.destroyed, 1);
  EXPECT_EQ(seatbook_book_stats(book.get(), nullptr, nullptr), SEATBOOK_BOOK_CLOSED);
}

TEST(Logs, AreDestroyedIfTheBookIsNotOpened) {
  HostListener host;
  int calls = 0;
  const auto try_it = [&](auto change, const char* location = "") {
    Larger<seatbook_listener> given = {host.listener()};
    seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
    options.fields = SEATBOOK_FIELD_OPEN_ON_LOG;
    options.on_log = &given.callbacks;
    seatbook_book* book = nullptr;
    change(given, options);
    const Outcome outcome = outcome_of([&](seatbook_error** error) {
      return seatbook_open(location, SEATBOOK_NUL_TERMINATED, &options, &book, error);
    });
    EXPECT_EQ(book, nullptr);
    ++calls;
    return outcome;
  };
  const auto refused = [](const char* field) { return Outcome{SEATBOOK_INVALID_ARGUMENT, field}; };
  const auto unchanged = [](auto&, auto&) {};
  EXPECT_EQ(try_it(unchanged, "\xff"), (Outcome{SEATBOOK_INVALID_TEXT, "location"}));
  EXPECT_EQ(try_it(unchanged, "/no/such/folder/book.db"), refused("location"));
  EXPECT_EQ(try_it([](auto& given, auto&) { given.callbacks.receive = nullptr; }),
            refused("receive"));
  EXPECT_EQ(try_it([](auto& given, auto&) {
              given.callbacks.struct_size = sizeof given;
              given.more[0] = 1;
            }),
            refused("on_log"));
  EXPECT_EQ(try_it([](auto&, auto& options) { options.read_only = 1; }), refused("read_only"));
  EXPECT_EQ(try_it([](auto&, auto& options) { options.fields |= INT64_C(1) << 60; }),
            refused("fields"));
  EXPECT_EQ(host.destroyed, calls);
  // Not taken over.
  EXPECT_EQ(try_it([](auto& given, auto&) { given.callbacks.struct_size = 8; }),
            refused("struct_size"));
  EXPECT_EQ(try_it([](auto&, auto& options) { options.fields = 0; }), refused("on_log"));
  EXPECT_EQ(host.destroyed, calls - 2);
  // Only books have a log.
  const seatbook_listener listener = host.listener();
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_ON_LOG;
  options.on_log = &listener;
  seatbook_storage* storage = nullptr;
  EXPECT_EQ(outcome_of([&](seatbook_error** error) {
              return seatbook_storage_open("", 0, &options, &storage, error);
            }),
            refused("on_log"));
  EXPECT_EQ(host.destroyed, calls - 1);
}

// ------------------------------------------------------------------------------------- storages

/// The storage of plug_in.c with a clock and a backup.
struct HostStorage {
  seatbook_storage_callbacks inner = SEATBOOK_STORAGE_CALLBACKS_INIT;
  seatbook_time now = start;
  seatbook_code backup_code = SEATBOOK_OK;
  std::string backup_path = {};
  std::function<void()> inside_now = {};
  std::function<void()> inside_backup = {};

  seatbook_storage_callbacks callbacks() {
    EXPECT_EQ(plug_in_make(&inner), 1);
    seatbook_storage_callbacks given = SEATBOOK_STORAGE_CALLBACKS_INIT;
    given.self = this;
    given.destroy = [](void* self) {
      auto& here = static_cast<HostStorage*>(self)->inner;
      here.destroy(here.self);
    };
    given.read = [](void* self, uint64_t after, seatbook_row_sink* sink, uint64_t* version,
                    seatbook_failure* failure) {
      auto& here = static_cast<HostStorage*>(self)->inner;
      return here.read(here.self, after, sink, version, failure);
    };
    given.append = [](void* self, const seatbook_batch* batch, seatbook_failure* failure) {
      auto& here = static_cast<HostStorage*>(self)->inner;
      return here.append(here.self, batch, failure);
    };
    given.find = [](void* self, const uint8_t* token, uint64_t* version,
                    seatbook_failure* failure) {
      auto& here = static_cast<HostStorage*>(self)->inner;
      return here.find(here.self, token, version, failure);
    };
    given.now = [](void* self) {
      auto& here = *static_cast<HostStorage*>(self);
      if (here.inside_now) here.inside_now();
      return here.now;
    };
    given.backup_to = [](void* self, const char* path, size_t path_size,
                         seatbook_failure* failure) {
      auto& here = *static_cast<HostStorage*>(self);
      here.backup_path = std::string(path, path_size);
      EXPECT_EQ(path[path_size], '\0');
      if (here.inside_backup) here.inside_backup();
      seatbook_failure_set(failure, "from the host", SEATBOOK_NUL_TERMINATED);
      return here.backup_code;
    };
    return given;
  }
};

Storage storage_of(const seatbook_storage_callbacks& callbacks) {
  seatbook_storage* storage = nullptr;
  EXPECT_EQ(seatbook_storage_new(&callbacks, &storage, nullptr), SEATBOOK_OK);
  return Storage(storage);
}

TEST(HostStorages, HaveAClock) {
  HostStorage host;
  Storage storage = storage_of(host.callbacks());
  Book book = open_with(nullptr, storage.get());
  const Session session = session_of(book.get());
  seatbook_code inside = SEATBOOK_OK;
  host.inside_now = [&] { inside = call(session, "people", json::object()); };
  EXPECT_EQ(call(session, "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
  EXPECT_EQ(inside, SEATBOOK_INVALID_ARGUMENT);
  host.inside_now = nullptr;
  host.now = start - 11 * minute;
  EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_CLOCK_BEHIND);
  host.now = SEATBOOK_NONE;
  EXPECT_EQ(call(session, "add_person", {{"name", "Bo"}}), SEATBOOK_DATE_OUT_OF_RANGE);
  {
    HostClock clock;  // the option is used instead
    const Clock made = clock.make();
    const Book second = open_with(made.get(), storage.get());
    EXPECT_EQ(call(session_of(second.get()), "add_person", {{"name", "Bo"}}), SEATBOOK_OK);
    EXPECT_EQ(clock.calls, 1);
  }
  storage.reset();
  EXPECT_EQ(plug_in_alive(), 1);
  book.reset();
  EXPECT_EQ(plug_in_alive(), 0);
}

TEST(HostStorages, WriteBackups) {
  HostStorage host;
  const Storage storage = storage_of(host.callbacks());
  Book book = open_with(nullptr, storage.get());
  const auto backup = [&] {
    return outcome_of([&](seatbook_error** error) {
      return seatbook_book_backup(book.get(), "a/copy-of-it", 6, error);
    });
  };
  host.inside_backup = [&] {
    EXPECT_EQ(seatbook_book_dump(book.get(), nullptr, nullptr), SEATBOOK_OK) << "no lock is held";
  };
  EXPECT_EQ(backup(), (Outcome{SEATBOOK_OK, ""}));
  EXPECT_EQ(host.backup_path, "a/copy");
  const std::vector<std::pair<seatbook_code, Outcome>> codes = {
      {SEATBOOK_UNSUPPORTED_STORAGE, {SEATBOOK_UNSUPPORTED_STORAGE, ""}},
      {SEATBOOK_INVALID_ARGUMENT, {SEATBOOK_INVALID_ARGUMENT, "path"}},
      {SEATBOOK_STORAGE_FAILED, {SEATBOOK_STORAGE_FAILED, ""}},
      {SEATBOOK_CONFLICT, {SEATBOOK_STORAGE_FAILED, ""}},
      {4711, {SEATBOOK_STORAGE_FAILED, ""}}};
  for (const auto& [code, expected] : codes) {
    host.backup_code = code;
    EXPECT_EQ(backup(), expected) << code;
  }
  seatbook_error* error = nullptr;
  seatbook_book_backup(book.get(), "copy", 4, &error);
  EXPECT_STREQ(seatbook_error_message(ErrorObject(error).get()), "from the host");
  host.inside_backup = [&] { book.reset(); };
  host.backup_code = SEATBOOK_OK;
  EXPECT_EQ(backup(), (Outcome{SEATBOOK_OK, ""}));
}

TEST(HostStorages, OfTheFirstReleaseHaveNeither) {
  HostStorage host;
  seatbook_storage_callbacks callbacks = host.callbacks();
  callbacks.struct_size = offsetof(seatbook_storage_callbacks, now);
  // The members behind the struct of 0.1 are other memory.
  std::memset(&callbacks.now, 0xA5, sizeof callbacks - callbacks.struct_size);
  const Storage storage = storage_of(callbacks);
  const Book book = open_with(nullptr, storage.get());
  EXPECT_EQ(call(session_of(book.get()), "add_person", {{"name", "Ada"}}), SEATBOOK_OK);
  EXPECT_EQ(seatbook_book_backup(book.get(), "copy", 4, nullptr), SEATBOOK_UNSUPPORTED_STORAGE);
}

TEST(HostStorages, OfLaterReleasesAreAcceptedIfTheAdditionalBytesAreZero) {
  for (const std::uint64_t last : {0, 1}) {
    HostStorage host;
    Larger<seatbook_storage_callbacks> given = {host.callbacks(), {0, last}};
    given.callbacks.struct_size = sizeof given;
    seatbook_storage* storage = nullptr;
    const Outcome outcome = outcome_of([&](seatbook_error** error) {
      return seatbook_storage_new(&given.callbacks, &storage, error);
    });
    EXPECT_EQ(outcome, last == 0 ? (Outcome{SEATBOOK_OK, ""})
                                 : (Outcome{SEATBOOK_INVALID_ARGUMENT, "callbacks"}));
    seatbook_storage_free(storage);
    EXPECT_EQ(plug_in_alive(), 0);
  }
}

}  // namespace
}  // namespace seatbook::capi_tests
