#include "seatbook/result.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "types/names.hpp"

namespace seatbook {
namespace {

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
    SEATBOOK_NAME(needs_migration),
    SEATBOOK_NAME(out_of_memory),
    SEATBOOK_NAME(internal),
    SEATBOOK_NAME(cancelled),
});
#undef SEATBOOK_NAME

}  // namespace

std::string_view to_string(Code code) noexcept {
  return types::name_of(code_names, code);
}

std::optional<Code> code_from_string(std::string_view name) noexcept {
  return types::value_of(code_names, name);
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

}  // namespace seatbook
