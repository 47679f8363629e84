/// Visits the operations of include/seatbook/operations.def.
#ifndef SEATBOOK_CAPI_OPERATIONS_HPP_
#define SEATBOOK_CAPI_OPERATIONS_HPP_

#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// Visits each operation, in the order of Operation, with call(name, method, names of arguments).
/// Exports are visited with file(name, method).
template <class Visitor>
void visit_operations(Visitor&& visit) {
#define SEATBOOK_NAMES(...) {__VA_ARGS__}
#define SEATBOOK_OPERATION(name, Result, permission) visit.call(#name, &Session::name);
#define SEATBOOK_LOOKUP(name, arguments, Result, permission) \
  visit.call(#name, &Session::name, SEATBOOK_NAMES arguments);
#define SEATBOOK_PAGE(name, Result, permission) \
  visit.call(#name, &Session::name, {"after", "limit"});
#define SEATBOOK_EXPORT(name, Request, Result, permission) visit.file(#name, &Session::name);
#include "seatbook/operations.def"
#undef SEATBOOK_NAMES
  // permissions
  visit.call("can", &Session::can, {"operation"});
  visit.call("why_not", &Session::why_not, {"operation"});
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_OPERATIONS_HPP_
