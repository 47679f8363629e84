/// A book's server that speaks SQL over libpq.
#ifndef SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_
#define SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "seatbook/postgres.hpp"
#include "storage/postgres/book_server.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/connection_pool.hpp"
#include "storage/postgres/rows.hpp"
#include "storage/postgres/target.hpp"

namespace seatbook::postgres::detail {

class SqlBookServer final : public BookServer {
 public:
  SqlBookServer(const Target& target, Options options);

  /// Connects, checks the tables, and finds or adds the book.
  Result<void> open();

  std::optional<Failure> connect() override;
  [[nodiscard]] bool is_open() const override { return connection_.is_open(); }
  void close() noexcept override {
    if (connection_) connection_->close();
  }
  void abandon() noexcept override {
    if (connection_) connection_->abandon();
  }
  void release() noexcept override;
  [[nodiscard]] bool shares_syncs() const override {
    return connection_ && connection_->shares_syncs();
  }
  std::optional<Failure> read_news(Version from, News& news) override;
  std::optional<Failure> lock(Version from, News& news) override;
  [[nodiscard]] bool in_transaction() const override {
    return connection_ && connection_->in_transaction();
  }
  void end_transaction() override;
  std::optional<Failure> read(Version after, ServerSink& sink, Version& version) override;
  std::optional<Failure> append(std::span<const OutgoingBatch> batches, const Head& base,
                                Durability durability) override;
  std::optional<Failure> sync(Version version, std::optional<Digest>& found) override;
  std::optional<Failure> find(const Token& token, std::optional<Stamp>& found) override;
  std::optional<Failure> raise_fence(const Token& token, Head& head,
                                     std::optional<Stamp>& found) override;
  bool pause(Backoff& backoff) override;

 private:
  Result<std::uint64_t> add_book();
  std::optional<Failure> finish(const Connection::TakeRow& take = {});
  std::optional<Failure> finish_news(Version from, News& news);
  void begin_writing();
  void send_batch(const OutgoingBatch& batch, const Stamp& base, std::uint64_t fence);
  const Statement& write_batch(const std::string& shape);
  void forget_batches(const OutgoingBatch& batch);

  const Options options_;
  const std::shared_ptr<ConnectionPool> pool_;
  const std::string schema_;  // quoted
  const Rows rows_;

  const Statement lock_book_;
  const Statement head_;
  const Statement newer_batches_;
  const Statement digest_of_;
  const Statement raise_fence_;
  const Statement find_token_;
  const Statement forget_batches_;
  const Statement forget_bytes_;

  /// The statements that write a batch, by its shape.
  std::map<std::string, Statement> write_batch_;
  ConnectionPool::Lease connection_;
  std::uint64_t book_ = 0;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_
