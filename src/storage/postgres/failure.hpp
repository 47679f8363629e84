/// Why a message to a book's server failed.
#ifndef SEATBOOK_STORAGE_POSTGRES_FAILURE_HPP_
#define SEATBOOK_STORAGE_POSTGRES_FAILURE_HPP_

#include <cstdint>
#include <string>

#include "seatbook/result.hpp"

namespace seatbook::postgres::detail {

/// The failures that the protocol treats differently.
enum class Cause : std::uint8_t {
  other,
  lock_timeout,   ///< another writer held the lock for lock_timeout_ms
  idle_timeout,   ///< the server ended this writer after idle_transaction_timeout_ms
  stale,          ///< a batch was rejected: the version or the fence is not the given one
  dropped,        ///< the book is no longer in the database
  version_taken,  ///< a batch was rejected: its version or its token is already stored
};

struct Failure {
  std::string message = {};  ///< one line; no secrets, and no data of records
  Cause cause = Cause::other;
  bool lost = false;         ///< the connection is gone; what was sent may have been executed
  bool transient = false;    ///< a retry may succeed
  bool unsupported = false;  ///< this server, or a pool in front of it, cannot store a book

  [[nodiscard]] Error as(Code code) const { return {code, message}; }
  [[nodiscard]] Error when_opening() const {
    return as(unsupported ? Code::unsupported_storage : Code::storage_failed);
  }
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_FAILURE_HPP_
