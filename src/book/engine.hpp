/// Executes commands and queries. A command checks the permission, runs the rule, appends the batch
/// to the storage, applies it to the tables and publishes its events.
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
#include "imports/inventory_import.hpp"
#include "imports/roster_import.hpp"
#include "model/slices.hpp"
#include "model/tables.hpp"
#include "rules/permissions.hpp"
#include "rules/rules.hpp"
#include "rules/transaction.hpp"
#include "seatbook/book.hpp"
#include "storage/fork_guard.hpp"
#include "types/try.hpp"

namespace seatbook::detail {

/// The immutable state of a session.
struct SessionState {
  Actor actor;
  std::optional<Error> malformed;  ///< the error of every call if the actor is malformed
  Version at_least;                ///< queries observe at least this version
};

class StorageLock;

class Engine {
 public:
  /// `storage` may be null: then the book is in memory only.
  Engine(std::shared_ptr<Storage> storage, OpenOptions options);

  /// Reads the storage. Called once, before any other call.
  Result<void> load();

  /// Executes a command: `decide` is the rule. Sets `Value::version` to the committed version.
  template <class Value, class Command>
  Result<Value> execute(const SessionState& session, Operation operation, const Command& command,
                        Result<Value> (*decide)(rules::Transaction&, const Command&)) {
    try {
      if (session.malformed) return *session.malformed;
      SEATBOOK_TRY(rules::malformed(command));
      return run_command<Value>(session, operation, command, [&](rules::Transaction& transaction) {
        return decide(transaction, command);
      });
    } catch (...) {
      return translate_exception();
    }
  }

  /// Executes a command with a file. After step 1, which includes the file's size, checks the state
  /// of the book, the permission and the request id, so that no file is parsed for a caller without
  /// permission (C66). Then `read` parses the file without a lock, and `decide` runs on the rows
  /// once per attempt to commit.
  template <class Value, class Command, class File>
  Result<Value> execute_file(const SessionState& session, Operation operation,
                             const Command& command, Result<File> (*read)(const Command&),
                             Result<Value> (*decide)(rules::Transaction&, const Command&,
                                                     const File&)) {
    try {
      if (session.malformed) return *session.malformed;
      SEATBOOK_TRY(imports::malformed(command));
      if (auto error = refusal_before_reading(session.actor, operation, command.request_id)) {
        return *std::move(error);
      }
      const auto file = read(command);
      if (!file) return file.error();
      return run_command<Value>(session, operation, command, [&](rules::Transaction& transaction) {
        return decide(transaction, command, *file);
      });
    } catch (...) {
      return translate_exception();
    }
  }

  /// Runs a query under the shared lock: `query(tables, slices)`, or `query(tables)` if its cost
  /// does not grow with the book. The query returns a Result. The permission and the state of the
  /// book are checked in each slice (C69).
  template <class Query>
  QueryResult<Query> ask(const SessionState& session, Operation operation, const Query& query) {
    if (session.malformed) return *session.malformed;
    if (auto error = reach(session.at_least)) return *std::move(error);
    return guarded_read([&] { return rules::refusal(*tables_, session.actor, operation); }, query);
  }
  /// Like ask(), but `view_own` is enough if the actor is `person`.
  template <class Query>
  QueryResult<Query> ask_about(const SessionState& session, Operation operation, PersonId person,
                               const Query& query) {
    if (session.malformed) return *session.malformed;
    if (auto error = reach(session.at_least)) return *std::move(error);
    return guarded_read(
        [&] { return rules::refusal_about(*tables_, session.actor, operation, person); }, query);
  }
  /// Like ask(), for queries that depend on the current time: `query(tables, now, slices)`.
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
  /// Like ask(), without an actor and on a single version: the query restarts if a commit comes
  /// between two slices. The fourth attempt blocks writers until it is done; readers never wait.
  template <class Query>
  QueryResult<Query> inspect(const Query& query) {
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      std::optional<Version> version;
      bool moved = false;
      auto result = guarded_read(
          [&]() -> Result<void> {
            if (!version) version = tables_->version;
            moved = tables_->version != *version;
            return moved ? Result<void>(Error{}) : Result<void>();
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
      return translate_exception();
    }
  }

  [[nodiscard]] Version version() const;
  Result<Version> refresh();
  Result<void> backup_to(const std::string& path);
  /// Frees the tables, the storage, the clock and the listeners. If called from a callback of the
  /// book's storage or clock, the book closes when the current call ends.
  void close();
  [[nodiscard]] bool closed() const noexcept { return state_.load() == State::closed; }
  /// Whether this process is a fork of the one that opened the book. If so, no lock may be taken.
  [[nodiscard]] bool forked() const noexcept { return fork_guard_.forked(); }
  [[nodiscard]] EventQueue& events() { return events_; }

 private:
  enum class State : std::uint8_t { open, closed, needs_reopen };

  /// Holds writer_mutex_ for a scope. Storages and clocks are host code that runs with this mutex
  /// held, so their callbacks must not use the book (in_callback()).
  class Turn {
   public:
    explicit Turn(Engine& engine);
    /// `writer` must hold the mutex.
    Turn(Engine& engine, std::unique_lock<std::mutex> writer);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    /// Releases the mutex, then closes the book if a callback has called close().
    ~Turn();

   private:
    friend class Engine;
    Engine& engine_;
    std::unique_lock<std::mutex> writer_;
    const Turn* const outer_;
    // The innermost Turn of this thread: a callback may use another book on another storage.
    static thread_local const Turn* innermost;
  };
  /// Marks that this thread calls the clock of a query. It holds no mutex, but its callback must
  /// not use the book either: a query that needs the time would call the clock again without end.
  class ClockCall {
   public:
    explicit ClockCall(const Engine& engine) : engine_(engine), outer_(innermost) {
      innermost = this;
    }
    ClockCall(const ClockCall&) = delete;
    ClockCall& operator=(const ClockCall&) = delete;
    ~ClockCall() { innermost = outer_; }

   private:
    friend class Engine;
    const Engine& engine_;
    const ClockCall* const outer_;
    static thread_local const ClockCall* innermost;
  };
  /// For a query that needs a single version but is interrupted by commits: blocks writers, so the
  /// tables do not change and need no lock.
  class WritersWait final : public model::OneSlice {
   public:
    explicit WritersWait(Engine& engine) { turn_.emplace(engine); }
    void leave() override { turn_.reset(); }

   private:
    std::optional<Turn> turn_;
  };

  /// A reference to a callable. The callable must outlive it. Unlike std::function, never
  /// allocates.
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
      const auto check = [&]() -> std::optional<Error> {
        if (auto error = not_open()) return error;
        SEATBOOK_TRY(refusal());
        return std::nullopt;
      };
      TableSlices slices(tables_mutex_, tables_, check);
      if (!slices.enter()) return *slices.error();
      auto result = run_query(query, *tables_, slices);
      slices.leave();  // before anything large is destroyed
      if (slices.error()) return *slices.error();
      return result;
    } catch (...) {
      return translate_exception();
    }
  }

