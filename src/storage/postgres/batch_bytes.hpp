/// A batch as bytes, and the digest that identifies it with everything before it.
#ifndef SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_

#include <functional>
#include <string>
#include <string_view>

#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "storage/postgres/book_server.hpp"

namespace seatbook::postgres::detail {

/// Encodes the records: for each, a byte with its kind and the cells of its columns.
std::string bytes_of(const Batch& batch);
/// Decodes them, and passes each to `accept` until it returns false. Errors: storage_corrupt.
Result<void> records_from(std::string_view bytes, const std::function<bool(RecordImage&&)>& accept);

/// Returns a digest of the batch and of all batches before it, which `before` identifies.
Digest digest_of(const Digest& before, const Token& token, std::string_view bytes);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BATCH_BYTES_HPP_
