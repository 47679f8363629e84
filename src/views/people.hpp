/// The people who can be assigned a seat (A10, B13, B16).
#ifndef SEATBOOK_VIEWS_PEOPLE_HPP_
#define SEATBOOK_VIEWS_PEOPLE_HPP_

#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

[[nodiscard]] std::vector<AssignablePerson> assignable_people(const model::Tables& tables,
                                                              const AssignableQuery& query,
                                                              model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_PEOPLE_HPP_
