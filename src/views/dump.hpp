/// The whole book as canonical JSON.
#ifndef SEATBOOK_VIEWS_DUMP_HPP_
#define SEATBOOK_VIEWS_DUMP_HPP_

#include <string>

#include "model/slices.hpp"
#include "model/tables.hpp"

namespace seatbook::views {

/// Returns one object with the version and one array per kind of record, ordered by id; members are
/// ordered by name; indented by two spaces. Equal books give equal bytes. All records are copied
/// from one version: if the tables may have changed between two slices, the slices end. The text is
/// made without the lock.
[[nodiscard]] std::string dump(const model::Tables& tables, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_DUMP_HPP_
