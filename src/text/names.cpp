// The texts of all enumerations and tokens: one table each, used in both directions.
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"

namespace seatbook {
namespace {

template <class Enum, std::size_t size>
using Names = std::array<std::pair<Enum, std::string_view>, size>;

template <class Enum, std::size_t size>
std::string_view name_of(const Names<Enum, size>& names, Enum value) noexcept {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "unknown";
}

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const Names<Enum, size>& names, std::string_view name) noexcept {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

#define SEATBOOK_NAME(enumerator) {Code::enumerator, #enumerator}
constexpr auto code_names = std::to_array<std::pair<Code, std::string_view>>({
    SEATBOOK_NAME(ok),
    SEATBOOK_NAME(invalid_argument),
    SEATBOOK_NAME(invalid_text),
    SEATBOOK_NAME(file_too_large),
    SEATBOOK_NAME(invalid_file_encoding),
    SEATBOOK_NAME(malformed_csv),
    SEATBOOK_NAME(header_missing),
    SEATBOOK_NAME(column_missing),
    SEATBOOK_NAME(duplicate_column),
    SEATBOOK_NAME(book_closed),
    SEATBOOK_NAME(book_needs_reopen),
    SEATBOOK_NAME(clock_behind),
    SEATBOOK_NAME(book_behind),
    SEATBOOK_NAME(book_forked),
    SEATBOOK_NAME(book_read_only),
    SEATBOOK_NAME(permission_denied),
    SEATBOOK_NAME(repeated_request),
    SEATBOOK_NAME(person_not_found),
    SEATBOOK_NAME(person_archived),
    SEATBOOK_NAME(person_erased),
    SEATBOOK_NAME(license_not_found),
    SEATBOOK_NAME(license_archived),
    SEATBOOK_NAME(assignment_not_found),
    SEATBOOK_NAME(actor_not_found),
    SEATBOOK_NAME(required),
    SEATBOOK_NAME(text_too_long),
    SEATBOOK_NAME(invalid_email),
    SEATBOOK_NAME(invalid_currency),
    SEATBOOK_NAME(owner_required),
    SEATBOOK_NAME(total_out_of_range),
    SEATBOOK_NAME(money_out_of_range),
    SEATBOOK_NAME(invalid_money),
    SEATBOOK_NAME(date_out_of_range),
    SEATBOOK_NAME(invalid_date),
    SEATBOOK_NAME(limit_exceeded),
    SEATBOOK_NAME(stale_revision),
    SEATBOOK_NAME(email_taken),
    SEATBOOK_NAME(host_key_taken),
    SEATBOOK_NAME(backup_is_owner),
    SEATBOOK_NAME(total_below_used),
    SEATBOOK_NAME(already_assigned),
    SEATBOOK_NAME(already_revoked),
    SEATBOOK_NAME(not_flagged),
    SEATBOOK_NAME(same_person),
    SEATBOOK_NAME(has_active_seats),
    SEATBOOK_NAME(owns_licenses),
    SEATBOOK_NAME(used_before_assigned),
    SEATBOOK_NAME(used_in_future),
    SEATBOOK_NAME(currency_in_use),
    SEATBOOK_NAME(no_seats_remaining),
    SEATBOOK_NAME(bulk_refused),
    SEATBOOK_NAME(conflict),
    SEATBOOK_NAME(storage_failed),
    SEATBOOK_NAME(storage_unknown),
    SEATBOOK_NAME(storage_corrupt),
    SEATBOOK_NAME(storage_in_use),
    SEATBOOK_NAME(not_a_book),
    SEATBOOK_NAME(format_too_new),
    SEATBOOK_NAME(needs_recovery),
    SEATBOOK_NAME(unsupported_storage),
    SEATBOOK_NAME(out_of_memory),
    SEATBOOK_NAME(internal),
    SEATBOOK_NAME(cancelled),
});
#undef SEATBOOK_NAME

constexpr Names<PersonState, 3> person_state_names = {{
    {PersonState::active, "active"},
    {PersonState::archived, "archived"},
    {PersonState::erased, "erased"},
}};

constexpr Names<LicenseState, 2> license_state_names = {{
    {LicenseState::active, "active"},
    {LicenseState::archived, "archived"},
}};

constexpr Names<SeatSort, 3> seat_sort_names = {{
    {SeatSort::user, "user"},
    {SeatSort::assigned, "assigned"},
    {SeatSort::last_used, "last_used"},
}};
constexpr Names<RosterOutcome, 6> roster_outcome_names = {{
    {RosterOutcome::added, "added"},
    {RosterOutcome::already_linked, "already_linked"},
    {RosterOutcome::not_found, "not_found"},
    {RosterOutcome::invalid, "invalid"},
    {RosterOutcome::no_seats, "no_seats"},
    {RosterOutcome::removed, "removed"},
}};
constexpr Names<InventoryOutcome, 4> inventory_outcome_names = {{
    {InventoryOutcome::added, "added"},
    {InventoryOutcome::already_known, "already_known"},
    {InventoryOutcome::invalid, "invalid"},
    {InventoryOutcome::without_seat, "without_seat"},
}};
constexpr Names<DateOrder, 3> date_order_names = {{
    {DateOrder::iso, "iso"},
    {DateOrder::month_day_year, "month_day_year"},
    {DateOrder::day_month_year, "day_month_year"},
}};
constexpr Names<CsvProfile, 2> csv_profile_names = {{
    {CsvProfile::spreadsheet, "spreadsheet"},
    {CsvProfile::exact, "exact"},
}};
constexpr Names<CapacityPolicy, 2> policy_names = {{
    {CapacityPolicy::enforce, "enforce"},
    {CapacityPolicy::allow_over, "allow_over"},
}};

constexpr Names<BillingPeriod, 3> period_names = {{
    {BillingPeriod::month, "month"},
    {BillingPeriod::year, "year"},
    {BillingPeriod::once, "once"},
}};

constexpr Names<HistoryKind, 19> history_kind_names = {{
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

constexpr Names<UtilizationBy, 3> utilization_by_names = {{
    {UtilizationBy::license, "license"},
    {UtilizationBy::product_group, "product_group"},
    {UtilizationBy::book, "book"},
}};

constexpr Names<OffboardingOutcome, 4> offboarding_outcome_names = {{
    {OffboardingOutcome::waiting, "waiting"},
    {OffboardingOutcome::kept, "kept"},
    {OffboardingOutcome::released, "released"},
    {OffboardingOutcome::reactivated, "reactivated"},
}};

constexpr Names<EventKind, 2> event_names = {{
    {EventKind::software_assigned, "software.assigned"},
    {EventKind::software_revoked, "software.revoked"},
}};

constexpr Names<Permission, permission_count> permission_names = {{
    {Permission::view, "view"},
    {Permission::view_own, "view_own"},
    {Permission::edit, "edit"},
    {Permission::create, "create"},
    {Permission::assign, "assign"},
    {Permission::archive_person, "archive_person"},
    {Permission::export_, "export"},
    {Permission::administer, "administer"},
}};

constexpr Names<Role, 5> role_names = {{
    {Role::super_admin, "super-admin"},
    {Role::it_admin, "it-admin"},
    {Role::admin, "admin"},
    {Role::manager, "manager"},
    {Role::employee, "employee"},
}};

int hexadecimal_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

}  // namespace

std::string_view to_string(Code code) noexcept {
  return name_of(code_names, code);
}
std::string_view to_string(PersonState state) noexcept {
  return name_of(person_state_names, state);
}
std::string_view to_string(LicenseState state) noexcept {
  return name_of(license_state_names, state);
}
std::string_view to_string(SeatSort sort) noexcept {
  return name_of(seat_sort_names, sort);
}
std::string_view to_string(RosterOutcome outcome) noexcept {
  return name_of(roster_outcome_names, outcome);
}
std::string_view to_string(InventoryOutcome outcome) noexcept {
  return name_of(inventory_outcome_names, outcome);
}
std::string_view to_string(DateOrder order) noexcept {
  return name_of(date_order_names, order);
}
std::string_view to_string(CsvProfile profile) noexcept {
  return name_of(csv_profile_names, profile);
}
std::string_view to_string(CapacityPolicy policy) noexcept {
  return name_of(policy_names, policy);
}
std::string_view to_string(BillingPeriod period) noexcept {
  return name_of(period_names, period);
}
std::string_view to_string(HistoryKind kind) noexcept {
  return name_of(history_kind_names, kind);
}
std::string_view to_string(UtilizationBy by) noexcept {
  return name_of(utilization_by_names, by);
}
std::string_view to_string(OffboardingOutcome outcome) noexcept {
  return name_of(offboarding_outcome_names, outcome);
}
std::string_view to_string(EventKind kind) noexcept {
  return name_of(event_names, kind);
}
std::string_view to_string(Permission permission) noexcept {
  return name_of(permission_names, permission);
}
std::string_view to_string(Role role) noexcept {
  return name_of(role_names, role);
}

std::optional<Code> code_from_string(std::string_view name) noexcept {
  return value_of(code_names, name);
}
std::optional<PersonState> person_state_from_string(std::string_view name) noexcept {
  return value_of(person_state_names, name);
}
std::optional<LicenseState> license_state_from_string(std::string_view name) noexcept {
  return value_of(license_state_names, name);
}
std::optional<SeatSort> seat_sort_from_string(std::string_view name) noexcept {
  return value_of(seat_sort_names, name);
}
std::optional<DateOrder> date_order_from_string(std::string_view name) noexcept {
  return value_of(date_order_names, name);
}
std::optional<CsvProfile> csv_profile_from_string(std::string_view name) noexcept {
  return value_of(csv_profile_names, name);
}
std::optional<CapacityPolicy> policy_from_string(std::string_view name) noexcept {
  return value_of(policy_names, name);
}
std::optional<BillingPeriod> period_from_string(std::string_view name) noexcept {
  return value_of(period_names, name);
}
std::optional<HistoryKind> history_kind_from_string(std::string_view name) noexcept {
  return value_of(history_kind_names, name);
}
std::optional<UtilizationBy> utilization_by_from_string(std::string_view name) noexcept {
  return value_of(utilization_by_names, name);
}
std::optional<OffboardingOutcome> offboarding_outcome_from_string(std::string_view name) noexcept {
  return value_of(offboarding_outcome_names, name);
}
std::optional<Permission> permission_from_string(std::string_view name) noexcept {
  return value_of(permission_names, name);
}
std::optional<Role> role_from_string(std::string_view name) noexcept {
  for (const auto& [role, known] : role_names) {
    if (name.size() != known.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
      same = same && (name[i] == '_' ? '-' : name[i]) == known[i];
    }
    if (same) return role;
  }
  return std::nullopt;
}

const std::vector<Code>& all_codes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> all;
    all.reserve(code_names.size());
    for (const auto& [code, name] : code_names) all.push_back(code);
    return all;
  }();
  return codes;
}

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

const char* library_version() noexcept {
  return "0.1.0";
}

}  // namespace seatbook
