// Invalid arguments must give an error code, never a crash, and change nothing. seatbook.api.json
// is used to try them on every operation.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "capi/api.hpp"
#include "capi/plug_in.h"
#include "capi/raw_calls.hpp"

namespace seatbook::capi_tests {
namespace {

struct Outcome {
  seatbook_code code;
  std::string field;
};

class HostileTest : public ::testing::Test {
 protected:
  HostileTest() {
    seatbook_book* book = nullptr;
    EXPECT_EQ(seatbook_open(nullptr, 0, nullptr, &book, nullptr), SEATBOOK_OK);
    book_.reset(book);
    session_ = session_of(book);
    const Reply ada = calls().at("add_person")(session_.get(), {{"name", "Ada"}});
    const Reply ink = calls().at("add_license")(session_.get(), {{"name", "Ink"}, {"owner", 1}});
    EXPECT_FALSE(ada.error || ink.error);
    before_ = dump();
  }
  ~HostileTest() override { EXPECT_EQ(dump(), before_) << "a failed call has changed the book"; }

  static Session session_of(const seatbook_book* book) {
    Request actor("seatbook_actor");
    actor.fill({{"actor", "root"}, {"role", "super-admin"}});
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, static_cast<const seatbook_actor*>(actor.bytes()),
                                    &session, nullptr),
              SEATBOOK_OK);
    return Session(session);
  }

  [[nodiscard]] std::string dump() const {
    seatbook_rows* json = nullptr;
    if (seatbook_book_dump(book_.get(), &json, nullptr) != SEATBOOK_OK) return "closed";
    const Rows kept(json);
    return seatbook_rows_text(json, 0, 0, nullptr);
  }

  /// Calls an operation with and without an error object. Both must return the same code.
  Outcome call_raw(const std::string& name, const void* request, std::int64_t argument = 0) const {
    RawCall without_error{session_.get(), request, argument, false, false};
    const seatbook_code code_without_error = raw_calls().at(name)(without_error);
    RawCall call{session_.get(), request, argument};
    const seatbook_code code = raw_calls().at(name)(call);
    const Rows rows(call.rows);
    const ErrorObject error(call.error);
    EXPECT_EQ(code == SEATBOOK_OK, call.error == nullptr);
    EXPECT_TRUE(code == SEATBOOK_OK || call.rows == nullptr);
    if (call.error != nullptr) {
      EXPECT_EQ(seatbook_error_code(call.error), code);
      EXPECT_EQ(code_without_error, code);
    }
    return {code, seatbook_error_field(call.error)};
  }

  void expect_malformed(const std::string& name, const void* request, const std::string& field,
                        const std::string& what) const {
    const Outcome outcome = call_raw(name, request);
    EXPECT_EQ(outcome.code, SEATBOOK_INVALID_ARGUMENT) << name << ": " << what;
    EXPECT_EQ(outcome.field, field) << name << ": " << what;
  }

  /// Calls `test` with the name and the struct description of each operation that takes a struct.
  template <class Test>
  static void with_structs(const Test& test) {
    std::size_t count = 0;
    for (const json& operation : api().all().at("operations")) {
      if (operation.at("request").is_null()) continue;
      test(operation.at("name").get<std::string>(), api().get("structs", operation.at("request")));
      ++count;
    }
    EXPECT_GT(count, 40U);
  }

  Book book_;
  Session session_;
  std::string before_;
};

