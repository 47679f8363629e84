// Invalid handles: of another kind, freed, or owned by another object. Every function of the
// headers is called with each of them in place of each of its handles.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "capi/api.hpp"
#include "capi/raw_calls.hpp"
#include "seatbook_storage.h"
#include "support/sanitized.hpp"

namespace seatbook::capi_tests {
namespace {

template <class Pointed>
inline constexpr const char* handle_name = nullptr;
template <>
inline constexpr const char* handle_name<seatbook_clock> = "clock";
template <>
inline constexpr const char* handle_name<seatbook_progress> = "progress";
template <>
inline constexpr const char* handle_name<seatbook_storage> = "storage";
template <>
inline constexpr const char* handle_name<seatbook_book> = "book";
template <>
inline constexpr const char* handle_name<seatbook_session> = "session";
template <>
inline constexpr const char* handle_name<seatbook_error> = "error";
template <>
inline constexpr const char* handle_name<seatbook_rows> = "rows";
template <>
inline constexpr const char* handle_name<seatbook_row_sink> = "row_sink";
template <>
inline constexpr const char* handle_name<seatbook_batch> = "batch";
template <>
inline constexpr const char* handle_name<seatbook_failure> = "failure";

template <class Parameter>
inline constexpr const char* handle_of =
    std::is_pointer_v<Parameter>
        ? handle_name<std::remove_const_t<std::remove_pointer_t<Parameter>>>
        : nullptr;

using Handles = std::map<std::string, void*>;

/// One call: the replaced argument, its replacement, and the result.
struct Attempt {
  const Handles& good;
  std::size_t replaced;
  void* by;

