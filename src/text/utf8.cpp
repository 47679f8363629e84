#include "text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

namespace seatbook::text {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080U;

/// Returns how many bytes from `begin` are ASCII without NUL, in steps of eight. Nearly all texts
/// are ASCII and need no decoder.
std::size_t plain_prefix(const char* begin, std::size_t size) noexcept {
  std::size_t done = 0;
  while (size - done >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, begin + done, sizeof word);
    // No high bit is set, so a borrow reaches a byte's high bit exactly if that byte is zero.
    if ((word & high_bits) != 0 || ((word - 0x0101010101010101U) & ~word & high_bits) != 0) break;
    done += sizeof word;
  }
  return done;
}

struct Decoded {
  utf8proc_int32_t code_point = -1;  // -1: not well-formed
  std::size_t size = 0;
};

Decoded decode(std::string_view rest) noexcept {
  if (!rest.empty() && static_cast<unsigned char>(rest.front()) < 0x80) return {rest.front(), 1};
  Decoded result;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
  const auto read =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest.size()), &result.code_point);
  if (read <= 0) return {};
  result.size = static_cast<std::size_t>(read);
  return result;
}

bool is_space(utf8proc_int32_t code_point) noexcept {
  if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return code_point == 0x85;
  }
}

bool is_control(utf8proc_int32_t code_point) noexcept {
  if (code_point < 0x80) return code_point < ' ' || code_point == 0x7F;
  return utf8proc_category(code_point) == UTF8PROC_CATEGORY_CC;
}

bool is_ascii(std::string_view bytes) noexcept {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

void append_code_point(std::string& out, utf8proc_int32_t code_point) {
  utf8proc_uint8_t bytes[4] = {};
  const auto size = utf8proc_encode_char(code_point, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace

bool is_valid(std::string_view bytes) noexcept {
  std::size_t at = 0;
  while (at < bytes.size()) {
    at += plain_prefix(bytes.data() + at, bytes.size() - at);
    if (at == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte == 0) return false;
    if (byte < 0x80) {
      ++at;
      continue;
    }
    const Decoded decoded = decode(bytes.substr(at));
    if (decoded.size == 0) return false;
    at += decoded.size;
  }
  return true;
}

std::size_t code_points(std::string_view valid) noexcept {
  // Every byte except a continuation byte begins a code point.
  return static_cast<std::size_t>(std::count_if(valid.begin(), valid.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string_view trim(std::string_view valid) noexcept {
  while (!valid.empty()) {
    const Decoded first = decode(valid);
    if (first.size == 0 || !is_space(first.code_point)) break;
    valid.remove_prefix(first.size);
  }
  while (!valid.empty()) {
    std::size_t last = valid.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(valid[last]) & 0xC0U) == 0x80U) --last;
    const Decoded decoded = decode(valid.substr(last));
    if (decoded.size == 0 || !is_space(decoded.code_point)) break;
    valid.remove_suffix(valid.size() - last);
  }
  return valid;
}

std::string fold(std::string_view valid) {
  std::string folded;
  if (is_ascii(valid)) {  // ASCII is already NFC, and lower case is one bit
    folded.resize(valid.size());
    std::transform(valid.begin(), valid.end(), folded.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    return folded;
  }
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                   static_cast<utf8proc_ssize_t>(valid.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) throw std::bad_alloc();  // the only possible failure on valid text
  // utf8proc allocates with malloc; the caller frees.
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  std::string_view rest(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
  folded.reserve(rest.size());
  while (!rest.empty()) {
    const Decoded next = decode(rest);
    if (next.size == 0) break;
    append_code_point(folded, utf8proc_tolower(next.code_point));
    rest.remove_prefix(next.size);
  }
  return folded;
}

std::string email_key(std::string_view valid) {
  return fold(trim(valid));
}

std::string search_key(std::string_view valid) {
  return fold(trim(valid));
}

bool is_email(std::string_view valid) noexcept {
  const std::string_view email = trim(valid);
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == email.size()) return false;
  std::string_view rest = email;
  while (!rest.empty()) {
    const Decoded next = decode(rest);
    if (next.size == 0 || is_space(next.code_point) || is_control(next.code_point)) {
      return false;
    }
    rest.remove_prefix(next.size);
  }
  return true;
}

const char* unicode_version() noexcept {
  return utf8proc_unicode_version();
}

}  // namespace seatbook::text
