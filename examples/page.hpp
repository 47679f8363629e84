// Prints headings, paragraphs, steps and tables that fit the terminal.
#ifndef SEATBOOK_EXAMPLES_PAGE_HPP_
#define SEATBOOK_EXAMPLES_PAGE_HPP_

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace tour {

/// Calls `take` with the code point (-1: not UTF-8) and the bytes of each character of a text.
template <class Take>
void each_character(std::string_view text, const Take& take) {
  while (!text.empty()) {
    utf8proc_int32_t value = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &value);
    const auto bytes = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(size, 1));
    take(value, text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
}

/// Replaces control characters with spaces and invalid UTF-8 with U+FFFD, so that the text is one
/// line and safe to print.
inline std::string printable(std::string_view text) {
  std::string result;
  each_character(text, [&](utf8proc_int32_t value, std::string_view bytes) {
    const bool control = value >= 0 && utf8proc_category(value) == UTF8PROC_CATEGORY_CC;
    result += value < 0 ? "\uFFFD" : control ? " " : bytes;
  });
  return result;
}

/// Returns the width of a printable text: one column for most letters, two for wide ones, none for
/// combining accents.
inline std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  each_character(text, [&](utf8proc_int32_t value, std::string_view) {
    columns += static_cast<std::size_t>(utf8proc_charwidth(value));
  });
  return columns;
}

/// Shortens the text to `columns`, ending with an ellipsis, or pads it with spaces.
inline std::string fitted(std::string text, std::size_t columns, bool right = false) {
  if (columns_of(text) > columns) {
    while (columns_of(text) + 1 > columns) {
      while ((static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
      text.pop_back();
    }
    text += "…";
  }
  text.insert(right ? 0 : text.size(), columns - columns_of(text), ' ');
  return text;
}

struct Column {
  std::string title;
  bool right = false;  ///< aligned to the right
};
using Rows = std::vector<std::vector<std::string>>;

/// Writes to standard output: plain text, with highlighted headings and refusals in a terminal
/// unless NO_COLOR is set.
class Page {
 public:
  void heading(std::string_view text) {
    block(styled("== " + printable(text) + " ==", "1") + '\n');
  }

  void say(std::string_view text) {
    const std::string words = printable(text);
    std::string lines;
    std::string line;
    for (std::size_t from = 0; from <= words.size();) {
      const std::size_t to = std::min(words.find(' ', from), words.size());
      const std::string word = words.substr(from, to - from);
      if (!line.empty() &&
          columns_of(line) + 1 + columns_of(word) > std::min(width_, widest_text)) {
        lines += line + '\n';
        line.clear();
      }
      line += (line.empty() ? "" : " ") + word;
      from = to + 1;
    }
    block(lines + line + '\n');
  }

  /// Columns are as wide as their contents; if the page is too narrow, the widest are shortened.
  void table(const std::vector<Column>& columns, Rows rows) {
    std::vector<std::string> titles;
    for (const Column& column : columns) titles.push_back(column.title);
    rows.insert(rows.begin(), titles);
    std::vector<std::size_t> widths(columns.size());
    for (auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = printable(row[i]);
        widths[i] = std::max(widths[i], columns_of(row[i]));
      }
    }
    const auto widest = [&] { return std::max_element(widths.begin(), widths.end()); };
    for (auto total = std::accumulate(widths.begin(), widths.end(), 2 * widths.size());
         total > width_ && *widest() > narrowest_column; --total) {
      --*widest();
    }
    std::vector<std::string> rule;
    for (const std::size_t width : widths) rule.emplace_back(width, '-');
    rows.insert(rows.begin() + 1, rule);
    std::string lines;
    for (const auto& row : rows) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        line += "  " + fitted(row[i], widths[i], columns[i].right);
      }
      lines += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    block(lines);
  }

  /// Prints a call and its outcome.
  void step(std::string_view call, std::string_view outcome) {
    put("  " + call_column(call) + printable(outcome) + '\n');
  }
  /// Prints a refused call, with the error message on a separate line.
  void refusal(std::string_view call, std::string_view code, std::string_view message) {
    put("  " + call_column(call) + styled("refused: " + std::string(code), "33") + "\n      " +
        printable(message) + '\n');
  }
  void line(std::string_view text) { put("  " + printable(text) + '\n'); }

 private:
  static constexpr std::size_t widest_text = 100;
  static constexpr std::size_t narrowest_column = 6;

  static std::size_t find_width() {
    const char* variable = std::getenv("COLUMNS");
    const std::size_t columns = variable == nullptr ? 0 : std::strtoul(variable, nullptr, 10);
    if (columns > 0) return columns;
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
  }

  static bool wants_color() {
    const char* no_color = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0');
  }

  [[nodiscard]] std::string call_column(std::string_view call) const {
    return fitted(printable(call), std::clamp<std::size_t>(width_ / 2, 30, 44)) + "  ";
  }
  [[nodiscard]] std::string styled(const std::string& text, const std::string& style) const {
    return color_ ? "\033[" + style + 'm' + text + "\033[0m" : text;
  }

  /// Writes lines, with an empty line before and after them.
  void block(const std::string& lines) {
    gap_wanted_ = !at_top_;
    put(lines);
    gap_wanted_ = true;
  }
  void put(const std::string& lines) {
    std::cout << (gap_wanted_ ? "\n" : "") << lines;
    gap_wanted_ = at_top_ = false;
  }

  bool at_top_ = true;
  bool gap_wanted_ = false;
  std::size_t width_ = find_width();
  bool color_ = wants_color();
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_PAGE_HPP_
