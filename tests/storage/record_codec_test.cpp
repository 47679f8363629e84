// Tests the JSON encoding of records: round trips, and the refusal of anything else.
#include "seatbook/record_codec.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "storage/records.hpp"
#include "types/records.hpp"

namespace seatbook {
namespace {

using nlohmann::json;
using testing::one_of_each;
using testing::RandomRecords;

constexpr int random_records = 20'000;

const RecordKind all_kinds[] = {
    RecordKind::book_info,  RecordKind::person,  RecordKind::actor,         RecordKind::license,
    RecordKind::assignment, RecordKind::history, RecordKind::history_texts, RecordKind::last_use};

/// Expects encoding and decoding to be inverses.
void expect_round_trip(const RecordImage& image) {
  const auto bytes = encode_record(image);
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(bytes->find('\n'), std::string::npos);
  const auto decoded = decode_record(kind_of(image), *bytes);
  ASSERT_TRUE(decoded) << decoded.error().message << ": " << *bytes;
  EXPECT_TRUE(*decoded == image) << *bytes;
  EXPECT_EQ(encode_record(*decoded).value(), *bytes);
}

void expect_corrupt(RecordKind kind, const std::string& bytes, const std::string& field,
                    Code code = Code::storage_corrupt) {
  const auto decoded = decode_record(kind, bytes);
  const std::string shown = bytes.substr(0, 300);
  ASSERT_FALSE(decoded) << shown;
  EXPECT_EQ(decoded.error().code, code) << shown;
  EXPECT_EQ(decoded.error().field, field) << shown << ": " << decoded.error().message;
  EXPECT_FALSE(decoded.error().message.empty());
  EXPECT_EQ(decoded.error().message.find('\n'), std::string::npos);
}

/// Returns whether the code reports bad bytes. A damaged format number may look like a newer one.
bool refuses_bytes(Code code) {
  return code == Code::storage_corrupt || code == Code::format_too_new;
}

TEST(RecordCodec, RoundTripsFullRecords) {
  for (const RecordImage& image : one_of_each()) expect_round_trip(image);
}

TEST(RecordCodec, RoundTripsEmptyRecords) {
  expect_round_trip(BookInfo{});
  expect_round_trip(Person{});
  expect_round_trip(ActorRecord{});
  expect_round_trip(License{});
  expect_round_trip(Assignment{});
  expect_round_trip(HistoryRow{});
  expect_round_trip(HistoryTexts{});
  expect_round_trip(LastUse{});
}

TEST(RecordCodec, RoundTripsRandomRecords) {
  RandomRecords random(1);
  for (int i = 0; i < random_records; ++i) {
    expect_round_trip(random.record(random.kind()));
    if (HasFailure()) return;
  }
}

TEST(RecordCodec, RoundTripsTheLongestTexts) {
  Assignment assignment = testing::full_assignment();
  for (std::size_t i = 0; i < max_notes_length; ++i) {
    assignment.notes += "😀";
    assignment.revoke_reason += "\x01";  // the longest in JSON: "\u0001"
  }
  expect_round_trip(assignment);
  EXPECT_LT(encode_record(assignment)->size(), 20'000U);
}

// A format must not change: plug-ins have it in their databases.
TEST(RecordCodec, FormatTwoDoesNotChange) {
  const char* const expected[] = {
      R"({"format":2,"unicode_version":"14.0.0"})",
      R"({"actor":"root","format":2,"id":1,"person":null})",
      R"({"email":"someone1@example.com","format":2,"host_key":"","id":1,"name":"Ada",)"
      R"("revision":1,"state":"active"})",
      R"({"email":"someone2@example.com","format":2,"host_key":"","id":2,"name":"Bo",)"
      R"("revision":1,"state":"active"})",
      R"({"backup_owner":2,"billing_period":"year","cost_per_seat":"12.58","currency":"EUR",)"
      R"("format":2,"host_key":"lic-1","id":1,"name":"Vector studio – größer","owner":1,)"
      R"("policy":"allow_over","product_group":"design","renewal_date":"2027-02-28",)"
      R"("revision":7,"state":"active","total_seats":null,"vendor":"Inkworks"})",
      R"({"access_level":"Editor","account":"someone@vendor.example",)"
      R"("assigned_at":"2026-01-02T03:04:05.678901Z","assigned_by":1,"cost_override":"0.0001",)"
      R"("format":2,"held_since":"2024-05-06T07:08:09.000001Z",)"
      R"("id":1,"license":1,"needs_review":false,"notes":"keeps two machines",)"
      R"("person":1,"revision":2,"revoke_reason":"moved on",)"
      R"("revoked_at":"2026-02-02T03:04:05Z","revoked_by":1})",
      R"({"actor":1,"after":{"backup_owner":2,"owner":1,"policy":"allow_over",)"
      R"("total_seats":null},"assignment":null,"at":"2026-01-02T03:04:05.678901Z","batch":1,)"
      R"("before":{"backup_owner":null,"owner":2,"policy":"enforce","total_seats":3},)"
      R"("counterpart":null,"format":2,"kind":"owners_changed","license":1,"person":null,)"
      R"("seq":1})",
      R"({"changes":[{"after":"Ed\"it\\or\n","before":"Viewer","field":"access_level"},)"
      R"({"after":"größer","before":"","field":"notes"}],"email_after":"d@example.com","email_before":"c@example.com","format":2,)"
      R"("name_after":"b","name_before":"a","reason":"😀","seq":1})",
      R"({"assignment":1,"format":2,"used_at":"2026-01-03T00:00:00Z"})",
  };
  const std::vector<RecordImage> images = one_of_each();
  ASSERT_EQ(images.size(), std::size(expected));
  for (std::size_t i = 0; i < images.size(); ++i) {
    EXPECT_EQ(encode_record(images[i]).value(), expected[i]);
  }
}

TEST(RecordCodec, FormatOneIsRead) {
  const char* const recorded[] = {
      R"({"format":1,"unicode_version":"14.0.0"})",
      R"({"actor":"root","format":1,"id":1,"person":null})",
      R"({"email":"someone1@example.com","format":1,"host_key":"","id":1,"name":"Ada",)"
      R"("revision":1,"state":"active"})",
      R"({"email":"someone2@example.com","format":1,"host_key":"","id":2,"name":"Bo",)"
      R"("revision":1,"state":"active"})",
      R"({"backup_owner":2,"billing_period":"year","cost_per_seat":"12.58","currency":"EUR",)"
      R"("format":1,"host_key":"lic-1","id":1,"name":"Vector studio – größer","owner":1,)"
      R"("policy":"allow_over","product_group":"design","renewal_date":"2027-02-28",)"
      R"("revision":7,"state":"active","total_seats":null,"vendor":"Inkworks"})",
      R"({"access_level":"Editor","account":"someone@vendor.example",)"
      R"("assigned_at":"2026-01-02T03:04:05.678901Z","assigned_by":1,"cost_override":"0.0001",)"
      R"("format":1,"id":1,"license":1,"needs_review":false,"notes":"keeps two machines",)"
      R"("person":1,"revision":2,"revoke_reason":"moved on",)"
      R"("revoked_at":"2026-02-02T03:04:05Z","revoked_by":1})",
      R"({"actor":1,"after":{"backup_owner":2,"owner":1,"policy":"allow_over",)"
      R"("total_seats":null},"assignment":null,"at":"2026-01-02T03:04:05.678901Z","batch":1,)"
      R"("before":{"backup_owner":null,"owner":2,"policy":"enforce","total_seats":3},)"
      R"("counterpart":null,"format":1,"kind":"owners_changed","license":1,"person":null,)"
      R"("seq":1})",
      R"({"email_after":"d@example.com","email_before":"c@example.com","format":1,)"
      R"("name_after":"b","name_before":"a","reason":"😀","seq":1})",
      R"({"assignment":1,"format":1,"used_at":"2026-01-03T00:00:00Z"})",
  };
  std::vector<RecordImage> images = one_of_each();
  ASSERT_EQ(images.size(), std::size(recorded));
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (auto* const assignment = std::get_if<Assignment>(&images[i])) assignment->held_since = {};
    if (auto* const texts = std::get_if<HistoryTexts>(&images[i])) texts->changes = {};
    const auto decoded = decode_record(kind_of(images[i]), recorded[i]);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_TRUE(*decoded == images[i]) << recorded[i];
    // Written again, it has the new format.
    json again = json::parse(encode_record(*decoded).value());
    EXPECT_EQ(again["format"], record_format);
    again["format"] = 1;
    again.erase("held_since");
    again.erase("changes");
    EXPECT_EQ(again.dump(), recorded[i]);
  }
}

