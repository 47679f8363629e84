#include "storage/postgres/connection_pool.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <map>
#include <new>
#include <string>
#include <utility>

namespace seatbook::postgres::detail {
namespace {

/// What the books of one pool have in common.
struct Key {
  std::uint64_t forks = 0;  // identifies the process
  std::vector<ConnectionParameters> hosts;
  std::string schema;
  bool read_only = false;
  std::array<std::uint32_t, 6> numbers = {};

  auto operator<=>(const Key&) const = default;
};

Key key_of(const Target& target, const Options& options) {
  return {seatbook::detail::forks_before.load(std::memory_order_relaxed),
          target.hosts,
          options.schema,
          options.read_only,
          {options.connect_timeout_ms, options.lock_timeout_ms, options.statement_timeout_ms,
           options.idle_transaction_timeout_ms, options.tcp_timeout_ms, options.connections}};
}

struct Registry {
  std::mutex mutex;
  std::map<Key, std::weak_ptr<ConnectionPool>> pools;
};

/// Returns the pools of this process. They are found again only through this one global object.
Registry& registry() {
  // Never destroyed: books that are static objects may be closed after it.
  static Registry& only = *new Registry;
  // A fork waits for the mutex. Otherwise, the child could get it locked by another thread.
  static const bool forks_cleanly =
      pthread_atfork([] { only.mutex.lock(); }, [] { only.mutex.unlock(); },
                     [] { only.mutex.unlock(); }) == 0;
  if (!forks_cleanly) throw std::bad_alloc();
  return only;
}

}  // namespace

/// A call of acquire() that waits for its turn.
struct ConnectionPool::Waiting {
  std::condition_variable changed;
  bool has_turn = false;
};

std::shared_ptr<ConnectionPool> ConnectionPool::of(const Target& target, const Options& options) {
  Key key = key_of(target, options);
  Registry& all = registry();
  const std::lock_guard guard(all.mutex);
  std::erase_if(all.pools, [](const auto& entry) { return entry.second.expired(); });
  if (const auto found = all.pools.find(key); found != all.pools.end()) {
    if (auto pool = found->second.lock()) return pool;
  }
  auto pool = std::make_shared<ConnectionPool>(target, options);
  all.pools.insert_or_assign(std::move(key), pool);
  return pool;
}

ConnectionPool::ConnectionPool(Target target, Options options)
    : target_(std::move(target)), options_(std::move(options)) {
  idle_.reserve(options_.connections);  // so that giving back needs no memory
}

ConnectionPool::~ConnectionPool() {
  if (!fork_guard_.forked()) return;
  for (const auto& connection : idle_) connection->abandon();
  spare_.abandon();
}

// -------------------------------------------------------------------------------------- leasing

std::optional<SqlFailure> ConnectionPool::acquire(Lease& lease) {
  if (!lease) {
    auto connection = std::make_unique<Connection>();
    auto pool = shared_from_this();
    if (!wait_for_turn()) {
      return SqlFailure{{"all " + std::to_string(options_.connections) +
                         " connections of this process are in use, and none became free within "
                         "lock_timeout_ms = " +
                         std::to_string(options_.lock_timeout_ms) +
                         ": the option `connections` can be raised"}};
    }
    take_idle(connection);
    lease.reused_ = connection->is_open();
    lease.connection_ = std::move(connection);
    lease.pool_ = std::move(pool);
  }
  if (lease.is_open()) return std::nullopt;
  lease.reused_ = false;
  auto failure = lease->open(target_, options_);
  if (!failure) failure = lease->check_pool();
  return failure;
}

std::optional<SqlFailure> ConnectionPool::use_spare(
    const std::function<std::optional<SqlFailure>(Connection&)>& use) {
  const std::unique_lock lock(spare_mutex_, std::chrono::milliseconds(options_.lock_timeout_ms));
  if (!lock) {
    return SqlFailure{
        {"other books of this process have used the connection for syncs for more "
         "than lock_timeout_ms = " +
         std::to_string(options_.lock_timeout_ms)}};
  }
  if (!spare_.is_open() || spare_.has_ended()) {
    if (auto failure = spare_.open(target_, options_)) return failure;
  }
  return use(spare_);
}

bool ConnectionPool::wait_for_turn() {
  Waiting waiting;
  std::unique_lock lock(mutex_);
  if (leased_ < options_.connections) {
    ++leased_;
    return true;
  }
  const auto at = waiting_.insert(waiting_.end(), &waiting);
  waiting.changed.wait_for(lock, std::chrono::milliseconds(options_.lock_timeout_ms),
                           [&] { return waiting.has_turn; });
  if (!waiting.has_turn) waiting_.erase(at);
  return waiting.has_turn;
}

/// Replaces `connection` by the idle one that was used last, if any.
void ConnectionPool::take_idle(std::unique_ptr<Connection>& connection) {
  std::unique_ptr<Connection> idle;
  do {
    idle.reset();
    const std::lock_guard guard(mutex_);
    if (idle_.empty()) return;
    idle = std::move(idle_.back());
    idle_.pop_back();
  } while (idle->has_ended());
  connection = std::move(idle);
}

void ConnectionPool::end_lease(std::unique_ptr<Connection> connection) noexcept {
  if (fork_guard_.forked()) return connection->abandon();
  if (!connection->is_idle()) connection->close();
  const std::lock_guard guard(mutex_);
  if (connection->is_open()) idle_.push_back(std::move(connection));
  if (waiting_.empty()) {
    --leased_;
    return;
  }
  // The turn passes on, so a new caller cannot overtake those that wait.
  Waiting& next = *waiting_.front();
  waiting_.pop_front();
  next.has_turn = true;
  next.changed.notify_one();
}

ConnectionPool::Counts ConnectionPool::counts() const {
  const std::lock_guard guard(mutex_);
  return {leased_, idle_.size(), waiting_.size()};
}

void ConnectionPool::Lease::give_back() noexcept {
  if (connection_ == nullptr) return;
  const auto pool = std::move(pool_);
  pool->end_lease(std::move(connection_));
}

ConnectionPool::Lease& ConnectionPool::Lease::operator=(Lease&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  pool_ = std::move(other.pool_);
  connection_ = std::move(other.connection_);
  reused_ = other.reused_;
  return *this;
}

}  // namespace seatbook::postgres::detail
