/// Records as bytes, for storage plug-ins that do not interpret records.
///
/// Storage (storage.hpp) handles C++ records. EncodedStorage is the same contract for rows of
/// (table, id, version, JSON bytes), so that a plug-in in any language, over any database, can
/// store them unchanged; encoded_storage() makes a Storage of it. Rows returned by a plug-in are
/// not trusted: each is parsed strictly, and a row that is not exactly one record is
/// `storage_corrupt`.
///
/// The JSON of a record, format 2: one object with all members of records.hpp under their names,
/// and `"format": 2`. Ids, revisions and versions are numbers; times RFC 3339 in UTC; dates
/// YYYY-MM-DD; money a decimal string; enumerators their names; an unlimited total and missing
/// values null. Terms are a nested object of the same form; `changes` is an array of such objects.
/// The text is UTF-8, on one line, without whitespace outside strings.
///
/// Format 1, which 0.1 wrote, has `"format": 1` and lacks `held_since` of assignments and `changes`
/// of history texts. A store can have rows of both formats. A format never changes: each later one
/// gets a new number.
///
/// The functions are safe to call from any thread.
#ifndef SEATBOOK_RECORD_CODEC_HPP_
#define SEATBOOK_RECORD_CODEC_HPP_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// The format that encode_record() writes. decode_record() also reads every older format.
inline constexpr std::uint64_t record_format = 2;
/// The maximum size of one encoded record in bytes. Records of a book have at most about 20,000.
inline constexpr std::size_t max_record_bytes = std::size_t{1} << 20;
/// The largest number in a record: the largest that every JSON reader keeps exactly.
inline constexpr std::uint64_t max_record_number = std::uint64_t{1} << 53;

/// Returns the table of a kind: "book", "people", "actors", "licenses", "assignments", "history",
/// "history_texts", "last_uses"; "unknown" for an unknown number.
[[nodiscard]] std::string_view table_name(RecordKind kind) noexcept;
/// Returns the kind of a table's records, if there is such a table.
[[nodiscard]] std::optional<RecordKind> kind_of_table(std::string_view name) noexcept;

/// Encodes one record as JSON bytes. decode_record() restores exactly this record. Errors, naming
/// the member in `field`: invalid_argument (a record that no book writes: a text that is not UTF-8
/// or contains NUL, an unknown enumerator, a time, date, amount or number that is out of range,
/// more than max_record_bytes); out_of_memory.
[[nodiscard]] Result<std::string> encode_record(const RecordImage& image);

/// Decodes one record of the given kind. The input can be untrusted; never throws. Checks syntax
/// only: the book checks rules and references. Errors, in this order, naming the faulty member in
/// `field` if there is one: storage_corrupt (unknown kind; more than max_record_bytes),
/// format_too_new (field "format"), storage_corrupt (not a JSON object in UTF-8; nested deeper than
/// terms; an array, except the list `changes` of objects; a number that is negative or not an
/// integer; a member twice), storage_corrupt (in the order of records.hpp: a member that is
/// missing, of the wrong type, not a valid value, a text with NUL, a number above
/// max_record_number, or a value not spelled as encode_record() spells it; then a member that its
/// format does not have); out_of_memory.
[[nodiscard]] Result<RecordImage> decode_record(RecordKind kind, std::string_view json);

/// The new image of one record as a row.
struct EncodedImage {
  RecordKind table = RecordKind::book_info;
  std::uint64_t id = 0;  ///< id_of() the record: its number within the table, from 1
  Version version = {};  ///< of the batch that wrote this image
  std::string bytes = {};
};

/// The changes of one call as rows, like Batch in storage.hpp. The version of each image is base +
/// 1.
struct EncodedBatch {
  Version base = {};
  Token token = {};
  std::vector<EncodedImage> images = {};
};

/// Receives rows from EncodedStorage::read().
class EncodedSink {
 public:
  EncodedSink() = default;
  EncodedSink(const EncodedSink&) = delete;
  EncodedSink& operator=(const EncodedSink&) = delete;
  virtual ~EncodedSink() = default;
  /// Accepts one row. If it returns an error, read() must stop and return that error. Never throws,
  /// since the caller need not be C++.
  virtual Result<void> accept(EncodedImage row) = 0;
};

/// The interface of a plug-in: the calls of Storage, with the same guarantees, errors and threads.
/// A row is stored under (table, id) and replaces the previous one. Bytes are returned as they were
/// written; a database that stores JSON may reorder members and change whitespace.
class EncodedStorage {
 public:
  EncodedStorage() = default;
  EncodedStorage(const EncodedStorage&) = delete;
  EncodedStorage& operator=(const EncodedStorage&) = delete;
  virtual ~EncodedStorage() = default;

  /// Passes the newest row of every record that a batch after `after` wrote to `sink`: each once,
  /// in any order, from one consistent snapshot. Returns the version of that snapshot.
  /// Errors: storage_failed, storage_corrupt, format_too_new.
  virtual Result<Version> read(Version after, EncodedSink& sink) = 0;
  /// Makes `batch` durable, all or nothing, only if the stored version is batch.base.
  /// Errors: conflict, storage_failed, storage_unknown.
  virtual Result<void> append(const EncodedBatch& batch) = 0;
  /// Same as Storage::largest_group().
  [[nodiscard]] virtual std::size_t largest_group() const { return 1; }
  /// Same as Storage::append_group(). Later batches can contain newer rows of the same records.
  /// Errors: conflict, storage_failed, storage_unknown.
  virtual Result<void> append_group(const std::vector<EncodedBatch>& batches);
  /// Same as Storage::sync().
  virtual Result<void> sync() { return {}; }
  /// Same as Storage::find(). Errors: storage_failed, storage_unknown (both: cannot be determined
  /// now).
  virtual Result<std::optional<Version>> find(const Token& token) = 0;
  /// Same as Storage::seen().
  virtual Result<std::optional<Version>> seen(const Token& token) { return find(token); }
  /// Same as Storage::lock() and unlock().
  virtual Result<void> lock() { return {}; }
  virtual void unlock() noexcept {}
  /// Same as Storage::clock().
  [[nodiscard]] virtual std::shared_ptr<Clock> clock() { return nullptr; }
  /// Same as Storage::backup_to().
  virtual Result<void> backup_to(const std::string& path);
};

/// Returns a Storage that stores its records in `inner`. It has no state: it can be used from as
/// many threads as `inner`. Exceptions of `inner` pass through.
/// - append(), append_group(): a record that cannot be encoded fails with `storage_failed`, without
///   calling `inner`.
/// - read(): in addition to the errors of `inner` and of the sink (which are returned even if
///   `inner` continued after them), `storage_corrupt` for a row that decode_record() refuses, whose
///   id is not the record's, whose version is not after `after`, or is above the version that
///   read() returns.
/// - find(), seen(): version 0 is not a batch and becomes `storage_unknown`.
[[nodiscard]] std::shared_ptr<Storage> encoded_storage(std::shared_ptr<EncodedStorage> inner);

}  // namespace seatbook

#endif  // SEATBOOK_RECORD_CODEC_HPP_