  std::string returned = {};
  seatbook_error* error = nullptr;
};

/// Memory for the out-parameters of one call.
using Scratch = std::array<std::uint64_t, 64>;

template <class Parameter>
Parameter argument(Attempt& attempt, std::size_t at, Scratch& scratch) {
  if constexpr (std::is_same_v<Parameter, seatbook_error**>) {
    return &attempt.error;
  } else if constexpr (handle_of<Parameter> != nullptr) {
    void* const good = attempt.good.contains(handle_of<Parameter>)
                           ? attempt.good.at(handle_of<Parameter>)
                           : nullptr;
    return static_cast<Parameter>(at == attempt.replaced ? attempt.by : good);
  } else if constexpr (std::is_same_v<Parameter, const char*>) {
    return "x";
  } else if constexpr (std::is_pointer_v<Parameter> &&
                       std::is_class_v<std::remove_pointer_t<Parameter>>) {
    return nullptr;  // a request without members, or a stream, which is checked later
  } else if constexpr (std::is_pointer_v<Parameter>) {
    return reinterpret_cast<Parameter>(scratch.data());  // NOLINT: large enough for any of them
  } else {
    return static_cast<Parameter>(1);
  }
}

template <class Returned>
std::string shown(Returned returned) {
  if constexpr (std::is_same_v<Returned, const char*>) {
    return returned == nullptr ? "NULL" : returned;
  } else if constexpr (std::is_pointer_v<Returned>) {
    return returned == nullptr ? "NULL" : "something";
  } else {
    return std::to_string(returned);
  }
}

struct Function {
  std::vector<const char*> handles;  ///< the kind of handle of each parameter, or null
  bool reports_errors;
  std::function<void(Attempt&)> call;
};

template <class Returned, class... Parameters>
Function described(Returned (*function)(Parameters...)) {
  const auto call = [function]<std::size_t... at>(Attempt& attempt, std::index_sequence<at...>) {
    Scratch scratch = {};
    const std::tuple<Parameters...> all{argument<Parameters>(attempt, at, scratch)...};
    if constexpr (std::is_void_v<Returned>) {
      std::apply(function, all);
    } else {
      attempt.returned = shown(std::apply(function, all));
    }
  };
  return {{handle_of<Parameters>...},
          (std::is_same_v<Parameters, seatbook_error**> || ...),
          [call](Attempt& attempt) { call(attempt, std::index_sequence_for<Parameters...>()); }};
}

template <class Any>
Function call(const char* /*operation*/, Any* function) {
  return described(function);
}

/// Returns every function of the headers that takes a handle.
const std::map<std::string, Function>& functions() {
  static const std::map<std::string, Function> all = [] {
    const std::map<std::string, Function> operations = {
#include "capi/generated/calls.inc"
    };
    std::map<std::string, Function> found;
    for (const auto& [name, operation] : operations) found.emplace("seatbook_" + name, operation);
#define SEATBOOK_TEST_FUNCTION(name) found.emplace(#name, described(&name));
    SEATBOOK_TEST_FUNCTION(seatbook_error_code)
    SEATBOOK_TEST_FUNCTION(seatbook_error_message)
    SEATBOOK_TEST_FUNCTION(seatbook_error_field)
    SEATBOOK_TEST_FUNCTION(seatbook_error_index)
    SEATBOOK_TEST_FUNCTION(seatbook_error_values)
    SEATBOOK_TEST_FUNCTION(seatbook_error_outcomes)
    SEATBOOK_TEST_FUNCTION(seatbook_error_free)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_count)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_name)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column_count)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column_name)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column_type)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column_choice)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column_members)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_column)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_number)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_text)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_is_null)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_numbers)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_offsets)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_bytes)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_validity)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_list)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_to_arrow)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_to_json)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_to_csv)
    SEATBOOK_TEST_FUNCTION(seatbook_rows_free)
    SEATBOOK_TEST_FUNCTION(seatbook_clock_set)
    SEATBOOK_TEST_FUNCTION(seatbook_clock_advance)
    SEATBOOK_TEST_FUNCTION(seatbook_clock_now)
    SEATBOOK_TEST_FUNCTION(seatbook_clock_free)
    SEATBOOK_TEST_FUNCTION(seatbook_progress_rows_done)
    SEATBOOK_TEST_FUNCTION(seatbook_progress_rows_total)
    SEATBOOK_TEST_FUNCTION(seatbook_progress_cancel)
    SEATBOOK_TEST_FUNCTION(seatbook_progress_cancelled)
    SEATBOOK_TEST_FUNCTION(seatbook_progress_free)
    SEATBOOK_TEST_FUNCTION(seatbook_book_open)
    SEATBOOK_TEST_FUNCTION(seatbook_storage_free)
    SEATBOOK_TEST_FUNCTION(seatbook_book_version)
    SEATBOOK_TEST_FUNCTION(seatbook_book_refresh)
    SEATBOOK_TEST_FUNCTION(seatbook_book_dump)
    SEATBOOK_TEST_FUNCTION(seatbook_book_check)
    SEATBOOK_TEST_FUNCTION(seatbook_book_stats)
    SEATBOOK_TEST_FUNCTION(seatbook_book_backup)
    SEATBOOK_TEST_FUNCTION(seatbook_book_close)
    SEATBOOK_TEST_FUNCTION(seatbook_book_closed)
    SEATBOOK_TEST_FUNCTION(seatbook_book_free)
    SEATBOOK_TEST_FUNCTION(seatbook_book_subscribe)
    SEATBOOK_TEST_FUNCTION(seatbook_book_subscribe_notifications)
    SEATBOOK_TEST_FUNCTION(seatbook_book_unsubscribe)
    SEATBOOK_TEST_FUNCTION(seatbook_book_listener_failures)
    SEATBOOK_TEST_FUNCTION(seatbook_book_dropped_events)
    SEATBOOK_TEST_FUNCTION(seatbook_session_open)
    SEATBOOK_TEST_FUNCTION(seatbook_session_at_least)
    SEATBOOK_TEST_FUNCTION(seatbook_session_free)
    SEATBOOK_TEST_FUNCTION(seatbook_assign_each)
    SEATBOOK_TEST_FUNCTION(seatbook_revoke_each)
    SEATBOOK_TEST_FUNCTION(seatbook_record_use_each)
    SEATBOOK_TEST_FUNCTION(seatbook_row_sink_put)
    SEATBOOK_TEST_FUNCTION(seatbook_batch_base)
    SEATBOOK_TEST_FUNCTION(seatbook_batch_token)
    SEATBOOK_TEST_FUNCTION(seatbook_batch_count)
    SEATBOOK_TEST_FUNCTION(seatbook_batch_row)
    SEATBOOK_TEST_FUNCTION(seatbook_failure_set)
