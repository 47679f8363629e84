/// The way of a call: permission, rules decide, storage appends, tables apply, listeners are told.
#ifndef SEATBOOK_BOOK_ENGINE_HPP_
#define SEATBOOK_BOOK_ENGINE_HPP_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <type_traits>
#include <utility>

#include "book/event_queue.hpp"
#include "book/fair_shared_mutex.hpp"
#include "book/request_memory.hpp"
#include "book/table_slices.hpp"
#include "book/token_source.hpp"
#include "model/slices.hpp"
#include "model/tables.hpp"
#include "rules/bulk.hpp"
#include "rules/erasure.hpp"
#include "rules/inventory_import.hpp"
#include "rules/last_use.hpp"
#include "rules/licenses.hpp"
#include "rules/owners.hpp"
#include "rules/people.hpp"
#include "rules/permissions.hpp"
#include "rules/reviews.hpp"
#include "rules/roster_import.hpp"
#include "rules/seats.hpp"
#include "rules/transaction.hpp"
#include "seatbook/book.hpp"
#include "storage/fork_guard.hpp"

namespace seatbook::detail {

/// What a session knows; immutable.
struct SessionState {
  Actor actor;
  std::optional<Error> malformed;  ///< what every call answers, where the actor makes no sense
  Version at_least;                ///< queries see the book at this version or later
};

class StorageLock;

class Engine {
 public:
  /// `storage` may be null: nothing is kept beyond the tables.
  Engine(std::shared_ptr<Storage> storage, OpenOptions options);

  /// Reads what is stored; called once, before anything else.
  Result<void> load();

  /// Carries out a command: `decide` is the rule. `Answer` gets the version it was committed with.
  template <class Value, class Command>
  Result<Value> execute(const SessionState& session, Operation operation, const Command& command,
                        Result<Value> (*decide)(rules::Transaction&, const Command&)) {
    try {
      if (session.malformed) return *session.malformed;
      if (auto error = rules::malformed(command)) return *std::move(error);
      return carry_out<Value>(session, operation, command, [&](rules::Transaction& transaction) {
        return decide(transaction, command);
      });
    } catch (...) {
      return caught();
    }
  }

  /// Executes a command that brings a file. After step 1, which includes the file's size, the book,
  /// the permission and the request id are checked, so that a caller without permission causes no
  /// parsing (C66).
  /// Then `read` parses the file under no lock, and `decide` works with the rows, once for each
  /// attempt to commit.
  template <class Value, class Command, class File>
  Result<Value> execute_file(const SessionState& session, Operation operation,
                             const Command& command, Result<File> (*read)(const Command&),
                             Result<Value> (*decide)(rules::Transaction&, const Command&,
                                                     const File&)) {
    try {
      if (session.malformed) return *session.malformed;
      if (auto error = rules::malformed(command)) return *std::move(error);
      if (auto error = refusal_before_reading(session.actor, operation, command.request_id)) {
        return *std::move(error);
      }
      const auto file = read(command);
      if (!file) return file.error();
      return carry_out<Value>(session, operation, command, [&](rules::Transaction& transaction) {
        return decide(transaction, command, *file);
      });
    } catch (...) {
      return caught();
    }
  }

