// Tests batched calls, in which each request has its own outcome.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "capi/api.hpp"

namespace seatbook::capi_tests {
namespace {

constexpr seatbook_time now = 1'772'366'400'000'000;  // 2026-03-01T12:00:00Z

class BatchesTest : public ::testing::Test {
 protected:
  BatchesTest() {
    seatbook_clock* clock = nullptr;
    EXPECT_EQ(seatbook_clock_new(now, &clock, nullptr), SEATBOOK_OK);
    const Clock kept(clock);
    seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
    options.fields = SEATBOOK_FIELD_OPEN_CLOCK;
    options.clock = clock;
    seatbook_book* book = nullptr;
    EXPECT_EQ(seatbook_open(":memory:", 8, &options, &book, nullptr), SEATBOOK_OK);
    book_.reset(book);
    seatbook_actor actor = SEATBOOK_ACTOR_INIT;
    actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
    actor.actor = {"root", 4};
    actor.role = SEATBOOK_ROLE_ADMIN;
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, &actor, &session, nullptr), SEATBOOK_OK);
    session_.reset(session);
    for (int number = 0; number < 4; ++number) {
      seatbook_add_person_request person = SEATBOOK_ADD_PERSON_REQUEST_INIT;
      person.fields = SEATBOOK_FIELD_ADD_PERSON_NAME;
      person.name = {"Person", SEATBOOK_NUL_TERMINATED};
      EXPECT_EQ(seatbook_add_person(session, &person, nullptr, nullptr, nullptr), SEATBOOK_OK);
    }
    seatbook_add_license_request license = SEATBOOK_ADD_LICENSE_REQUEST_INIT;
    license.fields = SEATBOOK_FIELD_ADD_LICENSE_NAME | SEATBOOK_FIELD_ADD_LICENSE_OWNER |
                     SEATBOOK_FIELD_ADD_LICENSE_TOTAL_SEATS;
    license.name = {"Tool", 4};
    license.owner = 1;
    license.total_seats = 2;
    EXPECT_EQ(seatbook_add_license(session, &license, nullptr, nullptr, nullptr), SEATBOOK_OK);
  }
  static seatbook_assign_request assign(seatbook_id person) {
    seatbook_assign_request request = SEATBOOK_ASSIGN_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON;
    request.license = 1;
    request.person = person;
    return request;
  }

  Book book_;
  Session session_;
};

TEST_F(BatchesTest, EachRequestHasItsOwnOutcome) {
  const std::vector<seatbook_assign_request> grants = {assign(1), assign(1), assign(99), assign(2),
                                                       assign(3)};
  std::vector<seatbook_id> seats(grants.size(), 77);
  std::vector<seatbook_code> codes(grants.size(), -1);
  std::uint64_t done = 0;
  ASSERT_EQ(seatbook_assign_each(session_.get(), grants.data(), grants.size(), seats.data(),
                                 codes.data(), &done, nullptr),
            SEATBOOK_OK);
  EXPECT_EQ(done, 2U);
  EXPECT_EQ(seats, (std::vector<seatbook_id>{1, 0, 0, 2, 0}));
  EXPECT_EQ(codes, (std::vector<seatbook_code>{SEATBOOK_OK, SEATBOOK_ALREADY_ASSIGNED,
                                               SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_OK,
                                               SEATBOOK_NO_SEATS_REMAINING}));

  seatbook_record_use_request use = SEATBOOK_RECORD_USE_REQUEST_INIT;
  use.fields = SEATBOOK_FIELD_RECORD_USE_ASSIGNMENT | SEATBOOK_FIELD_RECORD_USE_USED_AT;
  use.assignment = 2;
  use.used_at = now;
  ASSERT_EQ(
      seatbook_record_use_each(session_.get(), &use, 1, nullptr, codes.data(), &done, nullptr),
      SEATBOOK_OK);
  EXPECT_EQ(codes[0], SEATBOOK_OK);

  seatbook_revoke_request revoke = SEATBOOK_REVOKE_REQUEST_INIT;
  revoke.fields = SEATBOOK_FIELD_REVOKE_ASSIGNMENT;
  revoke.assignment = 1;
  const std::vector<seatbook_revoke_request> twice = {revoke, revoke};
  ASSERT_EQ(seatbook_revoke_each(session_.get(), twice.data(), twice.size(), nullptr, codes.data(),
                                 &done, nullptr),
            SEATBOOK_OK);
  EXPECT_EQ(done, 1U);
  EXPECT_EQ(codes[1], SEATBOOK_ALREADY_REVOKED);
}

TEST_F(BatchesTest, AcceptsLargerStructsOfANewerHeader) {
  constexpr std::size_t stride = sizeof(seatbook_assign_request) + 16;
  std::vector<std::uint64_t> buffer(2 * stride / sizeof(std::uint64_t), 0);
  auto* bytes = reinterpret_cast<std::byte*>(buffer.data());
  for (std::size_t item = 0; item < 2; ++item) {
    seatbook_assign_request request = assign(item + 1);
    request.struct_size = stride;
    std::memcpy(bytes + item * stride, &request, sizeof request);
  }
  std::uint64_t done = 0;
  ASSERT_EQ(
      seatbook_assign_each(session_.get(), reinterpret_cast<const seatbook_assign_request*>(bytes),
                           2, nullptr, nullptr, &done, nullptr),
      SEATBOOK_OK);
  EXPECT_EQ(done, 2U);
}

TEST_F(BatchesTest, RejectsInvalidArguments) {
  seatbook_assign_request requests[2] = {assign(1), assign(2)};
  const auto code = [&](seatbook_session* session, const seatbook_assign_request* given,
                        std::size_t count) {
    return seatbook_assign_each(session, given, count, nullptr, nullptr, nullptr, nullptr);
  };
  EXPECT_EQ(code(nullptr, requests, 2), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(code(session_.get(), nullptr, 2), SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(code(session_.get(), nullptr, 0), SEATBOOK_OK);
  EXPECT_EQ(code(session_.get(), requests, SEATBOOK_MAX_BULK_ITEMS + 1), SEATBOOK_LIMIT_EXCEEDED);
  EXPECT_EQ(code(session_.get(), requests, SIZE_MAX), SEATBOOK_LIMIT_EXCEEDED);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{8}, std::size_t{16}, sizeof requests[0] - 1,
        std::size_t{1} << 15, std::size_t{1} << 40, SIZE_MAX}) {
    requests[0].struct_size = size;
    EXPECT_EQ(code(session_.get(), requests, 2), SEATBOOK_INVALID_ARGUMENT) << size;
  }
  requests[0].struct_size = sizeof requests[0];
  requests[1].struct_size = 16;
  seatbook_code codes[2] = {-1, -1};
  EXPECT_EQ(seatbook_assign_each(session_.get(), requests, 2, nullptr, codes, nullptr, nullptr),
            SEATBOOK_OK);
  EXPECT_EQ(codes[0], SEATBOOK_OK);
  EXPECT_EQ(codes[1], SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(seatbook_book_close(book_.get(), nullptr), SEATBOOK_OK);
  EXPECT_EQ(seatbook_assign_each(session_.get(), requests, 1, nullptr, codes, nullptr, nullptr),
            SEATBOOK_OK);
  EXPECT_EQ(codes[0], SEATBOOK_BOOK_CLOSED);
}

}  // namespace
}  // namespace seatbook::capi_tests