/// A struct with its required members, except texts and lists, and with space after it. Its ids
/// name no record.
class Blank {
 public:
  explicit Blank(const json& described, const std::string& without = "")
      : size_(described.at("size")), words_(size_ / 8 + 600) {
    put(0, size_);
    for (const json& member : described.at("members")) {
      if (!member.contains("required") || member.at("name") == without) continue;
      if (is_id(member)) {
        put(member.at("offset"), unknown_id);
      } else if (!needs_no_bit(member)) {
        set_bit(member);
      }
    }
  }
  /// A required id, text or list counts as set without its bit.
  static bool needs_no_bit(const json& member) {
    const std::string type = member.at("type");
    return member.contains("required") &&
           (is_id(member) || type == "text" || type.starts_with("list "));
  }
  template <class Value>
  Blank& put(std::size_t offset, Value value) {
    std::memcpy(reinterpret_cast<char*>(words_.data()) + offset, &value, sizeof value);  // NOLINT
    return *this;
  }
  Blank& set_bit(const json& member) {
    std::uint64_t fields = 0;
    std::memcpy(&fields, words_.data() + 1, sizeof fields);
    return put(8, fields | std::uint64_t{1} << member.at("bit").get<unsigned>());
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const void* get() const { return words_.data(); }

 private:
  static constexpr std::uint64_t unknown_id = 9000;
  static bool is_id(const json& member) {
    return member.at("type").get<std::string>().starts_with("id ");
  }
  std::size_t size_;
  std::vector<std::uint64_t> words_;
};

TEST_F(HostileTest, NullSessionFails) {
  for (const auto& [name, function] : raw_calls()) {
    for (const bool with : {true, false}) {
      RawCall call{nullptr, nullptr, 0, with, with};
      EXPECT_EQ(function(call), SEATBOOK_INVALID_ARGUMENT) << name;
      const ErrorObject error(call.error);
      EXPECT_STREQ(seatbook_error_field(call.error), with ? "session" : "");
    }
  }
}

TEST_F(HostileTest, OutParametersMayBeNull) {
  for (const auto& [name, function] : raw_calls()) {
    RawCall call{session_.get(), nullptr, 0, false, false};
    EXPECT_NE(function(call), SEATBOOK_INTERNAL) << name;
  }
}

TEST_F(HostileTest, ExtremeNumbersAsArguments) {
  for (const auto& [name, function] : raw_calls()) {
    for (const std::int64_t number : {INT64_MIN, INT64_MAX, std::int64_t{-1}, std::int64_t{1} << 53,
                                      std::int64_t{UINT32_MAX}}) {
      EXPECT_NE(call_raw(name, nullptr, number).code, SEATBOOK_INTERNAL) << name << number;
    }
  }
}

TEST_F(HostileTest, CanIsFalseForInvalidArguments) {
  const seatbook_operation assign = SEATBOOK_OPERATION_ASSIGN;
  EXPECT_EQ(seatbook_can(session_.get(), assign), 1);
  EXPECT_EQ(seatbook_why_not(session_.get(), assign, nullptr), SEATBOOK_OK);
  EXPECT_EQ(seatbook_can(nullptr, assign), 0);
  for (const seatbook_operation unknown : {-1, INT32_MIN, INT32_MAX, 255, 256}) {
    EXPECT_EQ(seatbook_can(session_.get(), unknown), 0) << unknown;
    EXPECT_EQ(seatbook_why_not(session_.get(), unknown, nullptr), SEATBOOK_INVALID_ARGUMENT);
  }
  ASSERT_EQ(seatbook_book_close(book_.get(), nullptr), SEATBOOK_OK);
  before_ = "closed";
  EXPECT_EQ(seatbook_can(session_.get(), assign), 0);
  EXPECT_EQ(seatbook_why_not(session_.get(), assign, nullptr), SEATBOOK_BOOK_CLOSED);
}

TEST_F(HostileTest, InvalidStructSizesFail) {
  with_structs([&](const std::string& name, const json& described) {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{8}, std::size_t{15},
          described.at("first_size").get<std::size_t>() - 1, std::size_t{4097}, SIZE_MAX}) {
      expect_malformed(name, Blank(described).put(0, size).get(), "struct_size",
                       "of size " + std::to_string(size));
    }
  });
}

TEST_F(HostileTest, AcceptsLargerStructsOfLaterVersions) {
  with_structs([&](const std::string& name, const json& described) {
    Blank usual(described);
    Blank larger(described);
    larger.put(0, larger.size() + 64);
    EXPECT_EQ(call_raw(name, larger.get()).code, call_raw(name, usual.get()).code) << name;
    for (const std::size_t byte : {std::size_t{0}, std::size_t{63}}) {
      Blank unknown(described);
      unknown.put(0, unknown.size() + 64).put(unknown.size() + byte, std::uint8_t{1});
      expect_malformed(name, unknown.get(), "struct_size", "with an unknown member");
    }
  });
}

TEST_F(HostileTest, UnknownBitsFail) {
  with_structs([&](const std::string& name, const json& described) {
    std::uint64_t known = 0;
    for (const json& member : described.at("members")) {
      if (member.contains("bit")) known |= std::uint64_t{1} << member.at("bit").get<unsigned>();
    }
    for (unsigned bit = 0; bit < 64; ++bit) {
      if (((known >> bit) & 1U) != 0) continue;
      expect_malformed(name, Blank(described).put(8, std::uint64_t{1} << bit).get(), "fields",
                       "bit " + std::to_string(bit));
    }
  });
}

TEST_F(HostileTest, MembersWithoutTheirBitFail) {
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      const std::string member_name = member.at("name");
      if (member_name == "struct_size" || member_name == "fields") continue;
      const std::size_t offset = member.at("offset");
      for (const std::size_t byte : {offset, offset + member.at("size").get<std::size_t>() - 1}) {
        std::string field = member_name;
        if (!member.contains("bit")) field = field.starts_with("reserved") ? "reserved" : "";
        if (member.contains("required") && !field.empty()) continue;  // has its bit, or needs none
        Blank blank(described);
        blank.put(byte, std::uint8_t{1});
        const Outcome outcome = call_raw(name, blank.get());
        EXPECT_EQ(outcome.code, SEATBOOK_INVALID_ARGUMENT) << name << " " << member_name;
        if (!field.empty()) {
          EXPECT_EQ(outcome.field, field) << name;
        }
      }
    }
  });
}

