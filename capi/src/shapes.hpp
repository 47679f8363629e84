/// The types of rows and their columns.
#ifndef SEATBOOK_CAPI_SHAPES_HPP_
#define SEATBOOK_CAPI_SHAPES_HPP_

#include <cstdint>

#include "seatbook.h"

namespace seatbook::capi {

struct ColumnShape {
  const char* name;
  std::int32_t type;      ///< SEATBOOK_TYPE_...
  std::int32_t choice;    ///< SEATBOOK_CHOICE_..., or 0
  std::uint32_t members;  ///< of a record: the number of following columns that are its members
};

struct Shape {
  const char* name;
  const ColumnShape* columns;
  std::uint32_t count;
};

/// The shape of a C++ struct's rows; defined for each in generated/shapes.cpp.
template <class Row>
struct ShapeOf {
  static const Shape shape;
};

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_SHAPES_HPP_
