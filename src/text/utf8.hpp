/// Texts: valid UTF-8, lengths in code points, case-folded keys (C17, C51).
#ifndef SEATBOOK_TEXT_UTF8_HPP_
#define SEATBOOK_TEXT_UTF8_HPP_

#include <cstddef>
#include <string>
#include <string_view>

namespace seatbook::text {

/// Returns whether `bytes` is well-formed UTF-8 (no surrogates, no overlong form, at most U+10FFFF)
/// without NUL.
[[nodiscard]] bool is_valid(std::string_view bytes) noexcept;

/// Returns the number of code points of a valid text.
[[nodiscard]] std::size_t code_points(std::string_view valid) noexcept;

/// Returns whether a valid text has at most `limit` code points, usually without counting them.
[[nodiscard]] inline bool fits(std::string_view valid, std::size_t limit) noexcept {
  return valid.size() <= limit || code_points(valid) <= limit;
}

/// Returns the text without whitespace (ASCII and Unicode's Zs, Zl, Zp) at both ends.
[[nodiscard]] std::string_view trim(std::string_view valid) noexcept;

/// Returns the case-folded text, independent of the locale: NFC, then each code point in lower case
/// (C17).
[[nodiscard]] std::string fold(std::string_view valid);

/// Returns the key by which an email is unique: trimmed and case-folded; empty for no email (C17).
[[nodiscard]] std::string email_key(std::string_view valid);

/// Returns a search text, trimmed and case-folded (C74).
[[nodiscard]] std::string search_key(std::string_view valid);

/// Returns whether a valid text is an email address: something, `@`, something, without whitespace
/// and control characters in between. Surrounding whitespace is ignored.
[[nodiscard]] bool is_email(std::string_view valid) noexcept;

/// Returns the Unicode version of fold(), such as "14.0.0".
[[nodiscard]] const char* unicode_version() noexcept;

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_UTF8_HPP_
