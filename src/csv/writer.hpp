/// Writes comma-separated text as in RFC 4180: CRLF after each row, cells quoted where needed.
#ifndef SEATBOOK_CSV_WRITER_HPP_
#define SEATBOOK_CSV_WRITER_HPP_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/csv.hpp"

namespace seatbook::csv {

/// Appends rows to a text: cells from left to right, then end_row(). Used by one thread at a time.
///
///     Writer writer(format);
///     writer.header({"Name", "Email"});
///     writer.text(name).text(email).end_row();
///     sink(writer.bytes());
class Writer {
 public:
  explicit Writer(const CsvFormat& format = {});

  /// Writes a row of fixed texts, never guarded.
  void header(std::initializer_list<std::string_view> names);

  /// Writes a text from users, guarded according to the profile.
  Writer& text(std::string_view text);
  /// Writes a text made by the library, such as a number or a choice; never guarded.
  Writer& plain(std::string_view text);
  Writer& number(std::uint64_t number);
  Writer& money(const std::optional<Money>& amount);
  /// Writes a date by the format's offset, or the instant itself in `exact`; empty if there is
  /// none.
  Writer& instant(const std::optional<Timestamp>& instant);
  void end_row();

  /// Returns the text written since the last clear(): whole rows after end_row().
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  void clear();

 private:
  void cell(std::string_view text, bool guard);

  CsvFormat format_;
  std::string bytes_;
  std::size_t row_start_ = 0;
  bool first_cell_ = true;
  // The last date written: most rows have the same date as the previous row.
  std::optional<Date> day_;
  std::string day_text_;
};

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_WRITER_HPP_