TEST_F(HostileTest, RequiredMembersNeedNoBitIfNoValueIsEmpty) {
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      if (!member.contains("required")) continue;
      const Outcome missing = call_raw(name, Blank(described, member.at("name")).get());
      const std::string type = member.at("type");
      if (type == "text") {  // reported where the library checks it
        EXPECT_NE(missing.code, SEATBOOK_INVALID_ARGUMENT) << name << member;
        continue;
      }
      EXPECT_EQ(missing.code, SEATBOOK_REQUIRED) << name << member;
      EXPECT_EQ(missing.field, member.at("name").get<std::string>()) << name;
    }
  });

  EXPECT_EQ(seatbook_assign(session_.get(), nullptr, nullptr, nullptr, nullptr), SEATBOOK_REQUIRED);
  EXPECT_EQ(seatbook_renewals_due(session_.get(), nullptr, nullptr, nullptr), SEATBOOK_REQUIRED);
  seatbook_set_total_seats_request total = SEATBOOK_SET_TOTAL_SEATS_REQUEST_INIT;
  total.license = 1;
  total.total_seats = 5;  // its bit is missing: 0 seats would be valid
  EXPECT_EQ(seatbook_set_total_seats(session_.get(), &total, nullptr, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  seatbook_assign_request assign = SEATBOOK_ASSIGN_REQUEST_INIT;
  assign.license = 1;
  assign.person = 1;
  EXPECT_EQ(seatbook_assign(session_.get(), &assign, nullptr, nullptr, nullptr), SEATBOOK_OK);
  before_ = dump();
}

TEST_F(HostileTest, InvalidTextsFail) {
  const std::string too_long(SEATBOOK_MAX_TEXT_BYTES + 1, 'x');
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      const std::string type = member.value("type", "");
      if (!type.ends_with("text")) continue;
      const auto with = [&](const char* data, std::size_t size) {
        return Blank(described).set_bit(member).put(member.at("offset"), seatbook_text{data, size});
      };
      expect_malformed(name, with(nullptr, 5).get(), member.at("name"), "NULL with a size");
      expect_malformed(name, with(nullptr, SEATBOOK_NUL_TERMINATED).get(), member.at("name"),
                       "NULL that ends with NUL");
      EXPECT_NE(call_raw(name, with(nullptr, 0).get()).code, SEATBOOK_INTERNAL);
      EXPECT_NE(call_raw(name, with("", 0).get()).code, SEATBOOK_INTERNAL);
      for (const char* bad :
           {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xe2\x82"}) {
        const Outcome outcome = call_raw(name, with(bad, SEATBOOK_NUL_TERMINATED).get());
        EXPECT_NE(outcome.code, SEATBOOK_OK) << name << " " << member;
        EXPECT_NE(outcome.code, SEATBOOK_INTERNAL) << name << " " << member;
      }
      EXPECT_NE(call_raw(name, with("a\0b", 3).get()).code, SEATBOOK_OK) << name << " " << member;
      if (member.at("name") == "csv") continue;  // may be up to five times as long
      expect_malformed(name, with(too_long.data(), too_long.size()).get(), member.at("name"),
                       "too long");
    }
  });
}

TEST_F(HostileTest, InvalidFlagsAndChoicesFail) {
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      const std::string type = member.value("type", "");
      if (type != "flag" && type.find("choice ") == std::string::npos) continue;
      for (const std::int32_t value : {-1, 2, 254, 255, 256, 512, INT32_MIN, INT32_MAX}) {
        const Blank blank = Blank(described).set_bit(member).put(member.at("offset"), value);
        if (type == "flag") {
          expect_malformed(name, blank.get(), member.at("name"), "not a flag");
        } else if (value < 0 || value > 253) {
          EXPECT_EQ(call_raw(name, blank.get()).code, SEATBOOK_INVALID_ARGUMENT) << name << member;
        }
      }
    }
  });
}

TEST_F(HostileTest, BitPatternsAsNumbers) {
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      const std::string type = member.value("type", "");
      const bool pointer = member.at("c").get<std::string>().ends_with("*");
      if (type.empty() || type.ends_with("text") || pointer) continue;
      for (const std::uint8_t byte : std::initializer_list<std::uint8_t>{0x7f, 0x80, 0xff}) {
        Blank blank(described);
        blank.set_bit(member);
        for (std::size_t n = 0; n < member.at("size").get<std::size_t>(); ++n) {
          blank.put(member.at("offset").get<std::size_t>() + n, byte);
        }
        EXPECT_NE(call_raw(name, blank.get()).code, SEATBOOK_INTERNAL) << name << member;
      }
    }
  });
}

