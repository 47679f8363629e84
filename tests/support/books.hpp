/// A book with a manual clock, an admin session, and helpers to fill it.
#ifndef SEATBOOK_TESTS_SUPPORT_BOOKS_HPP_
#define SEATBOOK_TESTS_SUPPORT_BOOKS_HPP_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"

namespace seatbook::testing {

inline Timestamp instant(const char* text) {
  return Timestamp::parse(text).value();
}

inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t minute_us = 60 * second_us;

/// A book, its clock and an admin session. The destructor closes the book.
struct Desk {
  explicit Desk(std::shared_ptr<Storage> storage = nullptr, OpenOptions options = {})
      : clock(std::make_shared<ManualClock>(instant("2026-03-01T12:00:00Z"))),
        book([&] {
          if (!options.clock) options.clock = clock;
          return storage ? Book::open(std::move(storage), options).value()
                         : Book::open(options).value();
        }()),
        admin(book.session({.actor = "root", .role = Role::super_admin})) {}

  PersonId person(const std::string& name, const std::string& email = "") {
    return admin.add_person({.name = name, .email = email}).value().person;
  }
  LicenseId license(const std::string& name, SeatTotal total,
                    CapacityPolicy policy = CapacityPolicy::enforce) {
    if (!owner) owner = person("Olga Owner");
    return admin.add_license({.name = name, .total_seats = total, .policy = policy, .owner = owner})
        .value()
        .license;
  }
  AssignmentId seat(LicenseId license, PersonId person) {
    return admin.assign({.license = license, .person = person}).value().assignment;
  }
  [[nodiscard]] std::string dump() const { return book.dump().value(); }
  [[nodiscard]] std::vector<std::string> findings() const {
    return book.check_invariants().value();
  }

  std::shared_ptr<ManualClock> clock;
  Book book;
  Session admin;
  PersonId owner;
};

/// Returns the error code of a result, or `ok`.
template <class T>
Code code_of(const Result<T>& result) {
  return result ? Code::ok : result.error().code;
}

/// Expects `call` to fail with `code` (and `field`, unless null) and to leave the book unchanged
/// (rule C43).
template <class Call>
void expect_refused(Desk& desk, Code code, const char* field, const Call& call) {
  const std::string before = desk.dump();
  const auto result = call();
  ASSERT_FALSE(result.has_value()) << "expected " << to_string(code);
  EXPECT_EQ(to_string(result.error().code), to_string(code)) << result.error().message;
  if (field != nullptr) {
    EXPECT_EQ(result.error().field, field) << result.error().message;
  }
  EXPECT_FALSE(result.error().message.empty());
  EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
  EXPECT_EQ(desk.dump(), before);
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_BOOKS_HPP_