TEST(RecordCodec, AFormatHasNoMembersOfALaterOne) {
  const auto expect_added = [](const RecordImage& image, const char* member) {
    json object = json::parse(encode_record(image).value());
    object["format"] = 1;
    expect_corrupt(kind_of(image), object.dump(), member);
    object.erase(member);
    EXPECT_TRUE(decode_record(kind_of(image), object.dump()));
    object["format"] = 2;
    expect_corrupt(kind_of(image), object.dump(), member);
  };
  expect_added(testing::full_assignment(), "held_since");
  expect_added(Assignment{}, "held_since");
  expect_added(testing::full_history_texts(), "changes");
  expect_added(HistoryTexts{}, "changes");
}

TEST(RecordCodec, ChecksTheChanges) {
  const json object = json::parse(encode_record(testing::full_history_texts()).value());
  const auto refused = [&](const json& value, const std::string& field) {
    json changed = object;
    changed["changes"] = value;
    expect_corrupt(RecordKind::history_texts, changed.dump(), field);
  };
  const json change = {{"field", "notes"}, {"before", "a"}, {"after", "b"}};
  const auto with = [&](const char* member, const json& value) {
    json changed = change;
    changed[member] = value;
    return json::array({change, changed, change});
  };
  for (const json& value :
       {json(nullptr), json("[]"), json(1), json::object(), change, json::array({nullptr}),
        json::array({change, "a"}), json::array({change, 1, change}),
        json::array({json::array({change})}), json::array({json::array()})}) {
    refused(value, "changes");
  }
  for (const json& value : {json(nullptr), json(1), json(true), json::array(), json::object(),
                            json(std::string(1, '\0'))}) {
    refused(with("before", value), "changes.before");
  }
  refused(with("more", ""), "changes.more");
  refused(with("more", json::array({change})), "changes.more");
  json less = change;
  less.erase("after");
  refused(json::array({less}), "changes.after");
  refused(json::array({json::object()}), "changes.field");
  const std::string start = R"({"format":2,"changes":)";
  const auto text = [&](const std::string& changes, const char* field) {
    expect_corrupt(RecordKind::history_texts, start + changes + "}", field);
  };
  text(R"([{"field":"a","field":"b"}])", "changes.field");
  text(R"([{"field":"a"}],"changes":[{"field":"a"}])", "changes");
  text(R"([],"changes":{"field":"a"})", "changes");
  text(R"({"field":"a"},"changes":[])", "changes");
  text(R"([{"field":-1}])", "changes.field");
  text("[-1]", "changes");
  text("[" + std::string(max_record_bytes / 2, '['), "changes");
  std::string objects = "[";
  while (objects.size() < max_record_bytes / 2) objects += R"({"a":)";
  text(objects, "changes.a");
  // Many small objects take memory in proportion to their bytes.
  std::string many = "[{}";
  while (many.size() < max_record_bytes - 100) many += ",{}";
  text(many + "]", "seq");
  // Only this member is a list, and only of history texts.
  json other = json::parse(encode_record(testing::full_assignment()).value());
  other["changes"] = json::array({change});
  expect_corrupt(RecordKind::assignment, other.dump(), "changes");
  other.erase("changes");
  other["notes"] = json::array({change});
  expect_corrupt(RecordKind::assignment, other.dump(), "notes");
}