TEST_F(HostileTest, InvalidListsFail) {
  with_structs([&](const std::string& name, const json& described) {
    for (const json& member : described.at("members")) {
      if (!member.contains("count")) continue;
      std::size_t count_offset = 0;
      for (const json& other : described.at("members")) {
        if (other.at("name") == member.at("count")) count_offset = other.at("offset");
      }
      const auto with = [&](const void* list, std::size_t count) {
        return Blank(described)
            .set_bit(member)
            .put(member.at("offset"), list)
            .put(count_offset, count);
      };
      expect_malformed(name, with(nullptr, 1).get(), member.at("name"), "NULL with a count");
      expect_malformed(name, with(nullptr, SIZE_MAX).get(), member.at("name"),
                       "NULL with the largest count");
      EXPECT_EQ(call_raw(name, with(nullptr, 0).get()).code, SEATBOOK_REQUIRED) << name;
      EXPECT_EQ(call_raw(name, with(&name, 0).get()).code, SEATBOOK_REQUIRED) << name;
      if (name != "record_uses") continue;
      seatbook_seat_use uses[2] = {SEATBOOK_SEAT_USE_INIT, SEATBOOK_SEAT_USE_INIT};
      uses[0].struct_size = 12;
      expect_malformed(name, with(uses, 2).get(), "uses", "a stride of 12");
      uses[0].struct_size = sizeof uses[0] + 4;
      expect_malformed(name, with(uses, 2).get(), "uses", "a stride that is not aligned");
      uses[0].struct_size = sizeof uses[0];
      uses[1].struct_size = sizeof uses[0] + 8;
      expect_malformed(name, with(uses, 2).get(), "uses", "another size than the first one");
      uses[1].struct_size = sizeof uses[0];
      uses[1].fields = 1ULL << 40;
      expect_malformed(name, with(uses, 2).get(), "fields", "unknown bits in an item");
    }
  });
}

TEST_F(HostileTest, InvalidSinksFail) {
  seatbook_sink sink = {sizeof sink, nullptr, nullptr, nullptr};
  const auto try_it = [&](const seatbook_sink* given) {
    seatbook_export_roster_request request = SEATBOOK_EXPORT_ROSTER_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_EXPORT_ROSTER_LICENSE | SEATBOOK_FIELD_EXPORT_ROSTER_SINK;
    request.license = 1;
    request.sink = given;
    expect_malformed("export_roster", &request, "sink", "not a sink");
  };
  try_it(nullptr);
  try_it(&sink);  // without a write callback
  sink.write = [](void*, const char*, std::size_t) { return std::int32_t{1}; };
  sink.struct_size = 8;
  try_it(&sink);
}

TEST_F(HostileTest, DestroysASinkExactlyOnce) {
  int destroyed = 0;
  seatbook_sink sink = {sizeof sink, &destroyed,
                        [](void*, const char*, std::size_t) { return std::int32_t{1}; },
                        [](void* self) { ++*static_cast<int*>(self); }};
  seatbook_export_roster_request request = SEATBOOK_EXPORT_ROSTER_REQUEST_INIT;
  request.fields = SEATBOOK_FIELD_EXPORT_ROSTER_LICENSE | SEATBOOK_FIELD_EXPORT_ROSTER_SINK;
  request.sink = &sink;
  int calls = 0;
  for (const seatbook_id license : {seatbook_id{1}, seatbook_id{9}}) {
    request.license = license;
    static_cast<void>(seatbook_export_roster(session_.get(), &request, nullptr, nullptr));
    EXPECT_EQ(destroyed, ++calls);
  }
  static_cast<void>(seatbook_export_roster(nullptr, &request, nullptr, nullptr));
  EXPECT_EQ(destroyed, ++calls);
  request.byte_order_mark = 1;  // without its bit
  static_cast<void>(seatbook_export_roster(session_.get(), &request, nullptr, nullptr));
  EXPECT_EQ(destroyed, ++calls);
}

