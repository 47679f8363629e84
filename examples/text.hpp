// Measures, shortens and pads text for a terminal.
#ifndef SEATBOOK_EXAMPLES_TEXT_HPP_
#define SEATBOOK_EXAMPLES_TEXT_HPP_

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tour {

struct CodePoint {
  utf8proc_int32_t value;  ///< -1: not UTF-8
  std::size_t bytes;
};

/// Returns the first code point of a text, which must not be empty.
inline CodePoint first_code_point(std::string_view text) {
  utf8proc_int32_t value = -1;
  const utf8proc_ssize_t bytes =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &value);
  return bytes > 0 ? CodePoint{value, static_cast<std::size_t>(bytes)} : CodePoint{-1, 1};
}

/// Replaces control characters with spaces and invalid UTF-8 with U+FFFD, so that the text is one
/// line and safe to print.
inline std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.value < 0) {
      result += "\uFFFD";
    } else if (utf8proc_category(next.value) == UTF8PROC_CATEGORY_CC) {
      result += ' ';
    } else {
      result += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return result;
}

/// Returns the width of a printable text: one column for most letters, two for wide ones, none for
/// combining accents.
inline std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    columns += static_cast<std::size_t>(utf8proc_charwidth(next.value));
    text.remove_prefix(next.bytes);
  }
  return columns;
}

/// Shortens the text to `columns`, ending with an ellipsis.
inline std::string shortened(std::string_view text, std::size_t columns) {
  if (columns_of(text) <= columns) return std::string(text);
  std::size_t taken = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const CodePoint next = first_code_point(text.substr(bytes));
    const auto width = static_cast<std::size_t>(utf8proc_charwidth(next.value));
    if (taken + width + 1 > columns) break;
    taken += width;
    bytes += next.bytes;
  }
  while (bytes > 0 && text[bytes - 1] == ' ') --bytes;
  return std::string(text.substr(0, bytes)) + "…";
}

/// Pads the text with spaces to `columns`.
inline std::string padded(std::string text, std::size_t columns) {
  const std::size_t taken = columns_of(text);
  if (taken < columns) text.append(columns - taken, ' ');
  return text;
}

/// Returns the count and its noun: "1 seat", "3 seats", "2 people".
inline std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

/// "a, b, c".
inline std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_TEXT_HPP_
