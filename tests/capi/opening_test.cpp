// Tests locations and options of books in files and databases.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "capi/api.hpp"
#include "support/folder.hpp"

namespace seatbook::capi_tests {
namespace {

class OpeningTest : public ::testing::Test {
 protected:
  struct Opened {
    seatbook_code code = SEATBOOK_OK;
    std::string field;
    Book book;
  };
  static Opened open(const std::string& location,
                     seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT) {
    seatbook_book* book = nullptr;
    seatbook_error* error = nullptr;
    Opened opened;
    opened.code = seatbook_open(location.data(), location.size(), &options, &book, &error);
    const ErrorObject kept(error);
    opened.field = seatbook_error_field(error);
    opened.book.reset(book);
    return opened;
  }
  static seatbook_code add_person(const seatbook_book* book, const char* name) {
    seatbook_actor actor = SEATBOOK_ACTOR_INIT;
    actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
    actor.actor = {"root", 4};
    actor.role = SEATBOOK_ROLE_ADMIN;
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, &actor, &session, nullptr), SEATBOOK_OK);
    const Session kept(session);
    seatbook_add_person_request request = SEATBOOK_ADD_PERSON_REQUEST_INIT;
    request.fields = SEATBOOK_FIELD_ADD_PERSON_NAME;
    request.name = {name, SEATBOOK_NUL_TERMINATED};
    return seatbook_add_person(session, &request, nullptr, nullptr, nullptr);
  }

  seatbook::testing::Folder folder_;
  const std::string path_ = (folder_.path() / "book.db").string();
};

TEST_F(OpeningTest, ReportsVersionsAndStorages) {
  EXPECT_EQ(seatbook_has_storage("memory", SEATBOOK_NUL_TERMINATED), 1);
  EXPECT_EQ(seatbook_has_storage("sqlite", 6), 1);
  EXPECT_EQ(seatbook_has_storage("dbm", 3), 0);
  EXPECT_STREQ(seatbook_version(), SEATBOOK_H_VERSION);
  EXPECT_EQ(seatbook_abi_version(), SEATBOOK_ABI_VERSION);
}

TEST_F(OpeningTest, BooksInFilesPersist) {
  {
    const Opened first = open(path_);
    ASSERT_EQ(first.code, SEATBOOK_OK);
    EXPECT_EQ(add_person(first.book.get(), "Ada"), SEATBOOK_OK);
    const Opened second = open(path_);
    EXPECT_EQ(second.code, SEATBOOK_STORAGE_IN_USE);
  }
  const Opened again = open(path_);
  ASSERT_EQ(again.code, SEATBOOK_OK);
  EXPECT_EQ(seatbook_book_version(again.book.get()), 1U);

  const std::string copy = (folder_.path() / "copy.db").string();
  EXPECT_EQ(seatbook_book_backup(again.book.get(), copy.data(), copy.size(), nullptr), SEATBOOK_OK);
  EXPECT_EQ(seatbook_book_backup(again.book.get(), copy.data(), copy.size(), nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  const Opened copied = open(copy);
  EXPECT_EQ(seatbook_book_version(copied.book.get()), 1U);
}

TEST_F(OpeningTest, AppliesOptionsOfFiles) {
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_MUST_EXIST;
  options.must_exist = 1;
  EXPECT_EQ(open(path_, options).code, SEATBOOK_INVALID_ARGUMENT);
  EXPECT_EQ(open(path_, options).field, "location");
  EXPECT_FALSE(std::filesystem::exists(path_));
  options.fields = SEATBOOK_FIELD_OPEN_DURABILITY;
  options.must_exist = 0;
  options.durability = SEATBOOK_DURABILITY_RELAXED;
  EXPECT_EQ(open(path_, options).code, SEATBOOK_OK);
  options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_READ_ONLY;
  options.read_only = 1;
  const Opened reading = open(path_, options);
  ASSERT_EQ(reading.code, SEATBOOK_OK);
  EXPECT_EQ(add_person(reading.book.get(), "Ada"), SEATBOOK_BOOK_READ_ONLY);
  options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_VFS;
  options.vfs = {"no such", 7};
  EXPECT_EQ(open((folder_.path() / "other.db").string(), options).field, "vfs");
}

TEST_F(OpeningTest, AnUnreachableDatabaseFails) {
  seatbook_open_options options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_RETRY_FOR_MS | SEATBOOK_FIELD_OPEN_BOOK;
  options.retry_for_ms = 1;
  options.book = {"acme", 4};
  const seatbook_code expected = seatbook_has_storage("postgresql", 10) == 1
                                     ? SEATBOOK_STORAGE_FAILED
                                     : SEATBOOK_UNSUPPORTED_STORAGE;
  EXPECT_EQ(open("postgresql://nouser@127.0.0.1:1/none", options).code, expected);
  options = SEATBOOK_OPEN_OPTIONS_INIT;
  options.fields = SEATBOOK_FIELD_OPEN_RETRY_FOR_MS;
  options.retry_for_ms = 1;
  EXPECT_EQ(seatbook_schema_create("postgresql://nouser@127.0.0.1:1/none", SEATBOOK_NUL_TERMINATED,
                                   &options, nullptr),
            expected);
  EXPECT_EQ(seatbook_schema_create(path_.data(), path_.size(), nullptr, nullptr),
            SEATBOOK_INVALID_ARGUMENT);
  if (expected == SEATBOOK_UNSUPPORTED_STORAGE) return;
  options.fields |= SEATBOOK_FIELD_OPEN_CONNECTIONS;
  options.connections = 1'001;
  EXPECT_EQ(open("postgresql://nouser@127.0.0.1:1/none", options).field, "connections");
}

}  // namespace
}  // namespace seatbook::capi_tests
