/// The slices of a query: holds the shared table lock and runs a check in each slice.
#ifndef SEATBOOK_BOOK_TABLE_SLICES_HPP_
#define SEATBOOK_BOOK_TABLE_SLICES_HPP_

#include <memory>
#include <shared_mutex>
#include <type_traits>
#include <utility>

#include "book/fair_shared_mutex.hpp"
#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::detail {

/// `check()` returns an error to end the query; it is called with the lock held.
template <class Check>
class TableSlices final : public model::Slices {
 public:
  TableSlices(FairSharedMutex& mutex, const std::shared_ptr<model::Tables>& tables,
              const Check& check)
      : lock_(mutex, std::defer_lock), tables_(tables), check_(check) {}

  void leave() override {
    if (lock_.owns_lock()) lock_.unlock();
  }
  /// Returns the error that ended the query.
  [[nodiscard]] const Error& error() const { return checked_.error(); }

 private:
  bool take() override {
    lock_.lock();
    checked_ = check_();
    if (!checked_) lock_.unlock();
    return checked_.has_value();
  }
  void release() override {
    if (!lock_.owns_lock()) return;
    if (!kept_) kept_ = tables_;
    lock_.unlock();
  }

  // Keeps a query's references valid if the book is closed, or its tables are replaced.
  std::shared_ptr<model::Tables> kept_;
  std::shared_lock<FairSharedMutex> lock_;
  const std::shared_ptr<model::Tables>& tables_;  // the engine's
  const Check& check_;
  Result<void> checked_;
};

/// Whether a query depends on the current time.
template <class Query>
inline constexpr bool needs_time =
    std::is_invocable_v<const Query&, const model::Tables&, Timestamp, model::Slices&>;

/// Runs a query with the arguments that it takes (see Engine::ask).
template <class Query>
auto run_query(const Query& query, const model::Tables& tables, [[maybe_unused]] Timestamp now,
               [[maybe_unused]] model::Slices& slices) {
  if constexpr (needs_time<Query>) {
    return query(tables, now, slices);
  } else if constexpr (std::is_invocable_v<const Query&, const model::Tables&, model::Slices&>) {
    return query(tables, slices);
  } else {
    return query(tables);
  }
}
template <class Query>
using QueryResult =
    decltype(run_query(std::declval<const Query&>(), std::declval<const model::Tables&>(),
                       Timestamp(), std::declval<model::Slices&>()));

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_TABLE_SLICES_HPP_
