// Tests host storages and clocks that use the book which is calling them.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

/// Forwards calls to an in-memory storage, and calls `inside` in each of them.
class Calling final : public Storage {
 public:
  std::function<void()> inside;

  Result<Version> read(Version after, RecordSink& sink) override {
    call();
    return inner_->read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    call();
    return inner_->append(batch);
  }
  Result<std::optional<Version>> find(const Token& token) override {
    call();
    return inner_->find(token);
  }
  Result<void> lock() override {
    call();
    return inner_->lock();
  }
  void unlock() noexcept override {
    call();
    inner_->unlock();
  }
  Result<void> backup_to(const std::string& /*path*/) override {
    call();
    return {};
  }

 private:
  void call() {
    if (inside) inside();
  }
  std::shared_ptr<Storage> inner_ = memory_storage();
};

TEST(Callbacks, OfAStorageCannotUseTheBookThatCallsThem) {
  const auto storage = std::make_shared<Calling>();
  Desk desk(storage);
  Book second = Book::open(storage).value();
  Book other = Book::open().value();
  int calls = 0;
  storage->inside = [&] {
    ++calls;
    for (Book* const book : {&desk.book, &second}) {
      Session admin = book->session({.actor = "root", .role = Role::super_admin});
      EXPECT_EQ(code_of(admin.add_person({.name = "Bo"})), Code::invalid_argument);
      EXPECT_EQ(code_of(admin.import_people({.csv = "Name\nBo\n"})), Code::invalid_argument);
      EXPECT_EQ(code_of(admin.people()), Code::invalid_argument);
      EXPECT_EQ(code_of(admin.seat_list({})), Code::invalid_argument);
      EXPECT_EQ(code_of(admin.at_least(Version(99)).people()), Code::invalid_argument);
      EXPECT_FALSE(admin.can(Operation::people));
      EXPECT_EQ(admin.why_not(Operation::people)->code, Code::invalid_argument);
      EXPECT_EQ(code_of(book->refresh()), Code::invalid_argument);
      EXPECT_EQ(code_of(book->dump()), Code::invalid_argument);
      EXPECT_EQ(code_of(book->check_invariants()), Code::invalid_argument);
      EXPECT_EQ(code_of(book->backup_to("copy")), Code::invalid_argument);
      book->unsubscribe(book->subscribe([](const Event&) {}));
    }
    EXPECT_EQ(code_of(Book::open(storage)), Code::invalid_argument);
    Session elsewhere = other.session({.actor = "log", .role = Role::super_admin});
    EXPECT_TRUE(elsewhere.add_person({.name = "A line"}));
  };
  RequestId request;
  request.bytes[0] = 1;
  EXPECT_TRUE(desk.admin.add_person({.name = "Ada", .request_id = request}));
  EXPECT_EQ(calls, 5) << "lock, read, find, append, unlock";
  EXPECT_TRUE(desk.book.refresh());
  EXPECT_EQ(calls, 6);
  // backup_to() holds no lock while it calls the storage.
  storage->inside = [&] { EXPECT_EQ(desk.admin.people()->size(), 1U); };
  EXPECT_TRUE(desk.book.backup_to("copy"));
  storage->inside = nullptr;
  EXPECT_EQ(desk.admin.people()->size(), 1U);
}

TEST(Callbacks, OfAClockCannotUseTheBook) {
  struct ReentrantClock final : Clock {
    Timestamp now() override {
      if (use) use();
      return instant("2026-03-01T12:00:00Z");
    }
    std::function<void()> use;
  };
  const auto clock = std::make_shared<ReentrantClock>();
  Desk desk(nullptr, {.clock = clock});
  int refused = 0;
  clock->use = [&] {
    if (code_of(desk.admin.add_person({.name = "Bo"})) == Code::invalid_argument) ++refused;
    if (code_of(desk.admin.people()) == Code::invalid_argument) ++refused;
  };
  desk.person("Ada");
  EXPECT_EQ(refused, 2);
  // The clock of a query, which would read the clock again without end.
  clock->use = [&] {
    if (code_of(desk.admin.seat_list({})) == Code::invalid_argument) ++refused;
    if (code_of(desk.admin.add_person({.name = "Bo"})) == Code::invalid_argument) ++refused;
    if (code_of(desk.book.refresh()) == Code::invalid_argument) ++refused;
  };
  EXPECT_TRUE(desk.admin.seat_list({}));
  EXPECT_EQ(refused, 5);
  clock->use = [&] { desk.book.close(); };
  EXPECT_EQ(code_of(desk.admin.seat_list({})), Code::book_closed);
}

TEST(Callbacks, CloseTheBookWhenTheRunningCallEnds) {
  enum class How { close, destroy, refresh };
  for (const How how : {How::close, How::destroy, How::refresh}) {
    const auto storage = std::make_shared<Calling>();
    std::optional<Book> book = Book::open(storage).value();
    Session admin = book->session({.actor = "root", .role = Role::super_admin});
    ASSERT_TRUE(admin.add_person({.name = "Ada"}));
    const std::weak_ptr<Storage> released = storage;
    int received = 0;
    book->subscribe([&](const Event&) { ++received; });
    storage->inside = [&] {
      if (how == How::close) {
        book->close();
        EXPECT_FALSE(book->closed());
      } else {
        book.reset();
      }
      EXPECT_EQ(code_of(admin.people()), Code::invalid_argument) << "not closed yet";
    };
    if (how == How::refresh) {
      EXPECT_EQ(book->refresh().value(), Version(1));
    } else {
      EXPECT_EQ(admin.add_person({.name = "Bo"})->version, Version(2));
    }
    storage->inside = nullptr;
    EXPECT_EQ(code_of(admin.people()), Code::book_closed);
    EXPECT_EQ(storage.use_count(), 1) << "the storage is released";
    EXPECT_EQ(Desk(storage).admin.people()->size(), how == How::refresh ? 1U : 2U);
  }
}

TEST(Callbacks, MayCloseAnotherBookOnTheSameStorage) {
  const auto storage = std::make_shared<Calling>();
  Desk desk(storage);
  Book second = Book::open(storage).value();
  storage->inside = [&] { second.close(); };
  desk.person("Ada");
  storage->inside = nullptr;
  EXPECT_TRUE(second.closed());
  EXPECT_EQ(desk.admin.people()->size(), 1U);
}

}  // namespace
}  // namespace seatbook::testing
