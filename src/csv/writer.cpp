#include "csv/writer.hpp"

#include <algorithm>

#include "csv/profile.hpp"

namespace seatbook::csv {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::int64_t us_per_minute = 60'000'000;

}  // namespace

Writer::Writer(const CsvFormat& format) : format_(format) {
  if (format_.byte_order_mark) bytes_ = utf8_mark;
  row_start_ = bytes_.size();
}

void Writer::header(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) cell(name, false);
  end_row();
}

Writer& Writer::text(std::string_view text) {
  cell(text, format_.profile == CsvProfile::spreadsheet && looks_like_formula(text));
  return *this;
}

Writer& Writer::plain(std::string_view text) {
  cell(text, false);
  return *this;
}

Writer& Writer::number(std::uint64_t number) {
  return plain(std::to_string(number));
}

Writer& Writer::money(const std::optional<Money>& amount) {
  return plain(amount ? amount->to_string() : std::string());
}

Writer& Writer::instant(const std::optional<Timestamp>& instant) {
  if (!instant) return plain({});
  if (format_.profile == CsvProfile::exact) return plain(instant->to_string());
  // The offset never leads outside the supported years.
  const std::int64_t local_us = std::clamp(instant->us + format_.utc_offset_minutes * us_per_minute,
                                           min_timestamp.us, max_timestamp.us);
  const Date day = Date::of({local_us});
  if (day != day_) {
    day_ = day;
    day_text_ = day.to_string();
  }
  return plain(day_text_);
}

void Writer::cell(std::string_view text, bool guard) {
  if (!first_cell_) bytes_ += ',';
  first_cell_ = false;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) bytes_ += '"';
  if (guard) bytes_ += '\'';
  for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
    bytes_.append(text.substr(0, quote + 1)) += '"';
    text.remove_prefix(quote + 1);
  }
  bytes_ += text;
  if (quoted) bytes_ += '"';
}

void Writer::end_row() {
  // A row of one empty cell would be a blank line, which readers skip.
  if (bytes_.size() == row_start_) bytes_ += "\"\"";
  bytes_ += "\r\n";
  row_start_ = bytes_.size();
  first_cell_ = true;
}

void Writer::clear() {
  bytes_.clear();
  row_start_ = 0;
}

}  // namespace seatbook::csv
