#include "simulation/simulation.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>
#include <utility>
#include <variant>

#include "seatbook/describe.hpp"
#include "storage/postgres/storage.hpp"
#include "support/forwarding_storage.hpp"

namespace seatbook::simulation {
namespace {

using postgres::detail::PostgresStorage;
using testing::WithoutLock;

constexpr std::uint64_t most_steps = 100;
constexpr std::uint64_t steps_of_rates = 20;  // after this many steps the rates change
constexpr int deepest = 3;                    // calls that run at the same time

/// Reads the batches of a server directly, without a connection.
class History final : public Storage {
 public:
  /// `until`: as if nothing had been written after this version.
  explicit History(const Server& server, std::optional<Version> until = {})
      : server_(server), until_(until) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    const Version version = until_.value_or(server_.version());
    std::optional<Error> refusal;
    (void)server_.read(after, version, std::nullopt, [&](const RecordImage& image) {
      if (auto accepted = sink.accept(image); !accepted) refusal = accepted.error();
      return !refusal;
    });
    if (refusal) return *refusal;
    return version;
  }
  Result<void> append(const Batch& /*batch*/) override {
    return Error{Code::storage_failed, "read only"};
  }
  Result<std::optional<Version>> find(const Token& /*token*/) override {
    return std::optional<Version>();
  }

 private:
  const Server& server_;
  const std::optional<Version> until_;
};

Token token_of(std::uint64_t number) {
  Token token;
  token.bytes.fill(0x51);
  std::memcpy(token.bytes.data(), &number, sizeof number);
  return token;
}

/// Compares all records of two books. A dump takes ten times as long.
bool equal(const Book& a, const Book& b) {
  const Actor reader{.actor = "reader", .role = Role::super_admin};
  const Session left = a.session(reader);
  const Session right = b.session(reader);
  const auto same = [&](const auto& query) {
    const auto one = query(left);
    const auto other = query(right);
    return one.has_value() == other.has_value() && (!one || *one == *other);
  };
  const auto same_by_id = [&](const auto& query) {
    for (std::uint64_t id = 1;; ++id) {
      const auto one = query(left, id);
      const auto other = query(right, id);
      if (!one || !other) return one.has_value() == other.has_value();
      if (!(*one == *other)) return false;
    }
  };
  return same([](const Session& book) { return book.people(); }) &&
         same([](const Session& book) { return book.licenses(); }) &&
         same([](const Session& book) { return book.history({.limit = max_history_limit}); }) &&
         same_by_id([](const Session& book, std::uint64_t id) {
           return book.get_assignment(AssignmentId(id));
         }) &&
         same_by_id([](const Session& book, std::uint64_t id) {
           return book.last_use(AssignmentId(id));
         }) &&
         same_by_id(
             [](const Session& book, std::uint64_t id) { return book.get_actor(ActorId(id)); });
}

std::string text(Version version) {
  return std::to_string(version.value);
}

}  // namespace

/// A call that waits for the call of the same book that runs now.
struct Simulation::Follower {
  RequestId id;
  Outcome outcome = {};
  std::atomic<bool> done = false;
  std::thread thread = {};
};

/// A process with the book.
struct Simulation::Desk {
  std::string name;
  bool without_lock = false;
  Connection* connection = nullptr;  // owned by the storage
  std::shared_ptr<Storage> storage;
  std::optional<Book> book;
  bool busy = false;
  bool leads = false;  // runs a command that others can join
  std::vector<std::unique_ptr<Follower>> followers;
  std::vector<Token> unknown;  // of calls without a request id, until a call has resolved them
  std::uint64_t restores_before = 0;  // its running call
  // Before its last successful call:
  std::uint64_t restores = 0;
  std::uint64_t cuts = 0;
};

Simulation::Simulation(std::uint64_t seed, Mistake mistake, Counts& counts)
    : chance_(seed), mistake_(mistake), counts_(counts) {
  // Some servers remember few batches, so that late messages outlive them.
  const std::size_t remembered = chance_.one_in(3) ? remembered_tokens : 10;
  server_ = std::make_unique<Server>(chance_, *this, mistake, remembered);
  history_ = std::make_shared<History>(*server_);
  reopen_oracle();
  const std::uint64_t count = 3 + chance_.below(2);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto desk = std::make_unique<Desk>();
    desk->name = "desk " + std::to_string(i);
    desk->without_lock = chance_.one_in(2);
    desks_.push_back(std::move(desk));
  }
}