  template <class Value, class Command, class Rule>
  Result<Value> run_command(const SessionState& session, Operation operation,
                            const Command& command, const Rule& rule) {
    Value result;
    const auto version = write(session.actor, operation, command.request_id,
                               [&](rules::Transaction& transaction) -> Result<void> {
                                 auto decided = rule(transaction);
                                 if (!decided) return std::move(decided).error();
                                 result = *std::move(decided);
                                 return {};
                               });
    if (!version) return version.error();
    result.version = *version;
    return result;
  }

  Result<Version> write(const Actor& actor, Operation operation,
                        const std::optional<RequestId>& request_id, Decide decide);
  Result<Version> try_write(const Actor& actor, Operation operation,
                            const std::optional<RequestId>& request_id, Decide decide);
  Result<Version> commit(rules::Transaction& transaction,
                         const std::optional<RequestId>& request_id);
  Result<void> append(const Batch& batch);
  // catch_up.cpp: reading from the storage.
  Result<bool> catch_up(std::size_t limit, bool fresh = false);
  Result<void> catch_up();
  Result<void> lock_and_catch_up(StorageLock& storage_lock);
  Result<void> reread();
  Result<void> resolve_pending();
  Result<std::optional<Version>> find_request(const RequestId& request_id);
  struct BatchTime {
    Timestamp now;  // the clock's
    Timestamp at;   // not earlier than the last batch
  };
  [[nodiscard]] Result<BatchTime> batch_time(Timestamp now) const;
  /// Changes the tables. If `change` fails part-way, the tables are no longer trusted: the book
  /// enters the failed state (book_needs_reopen).
  template <class Change>
  Result<void> change_tables(const Change& change) {
    const std::lock_guard lock(tables_mutex_);
    try {
      Result<void> changed = change();
      if (!changed) state_.store(State::needs_reopen);
      return changed;
    } catch (...) {
      state_.store(State::needs_reopen);
      throw;
    }
  }
  template <class Work>
  Result<Version> in_turn(const Work& work);
  [[nodiscard]] std::optional<Error> reach(Version version);
  void queue_events(Seq before, std::optional<Version> only);

  /// Returns the error of a command with a file that is found without parsing the file, if any.
  [[nodiscard]] std::optional<Error> refusal_before_reading(
      const Actor& actor, Operation operation, const std::optional<RequestId>& request_id);
  std::optional<Error> repeated(const RequestId& request_id);
  [[nodiscard]] Result<Timestamp> clock_time() const;

  /// Whether this thread is in a callback of this book, or of another book on the same storage.
  [[nodiscard]] bool in_callback() const noexcept;
  /// Whether this thread is in the clock of a query of this book.
  [[nodiscard]] bool in_clock() const noexcept;
  /// Returns the error for a call from a forked process or a callback. Checked before any lock is
  /// taken.
  [[nodiscard]] std::optional<Error> check_caller() const;
  [[nodiscard]] std::optional<Error> not_open() const;
  [[nodiscard]] std::optional<Error> not_writable() const;
  static Error out_of_memory();
  [[nodiscard]] Error translate_exception() const noexcept;

  // Held during a whole write. tables_ change only while this and tables_mutex_ are both held, so a
  // writer may read them with this mutex alone while it waits for the storage.
  std::mutex writer_mutex_;
  mutable FairSharedMutex tables_mutex_;
  std::shared_ptr<model::Tables> tables_ = std::make_shared<model::Tables>();  // null once closed
  Version last_version_;                                                       // of a closed book
  std::atomic<State> state_{State::open};
  std::atomic<bool> close_wanted_{false};  // close() was called from a callback
  const ForkGuard fork_guard_;

  // Used by writers only.
  std::shared_ptr<Storage> storage_;
  const void* const storage_id_;  // only compared, never dereferenced
  const bool host_clock_;         // clock_ is the host's own code
  std::shared_ptr<Clock> clock_;  // guarded like tables_
  const bool allow_clock_behind_;
  const bool read_only_;
  TokenSource tokens_;
  RequestMemory requests_;        // used if there is no storage
  std::optional<Token> pending_;  // token of a batch with an unknown outcome

  EventQueue events_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_ENGINE_HPP_
