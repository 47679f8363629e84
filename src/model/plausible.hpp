/// Whether a stored record can be one of ours at all, before it is looked at beside others.
#ifndef SEATBOOK_MODEL_PLAUSIBLE_HPP_
#define SEATBOOK_MODEL_PLAUSIBLE_HPP_

#include "seatbook/storage.hpp"

namespace seatbook::model {

/// Ids within max_records, known enumerators, times and money in range, texts in valid UTF-8. What
/// a storage hands over may have been damaged, or written by somebody else.
[[nodiscard]] bool is_plausible(const RecordImage& image);

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_PLAUSIBLE_HPP_
