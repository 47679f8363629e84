/// The rows of a file in compact form, for the decisions of an import.
#ifndef SEATBOOK_IMPORTS_FILE_ROWS_HPP_
#define SEATBOOK_IMPORTS_FILE_ROWS_HPP_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook::imports {

/// Stores the line and the non-empty texts of each row. A text that the file contains literally is
/// stored as its position. A row takes 12 bytes and 8 per text, whatever the number of fields,
/// which keeps the memory of an import below 64 times the file (C66).
///
/// The file must not change, and has at most 64 MiB, with at most 1 MiB per cell.
class FileRows {
 public:
  explicit FileRows(std::string_view file) : file_(file) {}

  /// Starts a row. The following add() and set_error() calls belong to it.
  void begin(std::uint64_t line) {
    rows_.push_back({static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(texts_.size())});
  }
  /// Adds the text of one field, unless it is empty. `place` is the position at which the file may
  /// contain it.
  void add(std::size_t field, std::string_view text, std::uint64_t place) {
    if (text.empty()) return;
    if (place > file_.size() || file_.substr(place, text.size()) != text) {
      place = file_.size() + others_.size();
      others_ += text;
    }
    texts_.emplace_back(field, place, text.size());
  }
  /// Marks the row as invalid by itself, with the faulty column.
  void set_error(Code code, std::uint32_t column) {
    rows_.back().code = static_cast<std::uint16_t>(code);
    rows_.back().column = static_cast<std::uint16_t>(column);
  }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return rows_[row].line; }
  /// Returns `ok` unless set_error() was called.
  [[nodiscard]] Code code(std::size_t row) const { return static_cast<Code>(rows_[row].code); }
  [[nodiscard]] std::uint32_t column(std::size_t row) const { return rows_[row].column; }
  /// Returns the text of a field; empty if it has none.
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t field) const {
    const std::size_t end = row + 1 < rows_.size() ? rows_[row + 1].first_text : texts_.size();
    for (std::size_t at = rows_[row].first_text; at < end; ++at) {
      const Text& text = texts_[at];
      if (text.field() != field) continue;
      return text.place() < file_.size()
                 ? file_.substr(text.place(), text.size())
                 : std::string_view(others_).substr(text.place() - file_.size(), text.size());
    }
    return {};
  }

 private:
  struct Row {
    std::uint32_t line;
    std::uint32_t first_text;
    std::uint16_t code = 0;
    std::uint16_t column = 0;
  };
  /// A field with the position and size of its text, in eight bytes.
  class Text {
   public:
    Text(std::size_t field, std::uint64_t place, std::size_t size)
        : packed_(std::uint64_t{field} << 56U | place << 24U | size) {}
    [[nodiscard]] std::size_t field() const { return packed_ >> 56U; }
    /// The position in the file or, if beyond its end, in others_.
    [[nodiscard]] std::size_t place() const { return packed_ >> 24U & 0xFFFF'FFFFU; }
    [[nodiscard]] std::size_t size() const { return packed_ & 0xFF'FFFFU; }

   private:
    std::uint64_t packed_;
  };

  std::string_view file_;
  // Not vectors: a growing vector briefly needs three times its size.
  std::deque<Row> rows_;
  std::deque<Text> texts_;
  std::string others_;
};

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_FILE_ROWS_HPP_