  /// Runs a query under the shared lock: `query(tables, slices)`, or `query(tables)` if its work
  /// does not grow with the book. It returns a Result. Permission and state of the book are checked
  /// in each slice (C69).
  template <class Query>
  QueryResult<Query> ask(const SessionState& session, Operation operation, const Query& query) {
    if (session.malformed) return *session.malformed;
    if (auto error = reach(session.at_least)) return *std::move(error);
    return guarded_read([&] { return rules::refusal(*tables_, session.actor, operation); }, query);
  }
  /// As ask(), where the actor may ask about themselves with `view_own`.
  template <class Query>
  QueryResult<Query> ask_about(const SessionState& session, Operation operation, PersonId person,
                               const Query& query) {
    if (session.malformed) return *session.malformed;
    if (auto error = reach(session.at_least)) return *std::move(error);
    return guarded_read(
        [&] { return rules::refusal_about(*tables_, session.actor, operation, person); }, query);
  }
  /// As ask(), for how long ago something was: `query(tables, now, slices)`.
  template <class Query>
  auto ask_now(const SessionState& session, Operation operation, const Query& query)
      -> std::invoke_result_t<const Query&, const model::Tables&, Timestamp, model::Slices&> {
    if (session.malformed) return *session.malformed;
    const auto now = clock_time();
    if (!now) return now.error();
    return ask(session, operation, [&](const model::Tables& tables, model::Slices& slices) {
      return query(tables, *now, slices);
    });
  }
  /// As ask(), by the host itself, of one version: when a commit comes between two slices, the
  /// query begins again. The fourth time writers wait until it is done; readers never do.
  template <class Query>
  QueryResult<Query> inspect(const Query& query) {
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      std::optional<Version> version;
      bool moved = false;
      auto result = guarded_read(
          [&]() -> std::optional<Error> {
            if (!version) version = tables_->version;
            moved = tables_->version != *version;
            return moved ? std::optional<Error>(Error{}) : std::nullopt;
          },
          query);
      if (!moved) return result;
    }
    try {
      WritersWait slices(*this);
      if (auto error = not_open()) return *std::move(error);
      if (!slices.enter()) return Error{};
      return run_query(query, *tables_, slices);
    } catch (...) {
      return caught();
    }
  }

  [[nodiscard]] Version version() const;
  Result<Version> refresh();
  Result<void> backup_to(const std::string& path);
  /// Frees the tables and what the host gave. From a callback of the book's storage or clock: when
  /// the call that is under way ends.
  void close();
  [[nodiscard]] bool closed() const noexcept { return state_.load() == State::closed; }
  /// Whether this process is a fork of the one that opened the book: then no lock may be taken.
  [[nodiscard]] bool forked() const noexcept { return fork_guard_.forked(); }
  [[nodiscard]] EventQueue& events() { return events_; }

 private:
  enum class State : std::uint8_t { open, closed, needs_reopen };

  /// Holds writer_mutex_ for a scope. The host code that is called from within, a storage or a
  /// clock, runs with that mutex held; so its thread must not use the book (in_callback()).
  class Turn {
   public:
    explicit Turn(Engine& engine);
    /// `writer` holds the mutex.
    Turn(Engine& engine, std::unique_lock<std::mutex> writer);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    /// Closes the book afterwards if a callback has asked for that.
    ~Turn();

   private:
    friend class Engine;
    Engine& engine_;
    std::unique_lock<std::mutex> writer_;
    const Turn* const outer_;
    // Of this thread, the newest first: a callback may use another book, on another storage.
    static thread_local const Turn* innermost;
  };
  /// For a query that cannot get its one version between the commits of others: it keeps writers
  /// out, so the tables stay as they are and need no lock.
  class WritersWait final : public model::OneSlice {
   public:
    explicit WritersWait(Engine& engine) { turn_.emplace(engine); }
    void leave() override { turn_.reset(); }

   private:
    std::optional<Turn> turn_;
  };

  /// A reference to a callable that outlives the call; no allocation, unlike std::function.
  class Decide {
   public:
    template <class Callable>
    Decide(const Callable& callable)  // NOLINT: made from a lambda at the call
        : callable_(&callable), call_([](const void* object, rules::Transaction& transaction) {
            return (*static_cast<const Callable*>(object))(transaction);
          }) {}
    Result<void> operator()(rules::Transaction& transaction) const {
      return call_(callable_, transaction);
    }

   private:
    const void* callable_;
    Result<void> (*call_)(const void*, rules::Transaction&);
  };

