// Compares every column of exported Arrow tables with the accessors of the C API.
#include <gtest/gtest.h>

#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

#include "capi/api.hpp"
#include "common/arrow.hpp"

namespace seatbook::capi_tests {
namespace {

bool bit_of(const void* bits, std::size_t n) {
  return (static_cast<const std::uint8_t*>(bits)[n / 8] >> (n % 8) & 1U) != 0;
}

/// Returns a value of Arrow like the accessors of the C API: as a number or a text.
json value_of(const ArrowSchema& schema, const ArrowArray& array, std::size_t row) {
  if (!bit_of(array.buffers[0], row)) return nullptr;
  const std::string format = schema.format;
  if (format == "b") return bit_of(array.buffers[1], row) ? 1 : 0;
  if (format == "U") {
    const auto* const offsets = static_cast<const std::int64_t*>(array.buffers[1]);
    return std::string(static_cast<const char*>(array.buffers[2]) + offsets[row],
                       static_cast<std::size_t>(offsets[row + 1] - offsets[row]));
  }
  if (format == "tdD") return static_cast<const std::int32_t*>(array.buffers[1])[row];
  const auto* const words = static_cast<const std::int64_t*>(array.buffers[1]);
  if (format == "d:38,4") {
    EXPECT_EQ(words[2 * row + 1], 0) << "the amount exceeds 64 bits";
    return words[2 * row];
  }
  EXPECT_TRUE(format == "L" || format == "tsu:UTC") << format;
  return words[row];
}

json cell_of(const seatbook_rows* rows, std::size_t row, std::uint32_t column) {
  if (seatbook_rows_is_null(rows, row, column) == 1) return nullptr;
  const std::int64_t number = seatbook_rows_number(rows, row, column);
  const std::string text = seatbook_rows_text(rows, row, column, nullptr);
  switch (seatbook_rows_column_type(rows, column)) {
    case SEATBOOK_TYPE_CHOICE:
      return seatbook_choice_name(seatbook_rows_column_choice(rows, column),
                                  static_cast<std::int32_t>(number));
    case SEATBOOK_TYPE_TEXT:
      return text;
    case SEATBOOK_TYPE_MONEY_SUM: {
      seatbook_money money = 0;
      EXPECT_EQ(seatbook_money_parse(text.data(), text.size(), &money, nullptr), SEATBOOK_OK);
      return money;
    }
    default:
      return number;
  }
}

class ArrowTest : public ::testing::Test {
 protected:
  ArrowTest() {
    seatbook_book* book = nullptr;
    EXPECT_EQ(seatbook_open(nullptr, 0, nullptr, &book, nullptr), SEATBOOK_OK);
    book_.reset(book);
    Request actor("seatbook_actor");
    actor.fill({{"actor", "root"}, {"role", "super-admin"}});
    seatbook_session* session = nullptr;
    EXPECT_EQ(seatbook_session_open(book, static_cast<const seatbook_actor*>(actor.bytes()),
                                    &session, nullptr),
              SEATBOOK_OK);
    session_.reset(session);
    for (int n = 0; n < 20; ++n) {
      call("add_person", {{"name", "Person " + std::to_string(n)}});
    }
    call("add_license", {{"name", "Inkwell"},
                         {"owner", 1},
                         {"total_seats", 30},
                         {"cost_per_seat", "12.5"},
                         {"currency", "EUR"},
                         {"renewal_date", "2030-01-31"}});
    call("add_license",
         {{"name", "Ünlimited"}, {"owner", 2}, {"total_seats", nullptr}, {"backup_owner", 3}});
    for (int n = 1; n <= 17; ++n) call("assign", {{"license", 1}, {"person", n}});
    call("record_use", {{"assignment", 3}, {"used_at", soon()}});
    call("revoke", {{"assignment", 2}});
  }
  void call(const char* name, const json& arguments) const {
    const Reply reply = calls().at(name)(session_.get(), arguments);
    EXPECT_FALSE(reply.error) << name << shown(*reply.error);
  }
  /// Returns a time shortly after the assignment.
  static std::int64_t soon() { return std::int64_t{1000000} * (std::time(nullptr) + 60); }