TEST_F(HostileTest, FunctionsAcceptOrRejectNull) {
  EXPECT_EQ(seatbook_open(nullptr, 0, nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_storage_open(nullptr, 0, nullptr, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_open(nullptr, nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_schema_create(nullptr, 0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_drop(nullptr, 0, nullptr, 0, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_drop("postgresql://", 13, nullptr, 9, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_storage_new(nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_session_open(nullptr, nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_session_open(book_.get(), nullptr, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_session_at_least(nullptr, 0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_session_at_least(session_.get(), 0, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_version(nullptr), 0U);
  EXPECT_EQ(seatbook_book_closed(nullptr), 1);
  EXPECT_EQ(seatbook_book_refresh(nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_dump(nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_check(nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_backup(nullptr, nullptr, 0, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_backup(book_.get(), nullptr, 9, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_close(nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_new(0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_set(nullptr, 0), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_advance(nullptr, 0), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_clock_now(nullptr), SEATBOOK_NONE);
  EXPECT_EQ(seatbook_progress_new(nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_progress_rows_done(nullptr) + seatbook_progress_rows_total(nullptr), 0U);
  seatbook_progress_cancel(nullptr);
  EXPECT_EQ(seatbook_progress_cancelled(nullptr), 0);
  EXPECT_EQ(seatbook_money_parse(nullptr, 1, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_money_parse(nullptr, 0, nullptr, nullptr), SEATBOOK_INVALID_MONEY);
  EXPECT_EQ(seatbook_money_parse("1.5", 3, nullptr, nullptr), SEATBOOK_OK);
  EXPECT_EQ(seatbook_time_parse("x", SEATBOOK_NUL_TERMINATED, nullptr, nullptr),
            SEATBOOK_INVALID_DATE);
  EXPECT_EQ(seatbook_date_parse("2026-02-29", SEATBOOK_NUL_TERMINATED, nullptr, nullptr),
            SEATBOOK_INVALID_DATE);
  EXPECT_EQ(seatbook_request_id_parse(nullptr, 0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_request_id_format(nullptr, nullptr, 0), 32U);
  EXPECT_EQ(seatbook_money_format(125800, nullptr, 0), 5U);
  char small[4] = "abc";
  EXPECT_EQ(seatbook_money_format(125800, small, sizeof small), 5U);
  EXPECT_STREQ(small, "12.");
  EXPECT_STREQ(seatbook_choice_name(0, 0), "unknown");
  EXPECT_STREQ(seatbook_choice_name(INT32_MAX, 0), "unknown");
  EXPECT_STREQ(seatbook_choice_name(SEATBOOK_CHOICE_CODE, INT32_MIN), "unknown");
  EXPECT_EQ(seatbook_choice_value(SEATBOOK_CHOICE_ROLE, nullptr, 0, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_choice_value(-1, "x", 1, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_has_storage(nullptr, 3), 0);
  EXPECT_EQ(seatbook_operation_permissions(-1) + seatbook_role_permissions(99), 0U);
  EXPECT_EQ(seatbook_operation_own_view(INT32_MAX), 0);
  EXPECT_STREQ(seatbook_table_name(-1), "unknown");
  EXPECT_EQ(seatbook_row_sink_put(nullptr, 0, 0, 0, nullptr, 0), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_batch_base(nullptr) + seatbook_batch_count(nullptr), 0U);
  EXPECT_EQ(seatbook_batch_token(nullptr), nullptr);
  EXPECT_EQ(seatbook_batch_row(nullptr, 0, nullptr, nullptr, nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  seatbook_failure_set(nullptr, nullptr, 0);
  EXPECT_EQ(seatbook_rows_to_json(nullptr, 0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_rows_to_csv(nullptr, nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_rows_to_arrow(nullptr, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_error_code(nullptr), SEATBOOK_OK);
  EXPECT_STREQ(seatbook_error_message(nullptr), "");
  EXPECT_STREQ(seatbook_error_field(nullptr), "");
  EXPECT_EQ(seatbook_error_index(nullptr), -1);
  EXPECT_EQ(seatbook_error_values(nullptr, nullptr), nullptr);
  EXPECT_EQ(seatbook_error_outcomes(nullptr), nullptr);
  seatbook_book_free(nullptr);
  seatbook_session_free(nullptr);
  seatbook_storage_free(nullptr);
  seatbook_rows_free(nullptr);
  seatbook_error_free(nullptr);
  seatbook_clock_free(nullptr);
  seatbook_progress_free(nullptr);
}

void expect_empty(const seatbook_rows* rows, std::size_t row, std::uint32_t column) {
  std::size_t size = 7;
  EXPECT_EQ(seatbook_rows_number(rows, row, column), SEATBOOK_NONE);
  EXPECT_STREQ(seatbook_rows_text(rows, row, column, &size), "");
  EXPECT_EQ(size, 0U);
  EXPECT_EQ(seatbook_rows_is_null(rows, row, column), 1);
}

TEST_F(HostileTest, MissingRowsAndColumnsReadAsEmpty) {
  seatbook_rows* people = nullptr;
  ASSERT_EQ(seatbook_people(session_.get(), nullptr, &people, nullptr), SEATBOOK_OK);
  const Rows kept(people);
  expect_empty(nullptr, 0, 0);
  expect_empty(people, 1, SEATBOOK_COLUMN_PERSON_ID);
  expect_empty(people, SIZE_MAX, SEATBOOK_COLUMN_PERSON_ID);
  for (const seatbook_rows* rows :
       {static_cast<const seatbook_rows*>(nullptr), static_cast<const seatbook_rows*>(people)}) {
    for (const std::uint32_t column : {6U, UINT32_MAX}) {
      expect_empty(rows, 0, column);
      EXPECT_EQ(seatbook_rows_numbers(rows, column), nullptr);
      EXPECT_EQ(seatbook_rows_offsets(rows, column), nullptr);
      EXPECT_EQ(seatbook_rows_bytes(rows, column, nullptr), nullptr);
      EXPECT_EQ(seatbook_rows_validity(rows, column), nullptr);
      EXPECT_EQ(seatbook_rows_list(rows, column), nullptr);
      EXPECT_STREQ(seatbook_rows_column_name(rows, column), "");
      EXPECT_EQ(seatbook_rows_column_type(rows, column), 0);
      EXPECT_EQ(seatbook_rows_column_choice(rows, column), 0);
      EXPECT_EQ(seatbook_rows_column_members(rows, column), 0U);
    }
    EXPECT_EQ(seatbook_rows_column(rows, nullptr, 0), seatbook_rows_column_count(rows));
    EXPECT_EQ(seatbook_rows_column(rows, "x", 1), seatbook_rows_column_count(rows));
  }
  EXPECT_EQ(seatbook_rows_numbers(people, SEATBOOK_COLUMN_PERSON_NAME), nullptr);
  EXPECT_EQ(seatbook_rows_bytes(people, SEATBOOK_COLUMN_PERSON_ID, nullptr), nullptr);
  EXPECT_EQ(seatbook_rows_number(people, 0, SEATBOOK_COLUMN_PERSON_NAME), SEATBOOK_NONE);
  EXPECT_EQ(seatbook_rows_to_json(people, 0, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_rows_to_arrow(people, nullptr, nullptr), SEATBOOK_INVALID_ARGUMENT);
}

TEST_F(HostileTest, InvalidLocationsAndOptionsFail) {
  const auto open = [](const char* location, std::size_t size, seatbook_open_options options) {
    seatbook_book* book = nullptr;
    seatbook_error* failure = nullptr;
    const seatbook_code code = seatbook_open(location, size, &options, &book, &failure);
    const Book kept(book);
    const ErrorObject error(failure);
    return std::pair(code, std::string(seatbook_error_field(failure)));
  };
  using Returned = std::pair<seatbook_code, std::string>;
  const seatbook_open_options none = SEATBOOK_OPEN_OPTIONS_INIT;
  const std::size_t whole = SEATBOOK_NUL_TERMINATED;
  EXPECT_EQ(open("\xff", 1, none), Returned(SEATBOOK_INVALID_TEXT, "location"));
  EXPECT_EQ(open("a\0b", 3, none), Returned(SEATBOOK_INVALID_TEXT, "location"));
  EXPECT_EQ(open(nullptr, 3, none), Returned(SEATBOOK_INVALID_ARGUMENT, "location"));
  EXPECT_EQ(open("/no/such/folder/book.db", whole, none).second, "location");
  EXPECT_EQ(open(":memory", whole, none), Returned(SEATBOOK_INVALID_ARGUMENT, "location"));
  EXPECT_EQ(open("file:book.db", whole, none), Returned(SEATBOOK_INVALID_ARGUMENT, "location"));
  seatbook_open_options options = none;
  options.fields = SEATBOOK_FIELD_OPEN_MUST_EXIST;
  options.must_exist = 1;
  EXPECT_EQ(open(":memory:", whole, options), Returned(SEATBOOK_INVALID_ARGUMENT, "must_exist"));
  options = none;
  options.fields = SEATBOOK_FIELD_OPEN_SCHEMA;
  options.schema = {"x", 1};
  EXPECT_EQ(open("book.db", whole, options), Returned(SEATBOOK_INVALID_ARGUMENT, "schema"));
  options = none;
  options.fields = SEATBOOK_FIELD_OPEN_DURABILITY;
  options.durability = 7;
  EXPECT_EQ(open("book.db", whole, options), Returned(SEATBOOK_INVALID_ARGUMENT, "durability"));
  options = none;
  options.struct_size = 3;
  EXPECT_EQ(open("", 0, options), Returned(SEATBOOK_INVALID_ARGUMENT, "struct_size"));
  seatbook_open_options read_only = none;
  read_only.fields = SEATBOOK_FIELD_OPEN_READ_ONLY;
  read_only.read_only = 1;
  EXPECT_EQ(open("", 0, read_only).first, SEATBOOK_OK);
}

TEST_F(HostileTest, CallsOfAClosedBookFail) {
  ASSERT_EQ(seatbook_book_close(book_.get(), nullptr), SEATBOOK_OK);
  ASSERT_EQ(seatbook_book_close(book_.get(), nullptr), SEATBOOK_OK);
  before_ = "closed";
  for (const json& operation : api().all().at("operations")) {
    const std::string name = operation.at("name");
    if (!raw_calls().contains(name)) continue;
    const seatbook_code code = call_raw(name, nullptr).code;
    // Malformed requests are reported first: an empty list, no file, no lookup key.
    EXPECT_TRUE(code == SEATBOOK_BOOK_CLOSED || code < SEATBOOK_BOOK_CLOSED ||
                code == SEATBOOK_REQUIRED)
        << name << " returned " << code;
    EXPECT_NE(code, SEATBOOK_OK) << name;
  }
  EXPECT_EQ(seatbook_book_refresh(book_.get(), nullptr, nullptr), SEATBOOK_BOOK_CLOSED);
}

TEST_F(HostileTest, ASessionOutlivesItsBook) {
  seatbook_book* book = nullptr;
  ASSERT_EQ(seatbook_open(nullptr, 0, nullptr, &book, nullptr), SEATBOOK_OK);
  const Session session = session_of(book);
  seatbook_book_free(book);
  EXPECT_EQ(seatbook_people(session.get(), nullptr, nullptr, nullptr), SEATBOOK_BOOK_CLOSED);
}

// ------------------------------------------------------------------------------ re-entrance

/// A storage whose callbacks call the book that called them.
struct Reentrant {
  seatbook_storage_callbacks inner;
  seatbook_book* book = nullptr;
  seatbook_session* session = nullptr;
  int rejected = 0;
  int accepted = 0;

  void call() {
    if (book == nullptr) return;
    const seatbook_code codes[] = {
        seatbook_people(session, nullptr, nullptr, nullptr),
        seatbook_add_person(session, nullptr, nullptr, nullptr, nullptr),
        seatbook_book_refresh(book, nullptr, nullptr),
        seatbook_book_dump(book, nullptr, nullptr),
        seatbook_book_check(book, nullptr, nullptr),
    };
    for (const seatbook_code code : codes) {
      ++(code == SEATBOOK_INVALID_ARGUMENT ? rejected : accepted);
    }
  }
};

TEST_F(HostileTest, ReentrantCallsOfAStorageFail) {
  Reentrant self;
  ASSERT_EQ(plug_in_make(&self.inner), 1);
  seatbook_storage_callbacks callbacks = SEATBOOK_STORAGE_CALLBACKS_INIT;
  callbacks.self = &self;
  callbacks.read = [](void* self_pointer, uint64_t after, seatbook_row_sink* sink,
                      uint64_t* version, seatbook_failure* failure) {
    auto& here = *static_cast<Reentrant*>(self_pointer);
    here.call();
    return here.inner.read(here.inner.self, after, sink, version, failure);
  };
  callbacks.append = [](void* self_pointer, const seatbook_batch* batch,
                        seatbook_failure* failure) {
    auto& here = *static_cast<Reentrant*>(self_pointer);
    here.call();
    return here.inner.append(here.inner.self, batch, failure);
  };
  callbacks.find = [](void* self_pointer, const uint8_t* token, uint64_t* version,
                      seatbook_failure* failure) {
    auto& here = *static_cast<Reentrant*>(self_pointer);
    here.call();
    return here.inner.find(here.inner.self, token, version, failure);
  };
  seatbook_storage* storage = nullptr;
  ASSERT_EQ(seatbook_storage_new(&callbacks, &storage, nullptr), SEATBOOK_OK);
  const Storage kept_storage(storage);
  seatbook_book* book = nullptr;
  ASSERT_EQ(seatbook_book_open(storage, nullptr, &book, nullptr), SEATBOOK_OK);
  Book kept(book);
  Session session = session_of(book);
  self.book = book;
  self.session = session.get();
  const Reply added = calls().at("add_person")(session.get(), {{"name", "Ada"}});
  EXPECT_FALSE(added.error);
  EXPECT_GE(self.rejected, 10);
  EXPECT_EQ(self.accepted, 0);
  EXPECT_EQ(seatbook_book_closed(book), 0);
  self.book = nullptr;
  session.reset();
  kept.reset();
  self.inner.destroy(self.inner.self);
}

TEST_F(HostileTest, AStorageMayCloseOrFreeItsBook) {
  // 0: closes the book. 1: frees the book. 2: also frees the session of the running call.
  for (const int frees : {0, 1, 2}) {
    struct Closing {
      seatbook_storage_callbacks inner = SEATBOOK_STORAGE_CALLBACKS_INIT;
      seatbook_book* book = nullptr;
      seatbook_session* session = nullptr;
      int frees = 0;
    } self;
    self.frees = frees;
    ASSERT_EQ(plug_in_make(&self.inner), 1);
    seatbook_storage_callbacks callbacks = self.inner;
    callbacks.self = &self;
    callbacks.destroy = [](void* self_pointer) {
      auto& here = *static_cast<Closing*>(self_pointer);
      here.inner.destroy(here.inner.self);
      here.inner.self = nullptr;
    };
    callbacks.read = [](void* self_pointer, uint64_t after, seatbook_row_sink* sink,
                        uint64_t* version, seatbook_failure* failure) {
      auto& here = *static_cast<Closing*>(self_pointer);
      return here.inner.read(here.inner.self, after, sink, version, failure);
    };
    callbacks.append = [](void* self_pointer, const seatbook_batch* batch,
                          seatbook_failure* failure) {
      auto& here = *static_cast<Closing*>(self_pointer);
      if (here.frees > 0) {
        seatbook_book_free(here.book);
        if (here.frees > 1) seatbook_session_free(here.session);
      } else {
        EXPECT_EQ(seatbook_book_close(here.book, nullptr), SEATBOOK_OK);
        EXPECT_EQ(seatbook_book_closed(here.book), 0);
      }
      return here.inner.append(here.inner.self, batch, failure);
    };
    callbacks.find = [](void* self_pointer, const uint8_t* token, uint64_t* version,
                        seatbook_failure* failure) {
      auto& here = *static_cast<Closing*>(self_pointer);
      return here.inner.find(here.inner.self, token, version, failure);
    };
    callbacks.lock = nullptr;
    callbacks.unlock = nullptr;
    callbacks.largest_group = 0;
    callbacks.append_group = nullptr;
    seatbook_storage* storage = nullptr;
    ASSERT_EQ(seatbook_storage_new(&callbacks, &storage, nullptr), SEATBOOK_OK);
    Storage kept_storage(storage);
    ASSERT_EQ(seatbook_book_open(storage, nullptr, &self.book, nullptr), SEATBOOK_OK);
    Book kept(frees > 0 ? nullptr : self.book);
    Session session = session_of(self.book);
    self.session = session.get();
    const Reply added = calls().at("add_person")(session.get(), {{"name", "Ada"}});
    EXPECT_FALSE(added.error);
    if (frees > 1) {
      (void)session.release();
    } else {
      EXPECT_EQ(seatbook_people(session.get(), nullptr, nullptr, nullptr), SEATBOOK_BOOK_CLOSED);
    }
    kept_storage.reset();
    EXPECT_EQ(self.inner.self, nullptr) << "the closed book keeps its storage";
  }
}

TEST_F(HostileTest, MissingStorageCallbacksAreNamed) {
  int destroyed = 0;
  const auto try_it = [&](auto change) {
    seatbook_storage_callbacks callbacks;
    EXPECT_EQ(plug_in_make(&callbacks), 1);
    callbacks.destroy(callbacks.self);  // the callbacks are not called
    callbacks.self = &destroyed;
    callbacks.destroy = [](void* self) { ++*static_cast<int*>(self); };
    change(callbacks);
    seatbook_storage* storage = nullptr;
    seatbook_error* failure = nullptr;
    EXPECT_EQ(seatbook_storage_new(&callbacks, &storage, &failure), SEATBOOK_INVALID_ARGUMENT);
    const ErrorObject error(failure);
    return std::string(seatbook_error_field(failure));
  };
  EXPECT_EQ(try_it([](auto& c) { c.read = nullptr; }), "read");
  EXPECT_EQ(try_it([](auto& c) { c.append = nullptr; }), "append");
  EXPECT_EQ(try_it([](auto& c) { c.find = nullptr; }), "find");
  EXPECT_EQ(try_it([](auto& c) { c.lock = nullptr; }), "lock");
  EXPECT_EQ(try_it([](auto& c) { c.unlock = nullptr; }), "unlock");
  EXPECT_EQ(try_it([](auto& c) { c.append_group = nullptr; }), "append_group");
  EXPECT_EQ(try_it([](auto& c) { c.largest_group = 0; }), "largest_group");
  EXPECT_EQ(destroyed, 7);
  EXPECT_EQ(try_it([](auto& c) { c.struct_size = 8; }), "struct_size");
  EXPECT_EQ(destroyed, 7) << "destroy of a struct that is too small";
}

TEST_F(HostileTest, ASinkMayUseTheBook) {
  seatbook_sink sink = {sizeof sink, session_.get(),
                        [](void* self, const char*, std::size_t) {
                          auto* const session = static_cast<seatbook_session*>(self);
                          const bool fine =
                              seatbook_people(session, nullptr, nullptr, nullptr) == SEATBOOK_OK;
                          return std::int32_t{fine ? 1 : 0};
                        },
                        nullptr};
  seatbook_export_roster_request request = SEATBOOK_EXPORT_ROSTER_REQUEST_INIT;
  request.fields = SEATBOOK_FIELD_EXPORT_ROSTER_LICENSE | SEATBOOK_FIELD_EXPORT_ROSTER_SINK;
  request.license = 1;
  request.sink = &sink;
  seatbook_rows* result = nullptr;
  EXPECT_EQ(seatbook_export_roster(session_.get(), &request, &result, nullptr), SEATBOOK_OK);
  const Rows kept(result);
  EXPECT_STREQ(seatbook_rows_text(result, 0, SEATBOOK_COLUMN_EXPORTED_FILE_CSV, nullptr), "");
  EXPECT_GT(seatbook_rows_number(result, 0, SEATBOOK_COLUMN_EXPORTED_FILE_BYTES), 20);
}

}  // namespace
}  // namespace seatbook::capi_tests