TEST(RecordCodec, OrderAndWhiteSpaceDoNotMatter) {
  const auto decoded = decode_record(
      RecordKind::last_use,
      " {\n\t\"used_at\" : \"2026-01-03T00:00:00Z\", \"format\": 1, \"assignment\": 7 }\r\n");
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(std::get<LastUse>(*decoded),
            (LastUse{AssignmentId(7), testing::instant("2026-01-03T00:00:00Z")}));
}

TEST(RecordCodec, ANewerFormatIsNamed) {
  for (const char* const bytes :
       {R"({"format":3})", R"({"format":3,"assignment":[1,2],"more":{"a":{"b":-1.5}}})",
        R"({"assignment":[[[{}]]],"format":9007199254740993})"}) {
    expect_corrupt(RecordKind::last_use, bytes, "format", Code::format_too_new);
    EXPECT_NE(decode_record(RecordKind::last_use, bytes).error().message.find("newer"),
              std::string::npos);
  }
}

TEST(RecordCodec, AnInvalidFormatIsCorrupt) {
  const std::string rest = R"("assignment":1,"used_at":"2026-01-03T00:00:00Z"})";
  for (const char* const format : {"0", "-1", "1.0", "\"1\"", "null", "true", "[1]", "{}", "1e0"}) {
    expect_corrupt(RecordKind::last_use, "{\"format\":" + std::string(format) + "," + rest,
                   "format");
  }
  expect_corrupt(RecordKind::last_use, "{" + rest, "format");
}

