/// Commands on licenses: add, update, total, policy, archive, reactivate. owners.hpp has the
/// owners.
///
/// `malformed` is step 1 of the error order, the rest are steps 4 to 9 (see people.hpp).
#ifndef SEATBOOK_RULES_LICENSES_HPP_
#define SEATBOOK_RULES_LICENSES_HPP_

#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const AddLicense& command);
[[nodiscard]] std::optional<Error> malformed(const UpdateLicense& command);
[[nodiscard]] std::optional<Error> malformed(const SetTotalSeats& command);
[[nodiscard]] std::optional<Error> malformed(const SetPolicy& command);
[[nodiscard]] std::optional<Error> malformed(const ArchiveLicense& command);
[[nodiscard]] std::optional<Error> malformed(const ReactivateLicense& command);

Result<LicenseReceipt> add_license(Transaction& transaction, const AddLicense& command);
Result<LicenseReceipt> update_license(Transaction& transaction, const UpdateLicense& command);
Result<LicenseReceipt> set_total_seats(Transaction& transaction, const SetTotalSeats& command);
Result<LicenseReceipt> set_policy(Transaction& transaction, const SetPolicy& command);
Result<LicenseReceipt> archive_license(Transaction& transaction, const ArchiveLicense& command);
Result<LicenseReceipt> reactivate_license(Transaction& transaction,
                                          const ReactivateLicense& command);

/// Writes a license whose terms changed, with a history row of `kind` that has both terms (C48).
/// Writes nothing if they are equal.
Result<LicenseReceipt> change_terms(Transaction& transaction, const License& before, License after,
                                    HistoryKind kind);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_LICENSES_HPP_
