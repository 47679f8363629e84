/// The connections of this process to one database, shared by its books
/// (docs/decisions/0031-connection-pool.md).
#ifndef SEATBOOK_STORAGE_POSTGRES_CONNECTION_POOL_HPP_
#define SEATBOOK_STORAGE_POSTGRES_CONNECTION_POOL_HPP_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/fork_guard.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/target.hpp"

namespace seatbook::postgres::detail {

/// Thread-safe. Requires load_libpq().
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
 public:
  /// The right to use one connection of a pool, which it keeps alive. Its destructor gives both
  /// back. Not thread-safe.
  class Lease {
   public:
    Lease() = default;
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&& other) noexcept;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { give_back(); }

    explicit operator bool() const { return connection_ != nullptr; }
    [[nodiscard]] bool is_open() const { return connection_ != nullptr && connection_->is_open(); }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    /// Whether the connection was open before acquire(), so it may have been lost since.
    [[nodiscard]] bool reused() const { return reused_; }
    /// Gives the connection back. It is closed if a transaction is open. In a forked child, only
    /// the child's copy is closed.
    void give_back() noexcept;

   private:
    friend class ConnectionPool;
    std::shared_ptr<ConnectionPool> pool_;
    std::unique_ptr<Connection> connection_;  // null if and only if pool_ is
    bool reused_ = false;
  };

  struct Counts {
    std::size_t leased = 0;
    std::size_t idle = 0;     ///< open, and not leased
    std::size_t waiting = 0;  ///< calls of acquire()
  };

  /// Returns the pool of this process for the target and the options that a session depends on: all
  /// except `book`, `must_exist` and `retry_for_ms`. It exists until its last owner and lease end.
  static std::shared_ptr<ConnectionPool> of(const Target& target, const Options& options);

  ConnectionPool(Target target, Options options);
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;
  ~ConnectionPool();

  /// Makes `lease` hold an open connection: the one that was given back last, or a new one. While
  /// all are leased, waits first in, first out, for at most lock_timeout_ms. A lease whose
  /// connection was lost keeps its place and connects again. Each new connection is checked for a
  /// pool in front of the server.
  std::optional<SqlFailure> acquire(Lease& lease);

  /// Calls `use` with a spare connection, which one caller at a time has. For a caller that has a
  /// lease: if it waited for a second one, callers could wait for each other. Waits for at most
  /// lock_timeout_ms.
  std::optional<SqlFailure> use_spare(
      const std::function<std::optional<SqlFailure>(Connection&)>& use);

  [[nodiscard]] Counts counts() const;

 private:
  struct Waiting;

  bool wait_for_turn();
  void take_idle(std::unique_ptr<Connection>& connection);
  void end_lease(std::unique_ptr<Connection> connection) noexcept;

  const Target target_;
  const Options options_;
  const seatbook::detail::ForkGuard fork_guard_;

  std::timed_mutex spare_mutex_;  // guards spare_
  Connection spare_;

  mutable std::mutex mutex_;  // guards everything below
  std::size_t leased_ = 0;
  std::list<Waiting*> waiting_;                    // in the order of arrival
  std::vector<std::unique_ptr<Connection>> idle_;  // the one used last is at the end
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_CONNECTION_POOL_HPP_