  /// Compares each column. Returns the number of columns.
  static std::size_t compare(const seatbook_rows* rows) {
    ArrowArrayStream stream;
    EXPECT_EQ(seatbook_rows_to_arrow(rows, &stream, nullptr), SEATBOOK_OK);
    ArrowSchema schema;
    ArrowArray array;
    EXPECT_EQ(stream.get_schema(&stream, &schema), 0);
    EXPECT_EQ(stream.get_next(&stream, &array), 0);
    ArrowArray end;
    EXPECT_EQ(stream.get_next(&stream, &end), 0);
    EXPECT_EQ(end.release, nullptr) << "more than one batch";
    stream.release(&stream);
    EXPECT_EQ(stream.release, nullptr);

    EXPECT_EQ(schema.n_children, array.n_children);
    EXPECT_STREQ(schema.format, "+s");
    EXPECT_EQ(static_cast<std::size_t>(array.length), seatbook_rows_count(rows));
    for (std::int64_t n = 0; n < schema.n_children; ++n) {
      const ArrowSchema& column_schema = *schema.children[n];
      const ArrowArray& column_array = *array.children[n];
      const std::uint32_t column =
          seatbook_rows_column(rows, column_schema.name, SEATBOOK_NUL_TERMINATED);
      std::int64_t nulls = 0;
      for (std::size_t row = 0; row < seatbook_rows_count(rows); ++row) {
        const json value = value_of(column_schema, column_array, row);
        nulls += value.is_null() ? 1 : 0;
        EXPECT_EQ(value, cell_of(rows, row, column)) << column_schema.name << " of " << row;
      }
      EXPECT_EQ(column_array.null_count, nulls) << column_schema.name;
    }
    const auto count = static_cast<std::size_t>(schema.n_children);
    schema.release(&schema);
    array.release(&array);
    EXPECT_EQ(schema.release, nullptr);
    EXPECT_EQ(array.release, nullptr);
    return count;
  }

  Book book_;
  Session session_;
};

TEST_F(ArrowTest, ExportsEveryColumnOfLists) {
  const auto check = [&](seatbook_code code, seatbook_rows* rows, std::size_t columns) {
    ASSERT_EQ(code, SEATBOOK_OK);
    const Rows kept(rows);
    EXPECT_EQ(compare(rows), columns) << seatbook_rows_name(rows);
  };
  seatbook_rows* rows = nullptr;
  seatbook_code code = seatbook_people(session_.get(), nullptr, &rows, nullptr);
  check(code, rows, 6);
  code = seatbook_licenses(session_.get(), nullptr, &rows, nullptr);
  check(code, rows, 15);
  code = seatbook_history(session_.get(), nullptr, &rows, nullptr);
  check(code, rows, 31);
  code = seatbook_utilization(session_.get(), nullptr, &rows, nullptr);
  check(code, rows, 13);  // without its lists
  code = seatbook_get_assignment(session_.get(), 2, &rows, nullptr);
  check(code, rows, 16);
  code = seatbook_archived_owners(session_.get(), &rows, nullptr);
  check(code, rows, 6);  // no rows
}

TEST_F(ArrowTest, ExportsRowsOfPagesAndNestedLists) {
  seatbook_rows* page = nullptr;
  ASSERT_EQ(seatbook_seat_list(session_.get(), nullptr, &page, nullptr), SEATBOOK_OK);
  Rows kept(page);
  EXPECT_EQ(compare(seatbook_rows_list(page, SEATBOOK_COLUMN_SEAT_LIST_PAGE_ROWS)), 15U);
  ASSERT_EQ(seatbook_utilization(session_.get(), nullptr, &page, nullptr), SEATBOOK_OK);
  kept.reset(page);
  EXPECT_EQ(compare(seatbook_rows_list(page, SEATBOOK_COLUMN_UTILIZATION_ROW_MONTHLY_COST)), 3U);
}

TEST_F(ArrowTest, AMovedColumnOutlivesTheStream) {
  seatbook_rows* rows = nullptr;
  ASSERT_EQ(seatbook_people(session_.get(), nullptr, &rows, nullptr), SEATBOOK_OK);
  ArrowArrayStream stream;
  ASSERT_EQ(seatbook_rows_to_arrow(rows, &stream, nullptr), SEATBOOK_OK);
  seatbook_rows_free(rows);  // the stream has its own data
  ArrowArray array;
  ASSERT_EQ(stream.get_next(&stream, &array), 0);
  stream.release(&stream);
  ArrowArray ids = *array.children[0];
  array.children[0]->release = nullptr;  // moved
  array.release(&array);
  EXPECT_EQ(static_cast<const std::int64_t*>(ids.buffers[1])[19], 20);
  ids.release(&ids);
}

TEST_F(ArrowTest, AnUnreadStreamCanBeReleased) {
  seatbook_rows* rows = nullptr;
  ASSERT_EQ(seatbook_people(session_.get(), nullptr, &rows, nullptr), SEATBOOK_OK);
  const Rows kept(rows);
  ArrowArrayStream stream;
  ASSERT_EQ(seatbook_rows_to_arrow(rows, &stream, nullptr), SEATBOOK_OK);
  stream.release(&stream);
}

}  // namespace
}  // namespace seatbook::capi_tests