#undef SEATBOOK_TEST_FUNCTION
    return found;
  }();
  return all;
}

class HandlesTest : public ::testing::Test {
 protected:
  HandlesTest() {
    seatbook_clock* clock = nullptr;
    EXPECT_EQ(seatbook_clock_new(1'772'366'400'000'000, &clock, nullptr), SEATBOOK_OK);
    clock_.reset(clock);
    seatbook_progress* progress = nullptr;
    EXPECT_EQ(seatbook_progress_new(&progress, nullptr), SEATBOOK_OK);
    progress_.reset(progress);
    seatbook_storage* storage = nullptr;
    EXPECT_EQ(seatbook_storage_open("", 0, nullptr, &storage, nullptr), SEATBOOK_OK);
    storage_.reset(storage);
    seatbook_book* book = nullptr;
    EXPECT_EQ(seatbook_book_open(storage, nullptr, &book, nullptr), SEATBOOK_OK);
    book_.reset(book);
    session_ = session_of(book);
    const Reply ada = calls().at("add_person")(session_.get(), {{"name", "Ada"}});
    const Reply ink = calls().at("add_license")(session_.get(), {{"name", "Ink"}, {"owner", 1}});
    const Reply seat = calls().at("assign")(session_.get(), {{"license", 1}, {"person", 1}});
    EXPECT_FALSE(ada.error || ink.error || seat.error);
    seatbook_rows* events = nullptr;
    EXPECT_EQ(seatbook_events_after(session_.get(), 0, 10, &events, nullptr), SEATBOOK_OK);
    rows_.reset(events);
    error_ = failed_bulk(session_.get());
    for (std::uint32_t column = 0; column < seatbook_rows_column_count(events); ++column) {
      if (seatbook_rows_list(events, column) != nullptr)
        inner_ = seatbook_rows_list(events, column);
    }
    EXPECT_NE(inner_, nullptr);
    good_ = {{"clock", clock}, {"progress", progress},      {"storage", storage},
             {"book", book},   {"session", session_.get()}, {"error", error_.get()},
             {"rows", events}};
  }

  static Session session_of(const seatbook_book* book) {
    Request actor("seatbook_actor");
    actor.fill({{"actor", "root"}, {"role", "super-admin"}});
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, static_cast<const seatbook_actor*>(actor.bytes()),
                                    &session, nullptr),
              SEATBOOK_OK);
    return Session(session);
  }

  /// Returns an error with outcomes.
  static ErrorObject failed_bulk(seatbook_session* session) {
    const seatbook_id holder = 1;
    seatbook_assign_many_request request = SEATBOOK_ASSIGN_MANY_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_ASSIGN_MANY_LICENSE | SEATBOOK_FIELD_ASSIGN_MANY_PEOPLE |
                     SEATBOOK_FIELD_ASSIGN_MANY_ALL_OR_NOTHING;
    request.license = 1;
    request.people = &holder;
    request.people_count = 1;
    request.all_or_nothing = 1;
    seatbook_error* error = nullptr;
    EXPECT_EQ(seatbook_assign_many(session, &request, nullptr, nullptr, &error),
              SEATBOOK_BULK_REFUSED);
    return ErrorObject(error);
  }

  /// Returns rows that are owned by the events.
  [[nodiscard]] seatbook_rows* inner() const {
    return const_cast<seatbook_rows*>(inner_);  // NOLINT: as ctypes does
  }

