/// Decisions about licenses: add, update, total, policy, archive, reactivate (owners.hpp has the
/// owners).
///
/// `malformed` is step 1 of the error order, the rest steps 4 to 9 (see people.hpp).
#ifndef SEATBOOK_RULES_LICENSES_HPP_
#define SEATBOOK_RULES_LICENSES_HPP_

#include <optional>

#include "rules/draft.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const AddLicense& command);
[[nodiscard]] std::optional<Error> malformed(const UpdateLicense& command);
[[nodiscard]] std::optional<Error> malformed(const SetTotalSeats& command);
[[nodiscard]] std::optional<Error> malformed(const SetPolicy& command);
[[nodiscard]] std::optional<Error> malformed(const ArchiveLicense& command);
[[nodiscard]] std::optional<Error> malformed(const ReactivateLicense& command);

Result<LicenseAnswer> add_license(Draft& draft, const AddLicense& command);
Result<LicenseAnswer> update_license(Draft& draft, const UpdateLicense& command);
Result<LicenseAnswer> set_total_seats(Draft& draft, const SetTotalSeats& command);
Result<LicenseAnswer> set_policy(Draft& draft, const SetPolicy& command);
Result<LicenseAnswer> archive_license(Draft& draft, const ArchiveLicense& command);
Result<LicenseAnswer> reactivate_license(Draft& draft, const ReactivateLicense& command);

/// Puts a license whose terms were changed, with a history row of `kind` that keeps both (C48);
/// nothing, where they are the same.
Result<LicenseAnswer> change_terms(Draft& draft, const License& before, License after,
                                   HistoryKind kind);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_LICENSES_HPP_
