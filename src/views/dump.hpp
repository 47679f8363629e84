/// The whole book as canonical JSON.
#ifndef SEATBOOK_VIEWS_DUMP_HPP_
#define SEATBOOK_VIEWS_DUMP_HPP_

#include <string>

#include "model/slices.hpp"
#include "model/tables.hpp"

namespace seatbook::views {

/// One object with the version and one array a kind of record, ordered by id; members in the order
/// of their names; two spaces deep. Equal books give equal bytes.
/// The records are copied, which must see one version: when the tables may have changed between two
/// slices, the slices end. The text is made with the lock released.
[[nodiscard]] std::string dump(const model::Tables& tables, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_DUMP_HPP_