  template <class Refusal, class Query>
  QueryResult<Query> guarded_read(const Refusal& refusal, const Query& query) const {
    try {
      if (auto error = check_caller()) return *std::move(error);
      const auto check = [&] {
        auto error = not_open();
        return error ? std::move(error) : refusal();
      };
      TableSlices slices(tables_mutex_, tables_, check);
      if (!slices.enter()) return *slices.error();
      auto result = run_query(query, *tables_, slices);
      slices.leave();  // before anything large is destroyed
      if (slices.error()) return *slices.error();
      return result;
    } catch (...) {
      return caught();
    }
  }

  template <class Value, class Command, class Rule>
  Result<Value> carry_out(const SessionState& session, Operation operation, const Command& command,
                          const Rule& rule) {
    Value answer;
    const auto version = write(session.actor, operation, command.request_id,
                               [&](rules::Transaction& transaction) -> Result<void> {
                                 auto decided = rule(transaction);
                                 if (!decided) return std::move(decided).error();
                                 answer = *std::move(decided);
                                 return {};
                               });
    if (!version) return version.error();
    answer.version = *version;
    return answer;
  }

  Result<Version> write(const Actor& actor, Operation operation,
                        const std::optional<RequestId>& request_id, Decide decide);
  Result<Version> try_write(const Actor& actor, Operation operation,
                            const std::optional<RequestId>& request_id, Decide decide);
  Result<Version> commit(rules::Transaction& transaction,
                         const std::optional<RequestId>& request_id);
  Result<void> append(const Batch& batch);
  Result<bool> catch_up(std::size_t limit, bool fresh = false);
  Result<void> catch_up();
  Result<void> lock_and_catch_up(StorageLock& storage_lock);
  Result<void> read_anew();
  Result<void> resolve_pending();
  Result<std::optional<Version>> find_request(const RequestId& request_id);
  struct BatchTime {
    Timestamp now;  // the clock's
    Timestamp at;   // not before the last batch
  };
  [[nodiscard]] Result<BatchTime> batch_time(Timestamp now) const;
  template <class Change>
  Result<void> change_tables(const Change& change);
  template <class Work>
  Result<Version> in_turn(const Work& work);
  [[nodiscard]] std::optional<Error> reach(Version version);
  void queue_events(Seq before, std::optional<Version> only);

  /// What the book says to such a command before it looks at the command's file.
  [[nodiscard]] std::optional<Error> refusal_before_reading(
      const Actor& actor, Operation operation, const std::optional<RequestId>& request_id);
  std::optional<Error> repeated(const RequestId& request_id);
  [[nodiscard]] Result<Timestamp> clock_time() const;

  /// Whether this thread is in a callback of this book, or of another one on the same storage.
  [[nodiscard]] bool in_callback() const noexcept;
  /// The error of a forked process, and of a callback. Checked before any lock is taken.
  [[nodiscard]] std::optional<Error> check_caller() const;
  [[nodiscard]] std::optional<Error> not_open() const;
  [[nodiscard]] std::optional<Error> not_writable() const;
  static Error out_of_memory();
  [[nodiscard]] Error caught() const noexcept;

  // Held for the whole of a write; tables_ change only with it and tables_mutex_ both held, so that
  // a writer may read them with this one alone while it waits for storage.
  std::mutex writer_mutex_;
  mutable FairSharedMutex tables_mutex_;
  std::shared_ptr<model::Tables> tables_ = std::make_shared<model::Tables>();  // none once closed
  Version last_version_;                                                       // of a closed book
  std::atomic<State> state_{State::open};
  std::atomic<bool> close_wanted_{false};  // by a callback
  const ForkGuard fork_guard_;

  // Used by writers only.
  std::shared_ptr<Storage> storage_;
  const void* const storage_id_;  // compared only
  const bool host_clock_;         // clock_ is the host's own code
  std::shared_ptr<Clock> clock_;  // changes as tables_ do
  const bool allow_clock_behind_;
  const bool read_only_;
  TokenSource tokens_;
  RequestMemory requests_;        // where there is no storage to remember them
  std::optional<Token> pending_;  // a batch that may or may not have been written

  EventQueue events_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_ENGINE_HPP_
