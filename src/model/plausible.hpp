/// Checks single stored records, before they are compared with others.
#ifndef SEATBOOK_MODEL_PLAUSIBLE_HPP_
#define SEATBOOK_MODEL_PLAUSIBLE_HPP_

#include "seatbook/records.hpp"

namespace seatbook::model {

/// Whether ids are within max_records, enumerators are known, times and money are in range, and
/// texts are valid UTF-8. Records from a storage may be damaged or written by other programs.
[[nodiscard]] bool is_plausible(const RecordImage& image);

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_PLAUSIBLE_HPP_
