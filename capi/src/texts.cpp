// Formats rows of a result: events as the JSON of webhooks, roster reports as CSV.
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "capi/src/errors.hpp"
#include "capi/src/generated/requests.hpp"
#include "capi/src/rows.hpp"
#include "capi/src/run.hpp"

namespace seatbook::capi {
namespace {

/// The opposite of Fill: converts one row of a table back to the struct.
class Unpack {
 public:
  Unpack(const seatbook_rows& rows, std::size_t row) : rows_(rows), row_(row) {}

  template <class Record>
  void record(Record& to) {
    Description<Record>::visit(
        [&]<class Value>(const char* /*name*/, Value Record::* member) { value(to.*member); });
    Derived<Record>::visit([&](const char* /*name*/, auto /*function*/) { ++column_; });
  }

 private:
  template <class Tag>
  void value(Id<Tag>& to) {
    to = Id<Tag>(static_cast<std::uint64_t>(number()));
  }
  void value(Timestamp& to) { to.us = number(); }
  void value(bool& to) { to = number() == 1; }
  template <class Number>
    requires(std::is_integral_v<Number> || std::is_enum_v<Number>)
  void value(Number& to) {
    to = static_cast<Number>(number());
  }
  void value(std::string& to) {
    std::size_t size = 0;
    const char* const text = seatbook_rows_text(&rows_, row_, column_++, &size);
    to.assign(text, size);
  }
  template <class Value>
  void value(std::optional<Value>& to) {
    if (seatbook_rows_is_null(&rows_, row_, column_) == 1) {
      ++column_;
    } else {
      value(to.emplace());
    }
  }
  template <Described Record>
  void value(Record& to) {
    ++column_;
    record(to);
  }
  template <class Item>
  void value(std::vector<Item>& to) {
    const Cells& cells = rows_.cells[column_++];
    for (std::size_t n = cells.offsets[row_]; n < cells.offsets[row_ + 1]; ++n) {
      Unpack item(*cells.list, n);
      if constexpr (Described<Item>) {
        item.record(to.emplace_back());
      } else {
        item.value(to.emplace_back());
      }
    }
  }

  [[nodiscard]] std::int64_t number() { return rows_.cells[column_++].numbers[row_]; }

  const seatbook_rows& rows_;
  std::size_t row_;
  std::uint32_t column_ = 0;
};

template <class Record>
Record unpacked(const seatbook_rows& rows, std::size_t row) {
  Record record;
  Unpack(rows, row).record(record);
  return record;
}

template <class Record>
bool is_of(const seatbook_rows* rows) {
  return is_rows(rows) && rows->shape == &ShapeOf<Record>::shape;
}

seatbook_rows* one_text(const std::string& text) {
  return make_rows<std::string>({&text, nullptr, 1}).release();
}

}  // namespace
}  // namespace seatbook::capi

using namespace seatbook;        // NOLINT
using namespace seatbook::capi;  // NOLINT

extern "C" {

seatbook_code seatbook_rows_to_json(const seatbook_rows* rows, size_t row, seatbook_rows** json,
                                    seatbook_error** error) {
  return guard(error, [&] {
    if (!is_of<Event>(rows) && !is_of<Notification>(rows)) {
      return refuse("rows", "must be rows of Event or Notification", error);
    }
    if (row >= rows->count) return refuse("row", "must be less than the number of rows", error);
    if (json == nullptr) return refuse("json", "must not be NULL", error);
    *json = one_text(is_of<Event>(rows) ? to_json(unpacked<Event>(*rows, row))
                                        : to_json(unpacked<Notification>(*rows, row)));
    return seatbook_code{SEATBOOK_OK};
  });
}

seatbook_code seatbook_rows_to_csv(const seatbook_rows* report, const seatbook_csv_format* format,
                                   seatbook_rows** csv, seatbook_error** error) {
  return guard(error, [&] {
    if (!is_of<RosterReport>(report))
      return refuse("report", "must be a result of seatbook_import_roster()", error);
    if (csv == nullptr) return refuse("csv", "must not be NULL", error);
    Reader in;
    CsvFormat csv_format;
    if (!read_request(in, format, csv_format)) return fail(*std::move(in.refusal()), error);
    if (to_string(csv_format.profile) == "unknown")
      return refuse("profile", "must be a known profile", error);
    *csv = one_text(to_csv(unpacked<RosterReport>(*report, 0), csv_format));
    return seatbook_code{SEATBOOK_OK};
  });
}

}  // extern "C"
