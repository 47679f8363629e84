// Prints headings, paragraphs, steps and tables that fit the terminal.
#ifndef SEATBOOK_EXAMPLES_PAGE_HPP_
#define SEATBOOK_EXAMPLES_PAGE_HPP_

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text.hpp"

namespace tour {

/// A table. Columns are as wide as their contents; if the page is too narrow, the widest columns
/// are shortened.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::left;
    bool whole = false;  ///< never shortened
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void row(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = printable(cell);
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
  }

  /// Returns the lines, at most `width` wide unless the table has too many columns.
  [[nodiscard]] std::string lines(std::size_t width) const {
    const std::vector<std::size_t> widths = fitted(width);
    std::vector<std::string> titles;
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      titles.push_back(columns_[i].title);
      rules.emplace_back(widths[i], '-');
    }
    std::string text = line(titles, widths) + line(rules, widths);
    for (const auto& cells : rows_) text += line(cells, widths);
    return text;
  }

 private:
  static constexpr std::string_view indent = "  ";
  static constexpr std::string_view gap = "  ";
  static constexpr std::size_t narrowest = 6;

  [[nodiscard]] std::vector<std::size_t> fitted(std::size_t width) const {
    std::vector<std::size_t> widths;
    for (const Column& column : columns_) widths.push_back(columns_of(column.title));
    for (const auto& cells : rows_) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        widths[i] = std::max(widths[i], columns_of(cells[i]));
      }
    }
    std::size_t total = std::accumulate(widths.begin(), widths.end(),
                                        indent.size() + gap.size() * (widths.size() - 1));
    for (; total > width; --total) {
      std::size_t* widest = nullptr;
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if (columns_[i].whole || (widest != nullptr && widths[i] <= *widest)) continue;
        widest = &widths[i];
      }
      if (widest == nullptr || *widest <= narrowest) break;
      --*widest;
    }
    return widths;
  }

  [[nodiscard]] std::string line(const std::vector<std::string>& cells,
                                 const std::vector<std::size_t>& widths) const {
    std::string text(indent);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += gap;
      const std::string cell = shortened(cells[i], widths[i]);
      if (columns_[i].align == Align::right) text.append(widths[i] - columns_of(cell), ' ');
      text += columns_[i].align == Align::right ? cell : padded(cell, widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
  }

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Writes to standard output: plain text, with highlighted headings and refusals in a terminal
/// unless NO_COLOR is set.
class Page {
 public:
  Page() : width_(find_width()), color_(wants_color()) {}

  void heading(std::string_view text) {
    gap();
    put(strong("== " + printable(text) + " ==") + '\n');
    gap();
  }

  /// Prints a paragraph and an empty line.
  void say(std::string_view text) {
    const std::string words = printable(text);
    std::string line;
    for (std::size_t from = 0; from <= words.size();) {
      const std::size_t to = std::min(words.find(' ', from), words.size());
      const std::string word = words.substr(from, to - from);
      if (!line.empty() && columns_of(line) + 1 + columns_of(word) > text_width()) {
        put(line + '\n');
        line.clear();
      }
      if (!line.empty()) line += ' ';
      line += word;
      from = to + 1;
    }
    put(line + '\n');
    gap();
  }

  /// Prints a call and its outcome.
  void step(std::string_view call, std::string_view outcome) {
    put("  " + call_column(call) + printable(outcome) + '\n');
  }
  /// Prints a refused call, with the error message on a separate line.
  void refusal(std::string_view call, std::string_view code, std::string_view message) {
    put("  " + call_column(call) + warning("refused: " + std::string(code)) + "\n      " +
        printable(message) + '\n');
  }
  void line(std::string_view text) { put("  " + printable(text) + '\n'); }

  /// Adds an empty line before the next output; never two in a row, none at the top or the end.
  void gap() { gap_wanted_ = !at_top_; }

  /// Prints the table and an empty line.
  void table(const Table& table) {
    put(table.lines(width_));
    gap();
  }

  /// Flushes standard output and reports whether all writes succeeded.
  [[nodiscard]] bool flushed() { return static_cast<bool>(out_.flush()); }

 private:
  static std::size_t find_width() {
    if (const char* text = std::getenv("COLUMNS")) {
      const std::string_view digits = text;
      unsigned columns = 0;
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), columns);
      if (error == std::errc() && end == digits.data() + digits.size() && columns > 0) {
        return columns;
      }
    }
    winsize size{};
    if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0) {
      return size.ws_col;
    }
    return 80;
  }
  static bool wants_color() {
    const char* no_color = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0') &&
           terminal != nullptr && std::string_view(terminal) != "dumb";
  }

  [[nodiscard]] std::size_t text_width() const { return std::min<std::size_t>(width_, 100); }
  /// Pads or shortens a call to the width of its column.
  [[nodiscard]] std::string call_column(std::string_view call) const {
    const std::size_t columns = std::clamp<std::size_t>(width_ / 2, 30, 44);
    return padded(shortened(printable(call), columns), columns) + "  ";
  }
  [[nodiscard]] std::string strong(std::string text) const {
    return color_ ? "\033[1m" + text + "\033[0m" : text;
  }
  [[nodiscard]] std::string warning(std::string text) const {
    return color_ ? "\033[33m" + text + "\033[0m" : text;
  }

  void put(const std::string& lines) {
    if (gap_wanted_) out_ << '\n';
    out_ << lines;
    gap_wanted_ = false;
    at_top_ = false;
  }

  std::ostream& out_ = std::cout;
  bool at_top_ = true;
  bool gap_wanted_ = false;
  std::size_t width_;
  bool color_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_PAGE_HPP_