/// Removes each member in turn, and sets it to each of a list of values.
TEST(RecordCodec, ChecksEveryMember) {
  const json values[] = {nullptr,
                         true,
                         -1,
                         1.5,
                         "",
                         "no such name",
                         "\xc3\xa4",
                         json::array(),
                         json::object(),
                         std::uint64_t{1} << 54,
                         "2026-13-01",
                         "2026-01-01T00:00:00+01:00",
                         "1.2",
                         std::string(1, '\0')};
  RandomRecords random(2);
  for (const RecordImage& image : one_of_each()) {
    const RecordKind kind = kind_of(image);
    const json object = json::parse(encode_record(image).value());
    for (const auto& [member, right] : object.items()) {
      json without = object;
      without.erase(member);
      expect_corrupt(kind, without.dump(), member);
      for (const json& value : values) {
        json changed = object;
        changed[member] = value;
        const auto decoded = decode_record(kind, changed.dump());
        // Some values are valid for this member; they must round-trip.
        if (decoded) {
          EXPECT_EQ(json::parse(encode_record(*decoded).value()), changed) << changed.dump();
        } else {
          EXPECT_TRUE(refuses_bytes(decoded.error().code)) << to_string(decoded.error().code);
          EXPECT_EQ(decoded.error().field.substr(0, member.size()), member) << changed.dump();
        }
      }
    }
    json more = object;
    more["nickname"] = "Al";
    expect_corrupt(kind, more.dump(), "nickname");
    more = object;
    more["\n<anything at all>"] = 1;
    expect_corrupt(kind, more.dump(), "");
  }
}

TEST(RecordCodec, ChecksTheTerms) {
  const RecordImage image = testing::full_history_row();
  const json object = json::parse(encode_record(image).value());
  const auto refused = [&](const char* member, const json& value, const std::string& field) {
    json changed = object;
    changed["after"][member] = value;
    expect_corrupt(RecordKind::history, changed.dump(), field);
  };
  refused("policy", "lax", "after.policy");
  refused("owner", -1, "after.owner");
  refused("owner", nullptr, "after.owner");
  refused("total_seats", "3", "after.total_seats");
  refused("extra", 1, "after.extra");
  refused("extra", json::object(), "after.extra");
  json changed = object;
  changed["after"].erase("owner");
  expect_corrupt(RecordKind::history, changed.dump(), "after.owner");
}

// A missing id is null: 0 would be a second spelling.
TEST(RecordCodec, AnOptionalIdIsNotZero) {
  const auto refused = [](const RecordImage& image, const std::string& field) {
    const auto encoded = encode_record(image);
    ASSERT_FALSE(encoded) << field;
    EXPECT_EQ(encoded.error().field, field);
    json object = json::parse(encode_record(types::empty_record(kind_of(image))).value());
    object[field] = 0;
    const auto decoded = decode_record(kind_of(image), object.dump());
    ASSERT_FALSE(decoded) << field;
    EXPECT_EQ(decoded.error().field, field);
    EXPECT_NE(decoded.error().message.find("must be null instead of 0"), std::string::npos);
  };
  refused(ActorRecord{ActorId(1), "", PersonId()}, "person");
  License license;
  license.backup_owner = PersonId();
  refused(license, "backup_owner");
  Assignment assignment;
  assignment.revoked_by = ActorId();
  refused(assignment, "revoked_by");
  HistoryRow row;
  row.license = LicenseId();
  refused(row, "license");
  row = {};
  row.person = PersonId();
  refused(row, "person");
  row = {};
  row.assignment = AssignmentId();
  refused(row, "assignment");
  row = {};
  row.counterpart = AssignmentId();
  refused(row, "counterpart");
}

TEST(RecordCodec, RefusesDuplicateMembers) {
  expect_corrupt(RecordKind::book_info, R"({"format":1,"format":1,"unicode_version":"1"})",
                 "format");
  expect_corrupt(RecordKind::book_info,
                 R"({"format":1,"unicode_version":"1","unicode_version":{"a":{}}})",
                 "unicode_version");
  expect_corrupt(RecordKind::history, R"({"before":{"owner":1,"owner":2},"format":1})",
                 "before.owner");
  expect_corrupt(RecordKind::history, R"({"before":{"owner":1},"before":{"owner":2}})", "before");
  expect_corrupt(RecordKind::history, R"({"before":1,"before":{"owner":2}})", "before");
}

