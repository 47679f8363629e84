#include "seatbook/book.hpp"

#include <string>
#include <utility>

#include "book/engine.hpp"
#include "book/storage_calls.hpp"
#include "rules/permissions.hpp"
#include "types/try.hpp"
#include "views/views.hpp"

namespace seatbook {
namespace {

Result<std::shared_ptr<detail::Engine>> open_engine(std::shared_ptr<Storage> storage,
                                                    OpenOptions options) {
  try {
    auto engine = std::make_shared<detail::Engine>(std::move(storage), std::move(options));
    SEATBOOK_TRY(engine->load());
    return engine;
  } catch (...) {  // std::random_device also throws
    return detail::error_in_flight();
  }
}

}  // namespace

Book::Book(std::shared_ptr<detail::Engine> engine) : engine_(std::move(engine)) {}
Book::Book(Book&&) noexcept = default;

Book& Book::operator=(Book&& other) noexcept {
  if (this != &other) {
    close();
    engine_ = std::move(other.engine_);
  }
  return *this;
}

Book::~Book() {
  close();
}

Result<Book> Book::open(OpenOptions options) {
  auto engine = open_engine(nullptr, std::move(options));
  if (!engine) return std::move(engine).error();
  return Book(*std::move(engine));
}

Result<Book> Book::open(std::shared_ptr<Storage> storage, OpenOptions options) {
  if (!storage) return Error{Code::invalid_argument, "storage must not be null", "storage"};
  auto engine = open_engine(std::move(storage), std::move(options));
  if (!engine) return std::move(engine).error();
  return Book(*std::move(engine));
}

Session Book::session(Actor actor) const {
  auto state = std::make_shared<detail::SessionState>();
  state->well_formed = rules::malformed(actor);
  state->actor = std::move(actor);
  return {engine_, std::move(state)};
}

Version Book::version() const {
  return engine_->version();
}
Result<Version> Book::refresh() {
  const auto engine = engine_;  // a callback of the storage may destroy the book
  return engine->refresh();
}

ListenerId Book::subscribe(Listener listener) {
  if (engine_->forked()) return {};
  return engine_->events().subscribe(std::move(listener), engine_->version());
}
ListenerId Book::subscribe_notifications(NotificationListener listener) {
  if (engine_->forked()) return {};
  return engine_->events().subscribe(std::move(listener), engine_->version());
}
void Book::unsubscribe(ListenerId listener) {
  if (!engine_->forked()) engine_->events().unsubscribe(listener);
}
std::uint64_t Book::listener_failures() const {
  return engine_->events().failures();
}
std::uint64_t Book::dropped_events() const {
  return engine_->events().dropped();
}

Result<std::string> Book::dump() const {
  return engine_->inspect(
      [](const model::Tables& tables, model::Slices& slices) -> Result<std::string> {
        return views::dump(tables, slices);
      });
}

Result<std::vector<std::string>> Book::check_invariants() const {
  return engine_->inspect(
      [](const model::Tables& tables, model::Slices& slices) -> Result<std::vector<std::string>> {
        return tables.check_invariants(slices);
      });
}

Result<BookStats> Book::stats() const {
  auto stats = engine_->inspect([](const model::Tables& tables) -> Result<BookStats> {
    BookStats counts;
    counts.version = tables.version;
    counts.people = tables.people.size();
    counts.licenses = tables.licenses.size();
    counts.assignments = tables.assignments.size();
    counts.history_rows = tables.history.size();
    return counts;
  });
  if (stats) engine_->measure(*stats);
  return stats;
}

Result<void> Book::backup_to(const std::string& path) const {
  const auto engine = engine_;  // as in refresh()
  return engine->backup_to(path);
}

bool Book::closed() const noexcept {
  return engine_->closed();
}

void Book::close() {
  if (engine_) engine_->close();
}

}  // namespace seatbook
