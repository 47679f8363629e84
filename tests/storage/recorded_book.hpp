/// The book in tests/data/format-1, which version 0.1 wrote to every kind of storage with
/// tests/data/record_format_1.py.
///
/// Every later version must open these files, whatever format it writes. After a format change,
/// change how they are opened here (migrate first) or what is compared (a new member in dump(), see
/// with_newer_members()); never change the recorded files.
#ifndef SEATBOOK_TESTS_STORAGE_RECORDED_BOOK_HPP_
#define SEATBOOK_TESTS_STORAGE_RECORDED_BOOK_HPP_

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "seatbook/storage.hpp"
#include "storage/storage_kinds.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook::testing {

inline std::string recorded_file(const std::string& name) {
  return std::string(SEATBOOK_TEST_DATA_DIR) + "/format-1/" + name;
}

/// Returns what dump() returns now for a book of 0.1: the recorded text with the members that
/// format 2 added, which are empty. All other bytes are as recorded.
inline std::string with_newer_members(const std::string& recorded) {
  auto book = nlohmann::json::parse(recorded);
  EXPECT_EQ(book.dump(2) + "\n", recorded);
  for (auto& assignment : book.at("assignments")) {
    EXPECT_FALSE(assignment.contains("held_since"));
    assignment["held_since"] = nullptr;
  }
  for (auto& texts : book.at("history_texts")) {
    EXPECT_FALSE(texts.contains("changes"));
    texts["changes"] = nlohmann::json::array();
  }
  return book.dump(2) + "\n";
}
inline std::string recorded_dump() {
  return with_newer_members(bytes_of(recorded_file("book.json")));
}

/// Returns the request id with that number in record_format_1.py.
inline RequestId recorded_request(const std::string& number) {
  return Token::parse("5ea7b00c000040008000" + std::string(12 - number.size(), '0') + number)
      .value();
}

/// Expects that a repeated request fails and names the version of its first execution.
inline void expect_repeated(Desk& desk, const RequestId& request, Version first_version) {
  const auto again = desk.admin.add_person({.name = "Repeated", .request_id = request});
  ASSERT_EQ(code_of(again), Code::repeated_request);
  EXPECT_EQ(again.error().values, std::vector<std::uint64_t>{first_version.value});
}

/// Expects the recorded book in the storage that `open` returns, and that new commands work on it.
template <class Open>
void expect_recorded_book(const Open& open) {
  const RequestId next = recorded_request("555555555555");
  std::string continued;
  {
    Desk desk(open());
    EXPECT_EQ(desk.dump() + "\n", recorded_dump());
    EXPECT_EQ(desk.findings(), std::vector<std::string>{});
    desk.clock->set(instant("2026-04-01T12:00:00Z"));
    expect_repeated(desk, recorded_request("1"), Version(1));
    expect_repeated(desk, recorded_request("999"), Version(56));
    EXPECT_TRUE(desk.admin.add_person({.name = "Written by this release", .request_id = next}));
    continued = desk.dump();
  }
  Desk desk(open());
  EXPECT_EQ(desk.dump(), continued);
  EXPECT_NE(continued.find("Written by this release"), std::string::npos);
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  EXPECT_EQ(desk.book.version(), Version(57));
  desk.clock->set(instant("2026-04-01T12:00:00Z"));
  expect_repeated(desk, next, Version(57));
  expect_repeated(desk, recorded_request("999"), Version(56));
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_RECORDED_BOOK_HPP_
