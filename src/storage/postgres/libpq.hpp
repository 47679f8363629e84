/// A table of the libpq functions that the storage calls.
///
/// Each target compiles one of the two definitions of load_libpq() and libpq(): libpq_linked.cpp
/// uses the libpq that the program is linked with, libpq_loaded.cpp loads libpq.so.5 on first use.
/// All other sources are compiled once for both.
#ifndef SEATBOOK_STORAGE_POSTGRES_LIBPQ_HPP_
#define SEATBOOK_STORAGE_POSTGRES_LIBPQ_HPP_

#include <libpq-fe.h>

#include "seatbook/result.hpp"

/// Calls `X` with the name of each function.
#define SEATBOOK_LIBPQ_FUNCTIONS(X) \
  X(PQbackendPID)                   \
  X(PQclear)                        \
  X(PQconnectPoll)                  \
  X(PQconnectStartParams)           \
  X(PQconninfoFree)                 \
  X(PQconninfoParse)                \
  X(PQconsumeInput)                 \
  X(PQenterPipelineMode)            \
  X(PQerrorMessage)                 \
  X(PQfinish)                       \
  X(PQflush)                        \
  X(PQgetisnull)                    \
  X(PQgetlength)                    \
  X(PQgetResult)                    \
  X(PQgetvalue)                     \
  X(PQisBusy)                       \
  X(PQlibVersion)                   \
  X(PQntuples)                      \
  X(PQparameterStatus)              \
  X(PQpipelineSync)                 \
  X(PQresultErrorField)             \
  X(PQresultErrorMessage)           \
  X(PQresultStatus)                 \
  X(PQsendPrepare)                  \
  X(PQsendQueryParams)              \
  X(PQsendQueryPrepared)            \
  X(PQsetnonblocking)               \
  X(PQsetNoticeReceiver)            \
  X(PQsetSingleRowMode)             \
  X(PQsocket)                       \
  X(PQsslInUse)                     \
  X(PQstatus)                       \
  X(PQtransactionStatus)

namespace seatbook::postgres::detail {

struct Libpq {
// NOLINTBEGIN(readability-identifier-naming,bugprone-macro-parentheses): the names are libpq's
#define SEATBOOK_LIBPQ_MEMBER(name) decltype(&::name) name = nullptr;
  SEATBOOK_LIBPQ_FUNCTIONS(SEATBOOK_LIBPQ_MEMBER)
#undef SEATBOOK_LIBPQ_MEMBER
  // NOLINTEND(readability-identifier-naming,bugprone-macro-parentheses)
};

/// Makes libpq() usable. Later calls return the result of the first one.
/// Errors: unsupported_storage (libpq cannot be loaded, or is older than version 14).
Result<void> load_libpq();

/// Returns the functions. load_libpq() must have succeeded.
const Libpq& libpq() noexcept;

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_LIBPQ_HPP_
