/// The contacts of a license (B5, B9, C22).
#ifndef SEATBOOK_VIEWS_OWNERS_HPP_
#define SEATBOOK_VIEWS_OWNERS_HPP_

#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

[[nodiscard]] LicenseContacts contacts_of(const model::Tables& tables, const License& license);
[[nodiscard]] std::vector<ArchivedOwnerRow> archived_owners(const model::Tables& tables,
                                                            model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_OWNERS_HPP_
