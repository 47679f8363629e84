/// The rows of a file in little memory, as a decision works with them.
#ifndef SEATBOOK_RULES_FILE_ROWS_HPP_
#define SEATBOOK_RULES_FILE_ROWS_HPP_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook::rules {

/// Keeps of each row its line and the cells that have a text. A text that the file holds as it is,
/// is kept as its place there. So a row costs 12 bytes and 8 for each text, whatever the number of
/// fields, which keeps the memory of an import below 64 times the file (C66).
///
/// The file must stay as it is, and has at most 64 MiB, of at most 1 MiB in a cell.
class FileRows {
 public:
  explicit FileRows(std::string_view file) : file_(file) {}

  /// Adds a row. What add() and judge() are given next belongs to it.
  void begin(std::uint64_t line) {
    rows_.push_back({static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(texts_.size())});
  }
  /// Adds the text of one field, unless it is empty. `place` is where the file may hold it.
  void add(std::size_t field, std::string_view text, std::uint64_t place) {
    if (text.empty()) return;
    if (place > file_.size() || file_.substr(place, text.size()) != text) {
      place = file_.size() + others_.size();
      others_ += text;
    }
    texts_.emplace_back(field, place, text.size());
  }
  /// Says what is wrong with the row by itself, and in which column.
  void validate_row(Code code, std::uint32_t column) {
    rows_.back().code = static_cast<std::uint16_t>(code);
    rows_.back().column = static_cast<std::uint16_t>(column);
  }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return rows_[row].line; }
  /// `ok` unless judge() has said otherwise.
  [[nodiscard]] Code code(std::size_t row) const { return static_cast<Code>(rows_[row].code); }
  [[nodiscard]] std::uint32_t column(std::size_t row) const { return rows_[row].column; }
  /// The text of a field; empty if it has none.
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
  /// A field, and its text's place and size, in eight bytes.
  class Text {
   public:
    Text(std::size_t field, std::uint64_t place, std::size_t size)
        : packed_(std::uint64_t{field} << 56U | place << 24U | size) {}
    [[nodiscard]] std::size_t field() const { return packed_ >> 56U; }
    /// In the file or, from its end on, in others_.
    [[nodiscard]] std::size_t place() const { return packed_ >> 24U & 0xFFFF'FFFFU; }
    [[nodiscard]] std::size_t size() const { return packed_ & 0xFF'FFFFU; }

   private:
    std::uint64_t packed_;
  };

  std::string_view file_;
  // No vectors: a vector that grows needs three times its size for a moment.
  std::deque<Row> rows_;
  std::deque<Text> texts_;
  std::string others_;
};

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_FILE_ROWS_HPP_
