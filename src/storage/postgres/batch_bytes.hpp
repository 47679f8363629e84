/// Batches as bytes, with the digests that identify each one and everything before it.
#ifndef SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "storage/postgres/book_server.hpp"

namespace seatbook::postgres::detail {

/// Encodes batches on a version with that digest: for each record a byte with its kind and the
/// cells of its columns.
std::vector<OutgoingBatch> outgoing_after(Digest digest, std::span<const Batch> batches);

/// Decodes the records of a batch, and passes each to `accept` until it returns false.
/// Errors: storage_corrupt.
Result<void> records_from(std::string_view bytes, const std::function<bool(RecordImage&&)>& accept);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_