  void expect_all_usable() const {
    EXPECT_EQ(seatbook_clock_now(clock_.get()), 1'772'366'400'000'000);
    EXPECT_EQ(seatbook_progress_cancelled(progress_.get()), 0);
    EXPECT_EQ(seatbook_book_closed(book_.get()), 0);
    EXPECT_EQ(seatbook_book_version(book_.get()), 3U);
    EXPECT_EQ(seatbook_people(session_.get(), nullptr, nullptr, nullptr), SEATBOOK_OK);
    EXPECT_EQ(seatbook_error_code(error_.get()), SEATBOOK_BULK_REFUSED);
    EXPECT_STREQ(seatbook_rows_name(seatbook_error_outcomes(error_.get())), "Outcome");
    EXPECT_STREQ(seatbook_rows_name(rows_.get()), "EventPage");
    EXPECT_EQ(seatbook_rows_count(inner_), 1U);
    seatbook_book* second = nullptr;
    EXPECT_EQ(seatbook_book_open(storage_.get(), nullptr, &second, nullptr), SEATBOOK_OK);
    seatbook_book_free(second);
  }

  Clock clock_;
  Progress progress_;
  Storage storage_;
  Book book_;
  Session session_;
  Rows rows_;
  ErrorObject error_;
  const seatbook_rows* inner_ = nullptr;
  Handles good_;
};

TEST_F(HandlesTest, EveryFunctionThatTakesAHandleIsTested) {
  std::set<std::string> expected;
  for (const json& function : api().all().at("functions")) {
    for (const json& parameter : function.at("parameters")) {
      const std::string type = parameter.at("type");
      for (const char* kind : {"clock", "progress", "storage", "book", "session", "error", "rows",
                               "row_sink", "batch", "failure"}) {
        const std::string handle = std::string("seatbook_") + kind + " *";
        if (type == handle || type == "const " + handle) expected.insert(function.at("name"));
      }
    }
  }
  std::set<std::string> tested;
  for (const auto& [name, function] : functions()) tested.insert(name);
  EXPECT_EQ(tested, expected);
}

TEST_F(HandlesTest, HandlesOfAnotherKindAreTreatedLikeNull) {
  Handles others = good_;
  others["inner rows"] = inner();
  int attempts = 0;
  for (const auto& [name, function] : functions()) {
    for (std::size_t at = 0; at < function.handles.size(); ++at) {
      if (function.handles[at] == nullptr) continue;
      const std::string expected = function.handles[at];
      Attempt with_null{good_, at, nullptr};
      function.call(with_null);
      const ErrorObject null_error(with_null.error);
      for (const auto& [kind, handle] : others) {
        if (kind == expected || (kind == "inner rows" && expected == "rows")) continue;
        SCOPED_TRACE(name + ": a handle of kind " + kind + " as " + expected);
        Attempt attempt{good_, at, handle};
        function.call(attempt);
        const ErrorObject error(attempt.error);
        EXPECT_EQ(attempt.returned, with_null.returned);
        if (function.reports_errors) {
          EXPECT_EQ(seatbook_error_code(attempt.error), SEATBOOK_INVALID_ARGUMENT);
          EXPECT_STREQ(seatbook_error_field(attempt.error), seatbook_error_field(with_null.error));
        }
        ++attempts;
      }
    }
  }
  EXPECT_GT(attempts, 700);
  expect_all_usable();
}

TEST_F(HandlesTest, HandlesOfAnotherKindInRequestsFail) {
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_CLOCK;
  seatbook_import_people_request import = SEATBOOK_IMPORT_PEOPLE_REQUEST_INIT;
  import.fields = SEATBOOK_FIELD_IMPORT_PEOPLE_CSV | SEATBOOK_FIELD_IMPORT_PEOPLE_PROGRESS;
  import.csv = {"Name\nBob\n", SEATBOOK_NUL_TERMINATED};
  for (const auto& [kind, handle] : good_) {
    SCOPED_TRACE(kind);
    seatbook_error* failure = nullptr;
    if (kind != "clock") {
      options.clock = static_cast<seatbook_clock*>(handle);
      seatbook_book* book = nullptr;
      EXPECT_EQ(seatbook_open("", 0, &options, &book, &failure), SEATBOOK_INVALID_ARGUMENT);
      const ErrorObject error(failure);
      EXPECT_STREQ(seatbook_error_field(failure), "clock");
    }
    if (kind != "progress") {
      import.progress = static_cast<seatbook_progress*>(handle);
      EXPECT_EQ(seatbook_import_people(session_.get(), &import, nullptr, nullptr, &failure),
                SEATBOOK_INVALID_ARGUMENT);
      const ErrorObject error(failure);
      EXPECT_STREQ(seatbook_error_field(failure), "progress");
    }
  }
  expect_all_usable();
}

TEST_F(HandlesTest, FreeingInnerRowsDoesNothing) {
  seatbook_rows_free(inner());
  seatbook_rows_free(inner());
  seatbook_rows_free(const_cast<seatbook_rows*>(seatbook_error_outcomes(error_.get())));  // NOLINT
  expect_all_usable();
}

// A freed handle is detected until its memory is reused. Sanitizers forbid reading it.
TEST_F(HandlesTest, FreedHandlesAreTreatedLikeNull) {
  if (testing::sanitized) GTEST_SKIP() << "sanitizers forbid reading freed memory";
  seatbook_book* const book = book_.release();
  seatbook_book_free(book);
  EXPECT_EQ(seatbook_book_refresh(book, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_version(book), 0U);
  EXPECT_EQ(seatbook_book_closed(book), 1);
  seatbook_book_free(book);

  seatbook_session* const session = session_.release();
  seatbook_session_free(session);
  EXPECT_EQ(seatbook_people(session, nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  seatbook_session_free(session);

  seatbook_book* second = nullptr;
  seatbook_storage* const storage = storage_.release();
  seatbook_storage_free(storage);
  EXPECT_EQ(seatbook_book_open(storage, nullptr, &second, nullptr), SEATBOOK_INVALID_ARGUMENT);
  seatbook_storage_free(storage);

  seatbook_clock* const clock = clock_.release();
  seatbook_clock_free(clock);
  EXPECT_EQ(seatbook_clock_now(clock), SEATBOOK_NONE);
  seatbook_clock_free(clock);

  seatbook_progress* const progress = progress_.release();
  seatbook_progress_free(progress);
  EXPECT_EQ(seatbook_progress_rows_done(progress), 0U);
  seatbook_progress_free(progress);

  seatbook_error* const error = error_.release();
  seatbook_error_free(error);
  EXPECT_EQ(seatbook_error_code(error), SEATBOOK_OK);
  EXPECT_EQ(seatbook_error_outcomes(error), nullptr);
  seatbook_error_free(error);

  seatbook_rows* const rows = rows_.release();
  seatbook_rows_free(rows);
  EXPECT_EQ(seatbook_rows_count(rows), 0U);
  EXPECT_STREQ(seatbook_rows_text(rows, 0, 0, nullptr), "");
  seatbook_rows_free(rows);
}

/// The arguments of storage callbacks are handles too, which are checked like others.
TEST_F(HandlesTest, ArgumentsOfStorageCallbacksAreHandles) {
  struct Seen {
    const Handles* good;
    int calls = 0;
  } seen{&good_};
  seatbook_storage_callbacks callbacks = SEATBOOK_STORAGE_CALLBACKS_INIT;
  callbacks.self = &seen;
  callbacks.read = [](void* self, uint64_t, seatbook_row_sink* sink, uint64_t* version,
                      seatbook_failure* failure) {
    auto& here = *static_cast<Seen*>(self);
    ++here.calls;
    // Passes each handle as another kind, and other handles as these kinds.
    EXPECT_EQ(seatbook_row_sink_put(reinterpret_cast<seatbook_row_sink*>(failure), 0, 1, 1, "", 0),
              SEATBOOK_INVALID_ARGUMENT);
    seatbook_failure_set(reinterpret_cast<seatbook_failure*>(sink), "x", 1);
    EXPECT_EQ(seatbook_rows_count(reinterpret_cast<seatbook_rows*>(sink)), 0U);
    EXPECT_EQ(seatbook_batch_count(reinterpret_cast<seatbook_batch*>(failure)), 0U);
    for (const auto& [kind, handle] : *here.good) {
      EXPECT_EQ(seatbook_row_sink_put(static_cast<seatbook_row_sink*>(handle), 0, 1, 1, "", 0),
                SEATBOOK_INVALID_ARGUMENT);
    }
    *version = 0;
    return seatbook_code{SEATBOOK_OK};
  };
  callbacks.append = [](void* self, const seatbook_batch* batch, seatbook_failure* failure) {
    ++static_cast<Seen*>(self)->calls;
    EXPECT_EQ(seatbook_batch_count(reinterpret_cast<const seatbook_batch*>(failure)), 0U);
    EXPECT_EQ(seatbook_error_code(reinterpret_cast<const seatbook_error*>(batch)), SEATBOOK_OK);
    EXPECT_GT(seatbook_batch_count(batch), 0U);
    return seatbook_code{SEATBOOK_OK};
  };
  callbacks.find = [](void*, const uint8_t*, uint64_t* version, seatbook_failure*) {
    *version = 0;
    return seatbook_code{SEATBOOK_OK};
  };
  seatbook_storage* storage = nullptr;
  ASSERT_EQ(seatbook_storage_new(&callbacks, &storage, nullptr), SEATBOOK_OK);
  const Storage kept(storage);
  seatbook_book* book = nullptr;
  ASSERT_EQ(seatbook_book_open(storage, nullptr, &book, nullptr), SEATBOOK_OK);
  const Book kept_book(book);
  const Session session = session_of(book);
  EXPECT_FALSE(calls().at("add_person")(session.get(), {{"name", "Ada"}}).error);
  EXPECT_GE(seen.calls, 2);
}

TEST_F(HandlesTest, CountsOverTheLimitFailBeforeItemsAreRead) {
  const seatbook_id ids[2] = {1, 1};
  seatbook_seat_use uses[2] = {SEATBOOK_SEAT_USE_INIT, SEATBOOK_SEAT_USE_INIT};
  for (const std::size_t count : {std::size_t{SEATBOOK_MAX_BULK_ITEMS} + 1, SIZE_MAX}) {
    const auto expect_limit_exceeded = [](const char* field, const auto& call) {
      seatbook_error* failure = nullptr;
      EXPECT_EQ(call(&failure), SEATBOOK_LIMIT_EXCEEDED);
      const ErrorObject error(failure);
      EXPECT_STREQ(seatbook_error_field(failure), field);
    };
    expect_limit_exceeded("people", [&](seatbook_error** error) {
      seatbook_assign_many_request many = SEATBOOK_ASSIGN_MANY_REQUEST_INIT;
      many.fields = SEATBOOK_FIELD_ASSIGN_MANY_LICENSE | SEATBOOK_FIELD_ASSIGN_MANY_PEOPLE;
      many.license = 1;
      many.people = ids;
      many.people_count = count;
      return seatbook_assign_many(session_.get(), &many, nullptr, nullptr, error);
    });
    expect_limit_exceeded("licenses", [&](seatbook_error** error) {
      seatbook_bulk_assign_request bulk = SEATBOOK_BULK_ASSIGN_REQUEST_INIT;
      bulk.fields = SEATBOOK_FIELD_BULK_ASSIGN_PERSON | SEATBOOK_FIELD_BULK_ASSIGN_LICENSES;
      bulk.person = 1;
      bulk.licenses = ids;
      bulk.licenses_count = count;
      return seatbook_bulk_assign(session_.get(), &bulk, nullptr, nullptr, error);
    });
    expect_limit_exceeded("uses", [&](seatbook_error** error) {
      seatbook_record_uses_request used = SEATBOOK_RECORD_USES_REQUEST_INIT;
      used.fields = SEATBOOK_FIELD_RECORD_USES_USES;
      used.uses = uses;
      used.uses_count = count;
      return seatbook_record_uses(session_.get(), &used, nullptr, nullptr, error);
    });
    expect_limit_exceeded("count", [&](seatbook_error** error) {
      const seatbook_revoke_request revoke = SEATBOOK_REVOKE_REQUEST_INIT;
      return seatbook_revoke_each(session_.get(), &revoke, count, nullptr, nullptr, nullptr, error);
    });
  }
}

}  // namespace
}  // namespace seatbook::capi_tests
