/// The slices of a query: holds the shared table lock and runs a check in each slice.
#ifndef SEATBOOK_BOOK_TABLE_SLICES_HPP_
#define SEATBOOK_BOOK_TABLE_SLICES_HPP_

#include <memory>
#include <optional>
#include <shared_mutex>
#include <type_traits>
#include <utility>

#include "book/fair_shared_mutex.hpp"
#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/result.hpp"

namespace seatbook::detail {

/// `check()` returns the error that ends the query, if any; it is called with the lock held.
template <class Check>
class TableSlices final : public model::Slices {
 public:
  TableSlices(FairSharedMutex& mutex, const std::shared_ptr<model::Tables>& tables,
              const Check& check)
      : lock_(mutex, std::defer_lock), tables_(tables), check_(check) {}

  void leave() override {
    if (lock_.owns_lock()) lock_.unlock();
  }
  /// The error that ended the query, if any.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  bool take() override {
    lock_.lock();
    error_ = check_();
    if (error_) lock_.unlock();
    return !error_;
  }
  void release() override {
    if (!lock_.owns_lock()) return;
    if (!kept_) kept_ = tables_;
    lock_.unlock();
  }

  std::shared_ptr<model::Tables> kept_;  // keeps a query's references valid if the book is closed
  std::shared_lock<FairSharedMutex> lock_;
  const std::shared_ptr<model::Tables>& tables_;  // the engine's
  const Check& check_;
  std::optional<Error> error_;
};

/// Runs `query(tables, slices)`, or `query(tables)` if its cost does not grow with the book.
template <class Query>
auto run_query(const Query& query, const model::Tables& tables, model::Slices& slices) {
  if constexpr (std::is_invocable_v<const Query&, const model::Tables&, model::Slices&>) {
    return query(tables, slices);
  } else {
    return query(tables);
  }
}
template <class Query>
using QueryResult =
    decltype(run_query(std::declval<const Query&>(), std::declval<const model::Tables&>(),
                       std::declval<model::Slices&>()));

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_TABLE_SLICES_HPP_