TEST(RecordCodec, BytesThatAreNotAnObjectAreCorrupt) {
  for (const std::string bytes : {"",
                                  " ",
                                  "null",
                                  "1",
                                  "[]",
                                  "[{}]",
                                  "\"\"",
                                  "{",
                                  "}",
                                  "{}}",
                                  "{} {}",
                                  "{\"a\"}",
                                  "nul",
                                  "{\"format\":1,}",
                                  "{'format':1}",
                                  "{\"format\":01}",
                                  "\xff",
                                  "{\"a\":\"\xff\"}",
                                  "{\"a\":\"\xed\xa0\x80\"}",
                                  "{\"a\":\"\\ud800\"}",
                                  "{\"a\":\"\x01\"}",
                                  "/**/{}"}) {
    for (const RecordKind kind : all_kinds) {
      EXPECT_EQ(testing::code_of(decode_record(kind, bytes)), Code::storage_corrupt) << bytes;
    }
  }
}

TEST(RecordCodec, HostileNestingAndSizeAreRefused) {
  const std::string arrays(max_record_bytes - 20, '[');
  expect_corrupt(RecordKind::person, arrays, "");
  expect_corrupt(RecordKind::person, "{\"name\":" + arrays, "name");
  std::string objects = "{\"name\":{\"name\":";
  while (objects.size() < max_record_bytes - 20) objects += "{\"a\":";
  expect_corrupt(RecordKind::person, objects, "name.name");
  std::string padded = encode_record(testing::person(1, "Ada")).value();
  padded.resize(max_record_bytes, ' ');
  EXPECT_TRUE(decode_record(RecordKind::person, padded));
  padded += ' ';
  expect_corrupt(RecordKind::person, padded, "");
  expect_corrupt(static_cast<RecordKind>(8), "{}", "");
  expect_corrupt(static_cast<RecordKind>(255), "{}", "");
}

/// Changes bytes at random. Each result must be refused or round-trip.
TEST(RecordCodec, DamageIsRefusedOrRoundTrips) {
  RandomRecords random(3);
  for (int i = 0; i < random_records; ++i) {
    const RecordKind kind = random.kind();
    std::string bytes = encode_record(random.record(kind)).value();
    for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
      const auto at = static_cast<std::size_t>(random.below(bytes.size()));
      if (random.below(2) == 0) {
        bytes[at] = static_cast<char>(random.below(256));
      } else {
        bytes.erase(at, 1 + static_cast<std::size_t>(random.below(4)));
      }
      if (bytes.empty()) break;
    }
    const auto decoded = decode_record(kind, bytes);
    if (!decoded) {
      EXPECT_TRUE(refuses_bytes(decoded.error().code)) << to_string(decoded.error().code);
    } else {
      json read = json::parse(bytes);
      read["format"] = record_format;  // the damage may have made it format 1
      EXPECT_EQ(json::parse(encode_record(*decoded).value()), read);
    }
  }
}

TEST(RecordCodec, DoesNotEncodeInvalidRecords) {
  const auto refused = [](const RecordImage& image, const char* field) {
    const auto bytes = encode_record(image);
    ASSERT_FALSE(bytes) << field;
    EXPECT_EQ(bytes.error().code, Code::invalid_argument);
    EXPECT_EQ(bytes.error().field, field);
  };
  Person person = testing::person(1, "\xff");
  refused(person, "name");
  person.name = std::string("A\0da", 4);
  refused(person, "name");
  person.name = std::string(max_record_bytes, 'a');
  refused(person, "");
  person = testing::person(max_record_number + 1, "Ada");
  refused(person, "id");
  person = testing::person(1, "Ada");
  person.state = static_cast<PersonState>(9);
  refused(person, "state");
  License license = testing::full_license();
  license.total_seats = -1;
  refused(license, "total_seats");
  license = testing::full_license();
  license.cost_per_seat = Money{-1};
  refused(license, "cost_per_seat");
  license = testing::full_license();
  license.renewal_date = Date{-1};
  refused(license, "renewal_date");
  refused(LastUse{AssignmentId(1), Timestamp{-1}}, "used_at");
  HistoryRow row = testing::full_history_row();
  row.after->policy = static_cast<CapacityPolicy>(2);
  refused(row, "after.policy");
}

TEST(RecordCodec, EveryKindHasATable) {
  const char* const names[] = {"book",        "people",  "actors",        "licenses",
                               "assignments", "history", "history_texts", "last_uses"};
  for (const RecordKind kind : all_kinds) {
    EXPECT_EQ(table_name(kind), names[static_cast<std::size_t>(kind)]);
    EXPECT_EQ(kind_of_table(table_name(kind)), kind);
  }
  EXPECT_EQ(table_name(static_cast<RecordKind>(8)), "unknown");
  for (const char* const name : {"", "unknown", "People", "people "}) {
    EXPECT_FALSE(kind_of_table(name).has_value());
  }
}

}  // namespace
}  // namespace seatbook
