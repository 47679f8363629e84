// Tests that closing a book frees its memory while its sessions exist.
#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "capi/api.hpp"
#include "support/sanitized.hpp"

namespace seatbook::capi_tests {
namespace {

constexpr std::int64_t mebibyte = 1 << 20;

/// Returns the resident memory, without memory that malloc caches.
std::int64_t resident_bytes() {
  malloc_trim(0);
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

std::string people_file(int count) {
  std::string csv = "Name,Email\n";
  for (int n = 0; n < count; ++n) {
    const std::string number = std::to_string(n);
    csv += "Person number " + number + ",person" + number + "@example.com\n";
  }
  return csv;
}

TEST(Closing, FreesMemoryWhileSessionsExist) {
  if (testing::sanitized) GTEST_SKIP() << "sanitizers keep freed memory";
  const std::string csv = people_file(5'000);
  std::vector<Session> sessions;
  std::vector<Book> books;
  std::int64_t largest_book = 0;
  std::int64_t after_first = 0;
  for (int round = 0; round < 20; ++round) {
    const std::int64_t before = resident_bytes();
    seatbook_book* book = nullptr;
    ASSERT_EQ(seatbook_open(nullptr, 0, nullptr, &book, nullptr), SEATBOOK_OK);
    Book kept(book);
    Request actor("seatbook_actor");
    actor.fill({{"actor", "root"}, {"role", "super-admin"}});
    seatbook_session* session = nullptr;
    ASSERT_EQ(seatbook_session_open(book, static_cast<const seatbook_actor*>(actor.bytes()),
                                    &session, nullptr),
              SEATBOOK_OK);
    sessions.emplace_back(session);
    seatbook_import_people_request import = SEATBOOK_IMPORT_PEOPLE_REQUEST_INIT;
    import.fields = SEATBOOK_FIELD_IMPORT_PEOPLE_CSV;
    import.csv = {csv.data(), csv.size()};
    ASSERT_EQ(seatbook_import_people(session, &import, nullptr, nullptr, nullptr), SEATBOOK_OK);
    largest_book = std::max(largest_book, resident_bytes() - before);
    ASSERT_EQ(seatbook_book_close(book, nullptr), SEATBOOK_OK);
    EXPECT_EQ(seatbook_people(session, nullptr, nullptr, nullptr), SEATBOOK_BOOK_CLOSED);
    // Half of the books are freed, the others only closed.
    if (round % 2 == 0) books.push_back(std::move(kept));
    if (round == 0) after_first = resident_bytes();
  }
  EXPECT_GT(largest_book, mebibyte) << "the book is too small for this test";
  EXPECT_LT(resident_bytes() - after_first, largest_book) << "19 closed books";
}

}  // namespace
}  // namespace seatbook::capi_tests