Simulation::~Simulation() {
  rates_ = {};
  for (auto& desk : desks_) desk->book.reset();
  end_turn();
}

void Simulation::take_turn() {
  if (has_turn_ == std::this_thread::get_id()) return;
  turn_.lock();
  has_turn_ = std::this_thread::get_id();
}

void Simulation::end_turn() {
  if (has_turn_ != std::this_thread::get_id()) return;
  has_turn_ = std::thread::id();
  turn_.unlock();
}

std::optional<std::string> Simulation::run() {
  take_turn();
  // Records to work on, without faults.
  open(*desks_.front());
  Session desk = desks_.front()->book->session({.actor = "root", .role = Role::super_admin});
  for (; people_ < 5; ++people_) {
    (void)desk.add_person({.name = "Person " + std::to_string(people_)});
  }
  for (int seats = 1; seats <= 3; ++seats) {
    (void)desk.add_license({.name = "License", .total_seats = seats, .owner = PersonId(1)});
  }
  desks_.front()->connection->take_sent();
  with_ids_ = chance_.below(3);
  with_restores_ = chance_.one_in(2);
  with_groups_ = chance_.one_in(3);
  const std::uint64_t steps = 20 + chance_.below(most_steps);
  for (; steps_ < steps && !violation_; ++steps_) {
    if (steps_ % steps_of_rates == 0) draw_rates();
    meanwhile();
    if (Desk* idle = idle_desk()) step(*idle);
  }
  if (!violation_) settle();
  return violation_;
}

/// Stops the faults for a while, so that other books write much before a late message arrives.
void Simulation::calm_down() {
  rates_ = {};
  rates_.call = 3 + chance_.below(12);
}

void Simulation::draw_rates() {
  const auto rate = [&](std::uint64_t most_often, std::uint64_t range) {
    return chance_.one_in(3) ? 0 : most_often + chance_.below(range);
  };
  calm_down();
  if (chance_.one_in(3)) return;
  rates_.loss = chance_.one_in(3) ? 2 : rate(4, 40);
  rates_.late = chance_.one_in(3) ? 4 : rate(5, 60);
  rates_.crash = chance_.one_in(3) ? 8 : rate(20, 200);
  rates_.restore = with_restores_ ? rate(100, 300) : 0;
  rates_.end = rate(20, 80);
  rates_.kill = rate(1, 2);
}

void Simulation::violate(const std::string& what) {
  if (!violation_) violation_ = "step " + std::to_string(steps_) + ": " + what;
}

void Simulation::note(std::uint64_t value) {
  trace_ = (trace_ ^ value) * 0x100000001b3;
}

// -------------------------------------------------------------------------------------- the server

void Simulation::meanwhile() {
  if (violation_) return;
  if (chance_.one_in(rates_.late)) server_->continue_any_session();
  if (chance_.one_in(rates_.end)) server_->end_any_session();
  if (chance_.one_in(rates_.crash)) {
    ++counts_.crashes;
    server_->crash();
  }
  if (chance_.one_in(rates_.restore) && server_->version().value > 10) {
    ++counts_.restores;
    server_->restore(Version(server_->version().value - 1 - chance_.below(4)));
  }
  if (!running_.empty() && running_.back()->leads && chance_.one_in(10)) {
    add_follower(*running_.back());
  }
  if (depth_ > 0 && depth_ < deepest && chance_.one_in(rates_.call)) {
    if (Desk* idle = idle_desk()) {
      ++counts_.nested;
      step(*idle);
    }
  }
}

void Simulation::before_flush() {
  if (chance_.one_in(rates_.crash)) {
    ++counts_.crashes;
    server_->crash();
  }
}

