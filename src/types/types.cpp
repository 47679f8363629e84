#include "seatbook/types.hpp"

#include <string>
#include <string_view>

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<PersonState, 3> person_state_names = {{
    {PersonState::active, "active"},
    {PersonState::archived, "archived"},
    {PersonState::erased, "erased"},
}};

constexpr types::Names<LicenseState, 2> license_state_names = {{
    {LicenseState::active, "active"},
    {LicenseState::archived, "archived"},
}};

constexpr types::Names<CapacityPolicy, 2> policy_names = {{
    {CapacityPolicy::enforce, "enforce"},
    {CapacityPolicy::allow_over, "allow_over"},
}};

constexpr types::Names<HistoryKind, 19> history_kind_names = {{
    {HistoryKind::person_added, "person_added"},
    {HistoryKind::person_updated, "person_updated"},
    {HistoryKind::person_archived, "person_archived"},
    {HistoryKind::person_reactivated, "person_reactivated"},
    {HistoryKind::person_erased, "person_erased"},
    {HistoryKind::license_added, "license_added"},
    {HistoryKind::license_updated, "license_updated"},
    {HistoryKind::license_archived, "license_archived"},
    {HistoryKind::license_reactivated, "license_reactivated"},
    {HistoryKind::total_changed, "total_changed"},
    {HistoryKind::policy_changed, "policy_changed"},
    {HistoryKind::owners_changed, "owners_changed"},
    {HistoryKind::assigned, "assigned"},
    {HistoryKind::edited, "edited"},
    {HistoryKind::transferred, "transferred"},
    {HistoryKind::revoked, "revoked"},
    {HistoryKind::flagged, "flagged"},
    {HistoryKind::flag_cleared, "flag_cleared"},
    {HistoryKind::reviewed, "reviewed"},
}};

int hexadecimal_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

}  // namespace

std::string Token::to_string() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

Result<Token> Token::parse(std::string_view text) {
  const auto refused = [] {
    return Error{Code::invalid_argument,
                 "a request id must be 32 hexadecimal digits or a UUID with hyphens", "request_id"};
  };
  Token token;
  const std::size_t digits = token.bytes.size() * 2;
  const bool hyphened = text.size() == digits + 4;
  if (!hyphened && text.size() != digits) return refused();
  std::size_t at = 0;
  for (std::size_t i = 0; i < token.bytes.size(); ++i) {
    // A UUID has its hyphens after the bytes 4, 6, 8 and 10.
    if (hyphened && (i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-') return refused();
    const int high = hexadecimal_digit(text[at++]);
    const int low = hexadecimal_digit(text[at++]);
    if (high < 0 || low < 0) return refused();
    token.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return token;
}

bool SeatTotal::in_range() const noexcept {
  return unlimited_ || (seats_ >= 0 && seats_ <= max_total_seats);
}

std::string_view to_string(PersonState state) noexcept {
  return types::name_of(person_state_names, state);
}

std::string_view to_string(LicenseState state) noexcept {
  return types::name_of(license_state_names, state);
}

std::string_view to_string(CapacityPolicy policy) noexcept {
  return types::name_of(policy_names, policy);
}

std::string_view to_string(HistoryKind kind) noexcept {
  return types::name_of(history_kind_names, kind);
}

std::optional<PersonState> person_state_from_string(std::string_view name) noexcept {
  return types::value_of(person_state_names, name);
}

std::optional<LicenseState> license_state_from_string(std::string_view name) noexcept {
  return types::value_of(license_state_names, name);
}

std::optional<CapacityPolicy> policy_from_string(std::string_view name) noexcept {
  return types::value_of(policy_names, name);
}

std::optional<HistoryKind> history_kind_from_string(std::string_view name) noexcept {
  return types::value_of(history_kind_names, name);
}

}  // namespace seatbook
