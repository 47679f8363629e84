/// A book's server that speaks SQL over libpq.
#ifndef SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_
#define SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "seatbook/postgres.hpp"
#include "storage/postgres/book_server.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/rows.hpp"
#include "storage/postgres/target.hpp"

namespace seatbook::postgres::detail {

class SqlBookServer final : public BookServer {
 public:
  SqlBookServer(Target target, Options options);

  /// Connects, checks the tables, and finds or adds the book.
  Result<void> open();

  std::optional<Failure> connect() override;
  [[nodiscard]] bool is_open() const override { return connection_.is_open(); }
  void close() noexcept override { connection_.close(); }
  void abandon() noexcept override { connection_.abandon(); }
  std::optional<Failure> read_head(Head& head) override;
  std::optional<Failure> begin_snapshot(Head& head) override;
  std::optional<Failure> lock(Head& head) override;
  [[nodiscard]] bool in_transaction() const override { return connection_.in_transaction(); }
  void end_transaction() override;
  std::optional<Failure> read(Version after, ServerSink& sink, Version& version) override;
  std::optional<Failure> append(std::span<const Batch> batches, std::uint64_t fence) override;
  std::optional<Failure> find(const Token& token, std::optional<Version>& found) override;
  std::optional<Failure> raise_fence(const Token& token, Head& head,
                                     std::optional<Version>& found) override;

 private:
  Result<std::uint64_t> find_book();
  std::optional<Failure> finish_head(const Statement& statement, Head& head);
  std::optional<Failure> finish(const Connection::TakeRow& take = {});
  void send_batch(const Batch& batch, std::uint64_t fence);

  const Target target_;
  const Options options_;
  const std::string schema_;  // quoted
  const Rows rows_;

  const Statement head_;
  const Statement lock_head_;
  const Statement head_token_;
  const Statement token_of_;
  const Statement raise_fence_;
  const Statement find_token_;
  const Statement compare_and_set_;
  const Statement add_batch_;
  const Statement forget_batches_;

  Connection connection_;
  std::uint64_t book_ = 0;
  bool snapshot_ = false;  // the open transaction only reads
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_SQL_BOOK_SERVER_HPP_