void Simulation::committed(Version version, const Batch& batch) {
  ++counts_.committed;
  note(version.value);
  if (batch.base.value + 1 != version.value) {
    violate("version " + text(version) + " was decided on version " + text(batch.base));
  }
  if (denied_.count(batch.token) != 0) {
    violate("version " + text(version) + " was written after its call had failed");
  }
  const auto [at, fresh] = written_.emplace(batch.token, Written{version});
  if (!fresh && !at->second.gone && !forgotten(at->second)) {
    violate("version " + text(version) + " repeats version " + text(at->second.version));
  }
  at->second = {version};
  if (const auto refreshed = oracle_->refresh(); !refreshed) {
    violate("version " + text(version) + " cannot be applied: " + refreshed.error().message);
    return;
  }
  check_version();
}

void Simulation::cut(Version version, bool restored) {
  ++cuts_;
  note(version.value + 1'000);
  if (restored) ++restores_;
  for (auto at = written_.begin(); at != written_.end();) {
    if (at->second.version <= version) {
      ++at;
      continue;
    }
    if (restored) {
      at->second.gone = true;
      ++at;
      continue;
    }
    if (!at->second.gone && acknowledged_.count(at->first) != 0) {
      violate("a crash has removed version " + text(at->second.version) +
              ", which was acknowledged");
    }
    at = at->second.gone ? std::next(at) : written_.erase(at);
  }
  check_durable();
  reopen_oracle();
}

void Simulation::reopen_oracle() {
  oracle_.reset();
  auto opened = Book::open(history_, {.clock = clock_, .read_only = true});
  if (!opened) return violate("the stored records are not a book: " + opened.error().message);
  oracle_.emplace(*std::move(opened));
}

/// Checks the newest version by itself.
void Simulation::check_version() {
  const auto findings = oracle_->check_invariants();
  if (!findings || !findings->empty()) {
    violate("version " + text(server_->version()) +
            " breaks the rules: " + (findings ? findings->front() : findings.error().message));
  }
  check_capacity();
}

/// Whether the book has the records of the oracle at the book's version.
bool Simulation::is_stored(const Book& book) const {
  if (book.version() == server_->version()) return equal(book, *oracle_);
  if (book.version() > server_->version()) return false;
  const auto then =
      Book::open(std::make_shared<History>(*server_, book.version()), {.clock = clock_});
  return then && equal(book, *then);
}

/// Counts the seats of each license from the records. Independent of the tables of a book.
void Simulation::check_capacity() {
  std::map<LicenseId, License> licenses;
  std::map<LicenseId, std::set<PersonId>> holders;
  (void)server_->read({}, server_->version(), std::nullopt, [&](const RecordImage& image) {
    if (const auto* license = std::get_if<License>(&image)) licenses[license->id] = *license;
    const auto* seat = std::get_if<Assignment>(&image);
    if (seat != nullptr && seat->active() && !holders[seat->license].insert(seat->person).second) {
      violate("person " + std::to_string(seat->person.value) + " holds a license twice");
    }
    return true;
  });
  for (const auto& [id, held] : holders) {
    const License& license = licenses[id];
    if (license.policy == CapacityPolicy::enforce &&
        static_cast<std::int64_t>(held.size()) > license.total_seats.seats()) {
      violate("license " + std::to_string(id.value) + " has more holders than seats");
    }
  }
}

// --------------------------------------------------------------------------------------- the books

/// Returns a book that can make a call. The first one is used rarely, so that others write much
/// between its calls.
Simulation::Desk* Simulation::idle_desk() {
  constexpr std::uint64_t rarely = 8;
  const std::uint64_t first = chance_.one_in(rarely) ? 0 : 1;
  Desk& desk = *desks_[first + chance_.below(desks_.size() - first)];
  return desk.busy ? nullptr : &desk;
}

void Simulation::step(Desk& desk) {
  constexpr std::int64_t second_us = 1'000'000;
  clock_->advance_us(second_us);
  ++counts_.calls;
  ++depth_;
  running_.push_back(&desk);
  desk.busy = true;
  if (!desk.book) {
    open(desk);
  } else if (chance_.one_in(7)) {
    refresh(desk);
  } else if (chance_.one_in(40)) {
    desk.book.reset();
    desk.storage.reset();
  } else {
    send_command(desk);
  }
  if (desk.storage && desk.connection->killed()) {
    ++counts_.kills;
    if (chance_.one_in(2)) calm_down();
    desk.book.reset();
    desk.storage.reset();
  }
  desk.busy = false;
  running_.pop_back();
  --depth_;
  check_durable();
}

void Simulation::open(Desk& desk) {
  const std::uint64_t cuts = cuts_;
  desk.unknown.clear();
  desk.storage.reset();
  auto connection = std::make_unique<Connection>(*server_, chance_, *this, rates_, mistake_);
  desk.connection = connection.get();
  auto storage = std::make_shared<PostgresStorage>(std::move(connection), postgres::Options());
  desk.storage = storage;
  if (desk.without_lock) desk.storage = std::make_shared<WithoutLock>(storage);
  if (desk.connection->connect()) {
    desk.storage.reset();
    return;
  }
  auto opened = Book::open(desk.storage, {.clock = clock_});
  note(opened ? 1 : 2);
  if (!opened) {
    const Code code = opened.error().code;
    if (code != Code::storage_failed && (code != Code::book_needs_reopen || cuts == cuts_)) {
      violate(desk.name + " cannot open the book: " + opened.error().message);
    }
    desk.storage.reset();
    return;
  }
  desk.book.emplace(*std::move(opened));
  desk.restores = 0;
  check_book(desk, cuts == cuts_);
}

void Simulation::refresh(Desk& desk) {
  const std::uint64_t cuts = cuts_;
  const Version before = server_->version();
  const auto refreshed = desk.book->refresh();
  const Outcome outcome =
      refreshed ? Outcome{} : Outcome{refreshed.error().code, {}, refreshed.error().message, {}};
  desk.connection->take_sent();
  validate(desk, outcome, std::nullopt, false, std::nullopt);
  if (!desk.book || !refreshed) return;
  if (cuts == cuts_ && *refreshed < before) {
    violate(desk.name + " refreshed to version " + text(*refreshed) + " of " + text(before));
  }
  check_book(desk, cuts == cuts_);
}

void Simulation::send_command(Desk& desk) {
  std::optional<RequestId> id;
  Command command;
  const bool again = !unanswered_.empty() && chance_.one_in(3);
  if (again) {
    const auto at =
        unanswered_.begin() + static_cast<std::ptrdiff_t>(chance_.below(unanswered_.size()));
    id = at->id;
    command = std::move(at->command);
    unanswered_.erase(at);
  } else {
    if (chance_.one_in(with_ids_)) id = token_of(++next_id_);
    desk.leads = with_groups_ && chance_.one_in(2);
    command = make_command(id, desk.leads);
  }
  const std::uint64_t cuts = cuts_;
  const std::uint64_t restores = restores_;
  desk.restores_before = restores;
  Session session = session_of(desk);
  const Outcome outcome = command(session);
  join_followers(desk);
  if (outcome.code == Code::storage_unknown && id && restores == restores_) {
    unanswered_.push_back({std::move(command), *id});
  }
  validate(desk, outcome, id, again, last_sent(desk, id));
  for (const auto& follower : std::exchange(desk.followers, {})) validate(desk, *follower);
  if (desk.book) check_book(desk, cuts == cuts_ && outcome.code == Code::ok);
}

Session Simulation::session_of(Desk& desk) {
  const std::uint64_t actor = chance_.one_in(10) ? steps_ : 0;
  return desk.book->session(
      {.actor = desk.name + "." + std::to_string(actor), .role = Role::super_admin});
}

/// Makes a call in another thread, and waits until it is queued behind the call that runs now.
void Simulation::add_follower(Desk& desk) {
  constexpr std::size_t most = 3;
  if (desk.followers.size() == most) return;
  ++counts_.grouped;
  desk.followers.push_back(std::make_unique<Follower>());
  Follower& follower = *desk.followers.back();
  follower.id = token_of(++next_id_);
  const Command command = make_command(follower.id, true);
  Session session = session_of(desk);
  // In separate threads, because this one is in a callback of the book.
  std::thread([&] {
    const std::uint64_t waiting = desk.book->stats()->queue_length;
    follower.thread = std::thread([this, &follower, command, own = session]() mutable {
      follower.outcome = command(own);
      end_turn();
      follower.done = true;
    });
    while (!follower.done && desk.book->stats()->queue_length == waiting) std::this_thread::yield();
  }).join();
}

/// Lets the calls that wait for this one end.
void Simulation::join_followers(Desk& desk) {
  desk.leads = false;
  if (desk.followers.empty()) return;
  end_turn();
  for (const auto& follower : desk.followers) follower->thread.join();
  take_turn();
}

Simulation::Command Simulation::make_command(const std::optional<RequestId>& id, bool joins) {
  const PersonId person(1 + chance_.below(people_));
  const LicenseId license(1 + chance_.below(3));
  const std::uint64_t recent = std::min<std::uint64_t>(assignments_, 8);
  const AssignmentId assignment(assignments_ - (recent == 0 ? 0 : chance_.below(recent)));
  const auto sends = [](auto request, auto call) -> Command {
    return [request, call](Session& session) {
      const auto result = (session.*call)(request);
      if (!result) {
        return Outcome{result.error().code, {}, result.error().message, result.error().values};
      }
      Outcome outcome{Code::ok, result->version};
      if constexpr (requires { result->assignment; }) outcome.assignment = result->assignment.value;
      if constexpr (requires { result->person; }) outcome.person = result->person.value;
      return outcome;
    };
  };
  constexpr std::uint64_t single_seat = 16;
  const std::uint64_t kind = chance_.below(joins ? single_seat : 20);
  const std::string number = std::to_string(steps_);
  if (kind < 8) {
    return sends(Assign{.license = license, .person = person, .request_id = id}, &Session::assign);
  }
  if (kind < 12) {
    return sends(Revoke{.assignment = assignment, .reason = "reason " + number, .request_id = id},
                 &Session::revoke);
  }
  if (kind < 14) {
    return sends(Transfer{.assignment = assignment, .person = person, .request_id = id},
                 &Session::transfer);
  }
  if (kind < 15) {
    return sends(RecordUse{.assignment = assignment, .used_at = clock_->now(), .request_id = id},
                 &Session::record_use);
  }
  switch (kind) {
    case single_seat - 1:
      return sends(EditSeat{.assignment = assignment, .notes = "Note " + number, .request_id = id},
                   &Session::edit_seat);
    case 16:
      return sends(
          AssignMany{
              .license = license, .people = {person, PersonId(1), PersonId(2)}, .request_id = id},
          &Session::assign_many);
    case 17:
      return sends(
          SetTotalSeats{.license = license, .total_seats = 1 + chance_.below(4), .request_id = id},
          &Session::set_total_seats);
    case 18:
      return sends(UpdatePerson{.person = person, .name = "Name " + number, .request_id = id},
                   &Session::update_person);
    default:
      return sends(AddPerson{.name = "Person " + number, .request_id = id}, &Session::add_person);
  }
}

// -------------------------------------------------------------------------------------- the checks

/// Returns the token of the last batch that was sent for the call. Checks that none of its earlier
/// attempts is ever written.
std::optional<Token> Simulation::last_sent(Desk& desk, const std::optional<RequestId>& id) {
  std::vector<Token> sent = desk.connection->take_sent();
  std::erase_if(sent, [&](const Token& token) {
    return std::any_of(desk.followers.begin(), desk.followers.end(),
                       [&](const auto& follower) { return follower->id == token; });
  });
  if (sent.empty()) return std::nullopt;
  for (const Token& token : sent) {
    if (token != sent.back()) deny(token);
  }
  return id ? id : sent.back();
}

void Simulation::validate(Desk& desk, const Follower& follower) {
  if (!desk.book) return;  // the book has failed, so the call has
  if (follower.outcome.code == Code::storage_unknown) {
    ++counts_.codes[follower.outcome.code];
    return;  // the request is not sent again
  }
  validate(desk, follower.outcome, follower.id, false, follower.id);
}

void Simulation::validate(Desk& desk, const Outcome& outcome, const std::optional<RequestId>& id,
                          bool again, std::optional<Token> last) {
  ++counts_.codes[outcome.code];
  note(static_cast<std::uint64_t>(outcome.code));
  assignments_ = std::max(assignments_, outcome.assignment);
  people_ = std::max(people_, outcome.person);
  if (desk.connection->killed()) return;  // the caller never gets the result
  switch (outcome.code) {
    case Code::ok: {
      for (const Token& token : std::exchange(desk.unknown, {})) {
        if (written_.count(token) == 0) deny(token);
      }
      if (!last) return;
      // A call that is decided again can find that nothing changes.
      const auto at = written_.find(*last);
      const bool wrote = at != written_.end() && at->second.version == outcome.version;
      return wrote ? acknowledge(*last, outcome.version) : deny(*last);
    }
    case Code::storage_unknown:
      if (last && !id) desk.unknown.push_back(*last);
      return;
    case Code::repeated_request:
      // A restore can keep the first batches of a group whose commit got no reply.
      if (!again && desk.restores_before == restores_)
        violate("the first call with a request id was refused as a repeated one");
      acknowledge(*id, Version(outcome.values.front()));
      return;
    case Code::internal:
    case Code::storage_corrupt:
      return violate(desk.name + ": " + outcome.message);
    case Code::book_needs_reopen:
      if (desk.restores == restores_) {
        violate(desk.name + " failed although the server was not restored: " + outcome.message);
      }
      desk.book.reset();
      desk.storage.reset();
      break;
    default:
      break;
  }
  // The call was sent before, perhaps by another book: only a result of the rules settles it.
  const bool settled =
      !again || (outcome.code > Code::repeated_request && outcome.code < Code::conflict);
  if (last && settled) deny(*last);
  if (id && settled) deny(*id);
}

/// Whether the server no longer remembers the token: it can be reported as not written, and a
/// request sent again can be written again.
bool Simulation::forgotten(const Written& written) const {
  return server_->version().value >= written.version.value + server_->remembered();
}

void Simulation::acknowledge(const Token& token, Version version) {
  const auto at = written_.find(token);
  if (at == written_.end() || at->second.version != version) {
    return violate(
        "version " + text(version) + " was acknowledged, but is not stored" +
        (at == written_.end() ? "" : ": its batch is version " + text(at->second.version)));
  }
  if (!at->second.gone && version > server_->durable()) {
    violate("version " + text(version) + " was acknowledged before it was durable");
  }
  acknowledged_.insert(token);
}

void Simulation::deny(const Token& token) {
  const auto at = written_.find(token);
  if (at != written_.end() && !at->second.gone && !forgotten(at->second)) {
    violate("version " + text(at->second.version) + " is stored although its call has failed");
  }
  denied_.insert(token);
}

/// Compares the book with the stored records of its version. `current`: the book has read the
/// server's present history, not one that a restore has ended.
void Simulation::check_book(Desk& desk, bool current) {
  if (current) {
    desk.restores = restores_;
    desk.cuts = cuts_;
  }
  if (violation_ || desk.cuts != cuts_) return;
  // This takes longer than a call. A difference stays until the book is opened again, so one call
  // in four is enough.
  if (!settling_ && !chance_.one_in(4)) return;
  if (desk.book->stats() && !is_stored(*desk.book)) {
    violate(desk.name + " is not the stored book at version " + text(desk.book->version()));
  }
}

/// No book that knows the server's history shows what a crash could undo.
void Simulation::check_durable() {
  for (const auto& desk : desks_) {
    if (desk->book && desk->restores == restores_ && desk->book->version() > server_->durable()) {
      violate(desk->name + " shows version " + text(desk->book->version()) +
              ", which is not durable");
    }
  }
}

/// Without further faults every book reaches the same state.
void Simulation::settle() {
  settling_ = true;
  rates_ = {};
  server_->start();
  server_->finish_sessions();
  for (const auto& desk : desks_) {
    for (int attempt = 0; attempt < 3 && !violation_; ++attempt) {
      if (!desk->book) open(*desk);
      if (desk->book) refresh(*desk);
      if (desk->book && desk->book->version() == server_->version()) break;
    }
    if (violation_) return;
    if (!desk->book || desk->book->version() != server_->version()) {
      violate(desk->name + " does not recover");
    }
  }
}

}  // namespace seatbook::simulation
