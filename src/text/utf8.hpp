/// Texts as the rules see them: valid UTF-8, lengths in code points, keys for comparing (C17, C51).
#ifndef SEATBOOK_TEXT_UTF8_HPP_
#define SEATBOOK_TEXT_UTF8_HPP_

#include <cstddef>
#include <string>
#include <string_view>

namespace seatbook::text {

/// Whether `bytes` is well-formed UTF-8 (no surrogates, no overlong form, at most U+10FFFF) and
/// free of NUL.
[[nodiscard]] bool is_valid(std::string_view bytes) noexcept;

/// How many code points a valid text has.
[[nodiscard]] std::size_t code_points(std::string_view valid) noexcept;

/// Whether a valid text has at most `limit` code points. Usually without counting them.
[[nodiscard]] bool fits(std::string_view valid, std::size_t limit) noexcept;

/// Without white space (ASCII and Unicode's Zs, Zl, Zp) at both ends.
[[nodiscard]] std::string_view trim(std::string_view valid) noexcept;

/// What two texts are compared by, never the locale: NFC, then each code point in lower case (C17).
[[nodiscard]] std::string fold(std::string_view valid);

/// The key by which an email is unique: trimmed and folded; empty for no email (C17).
[[nodiscard]] std::string email_key(std::string_view valid);

/// What a search looks for in folded texts: the search text, trimmed and folded (C74).
[[nodiscard]] std::string search_key(std::string_view valid);

/// Whether a valid text has the form of an email: something, `@`, something, and neither white
/// space nor a control character in between. White space around it is ignored.
[[nodiscard]] bool is_email(std::string_view valid) noexcept;

/// The version of Unicode that fold() follows, such as "14.0.0".
[[nodiscard]] const char* unicode_version() noexcept;

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_UTF8_HPP_
