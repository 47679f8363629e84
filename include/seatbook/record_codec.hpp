/// Records as bytes: what a storage plug-in keeps that does not want to know what a Person is.
///
/// Storage (storage.hpp) hands over C++ records. EncodedStorage is the same contract over rows of
/// (table, id, version, JSON bytes), so that a plug-in in any language, over any database, can keep
/// them as they are; encoded_storage() makes a Storage of it. What such a plug-in hands back is not
/// trusted: each row is read strictly, and what is not exactly a record is `storage_corrupt`.
///
/// The JSON of a record, format 1: one object with the members of records.hpp under their names,
/// every one present, and `"format": 1`. Ids, revisions and versions are numbers; times RFC 3339 in
/// UTC; dates YYYY-MM-DD; money a decimal string; enumerators their names; an unlimited total and
/// whatever is missing null. Terms are an object of the same kind. It is UTF-8, in one line,
/// without white space outside texts. A format is never changed, only followed by another one.
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

/// The format that encode_record() writes, and the newest that decode_record() reads.
inline constexpr std::uint64_t record_format = 1;
/// The bytes of one encoded record, at most. The records of a book have about 20,000 at most.
inline constexpr std::size_t max_record_bytes = std::size_t{1} << 20;
/// The largest number that a record may hold: the largest that every reader of JSON keeps exact.
inline constexpr std::uint64_t max_record_number = std::uint64_t{1} << 53;

/// Where records of a kind are kept: "book", "people", "actors", "licenses", "assignments",
/// "history", "history_texts", "last_uses". A number that is no kind gives "unknown".
[[nodiscard]] std::string_view table_name(RecordKind kind) noexcept;
/// The kind of that table's records, if there is such a table.
[[nodiscard]] std::optional<RecordKind> kind_of_table(std::string_view name) noexcept;

/// A record as JSON bytes. Whatever it answers, decode_record() reads as the same record again.
/// Errors, naming the member in `field`: invalid_argument (a record that no book writes: a text
/// that is not UTF-8 or contains NUL, an unknown enumerator, a time, date, amount or number that
/// is out of range, more than max_record_bytes); out_of_memory.
[[nodiscard]] Result<std::string> encode_record(const RecordImage& image);

/// The record of a kind that the bytes say, whoever wrote them; never throws. It does not look at
/// what the rules say of a record, nor at other records: the book does.
/// Errors, in this order, naming the member in `field` where there is one to blame:
/// storage_corrupt (no such kind; more than max_record_bytes), format_too_new (field "format"),
/// storage_corrupt (no JSON object
/// in UTF-8; nested deeper than terms; an array; a number that is negative or no whole number; a
/// member twice), storage_corrupt (in the order of records.hpp: a member that is missing, of the
/// wrong type, no value of its type, a text with NUL, a number above max_record_number, or a value
/// not spelled as encode_record() spells it; then a member that is not known); out_of_memory.
[[nodiscard]] Result<RecordImage> decode_record(RecordKind kind, std::string_view json);

/// One record's new image as a row.
struct EncodedImage {
  RecordKind table = RecordKind::book_info;
  std::uint64_t id = 0;  ///< id_of() the record: its number within the table, from 1
  Version version = {};  ///< of the batch that wrote this image
  std::string bytes = {};
};

/// What one call changes, as rows: Batch of storage.hpp. The version of each put is base + 1.
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
  /// Takes one row; an error means: stop reading and answer it. Never throws, since what calls it
  /// need not be C++.
  virtual Result<void> accept(EncodedImage row) = 0;
};

/// What a plug-in implements: the calls of Storage, with the same promises, errors and threads.
/// A row is kept under (table, id) and replaces the one before; bytes are handed back as they came
/// (a database that stores JSON may order its members and space them anew).
class EncodedStorage {
 public:
  EncodedStorage() = default;
  EncodedStorage(const EncodedStorage&) = delete;
  EncodedStorage& operator=(const EncodedStorage&) = delete;
  virtual ~EncodedStorage() = default;

  /// The newest row of every record that a batch after `after` wrote, each once, in any order, from
  /// one consistent snapshot; answers that snapshot's version. Errors: storage_failed,
  /// storage_corrupt, format_too_new.
  virtual Result<Version> read(Version after, EncodedSink& sink) = 0;
  /// Makes `batch` durable, all or nothing, only if the stored version is batch.base.
  /// Errors: conflict, storage_failed, storage_unknown.
  virtual Result<void> append(const EncodedBatch& batch) = 0;
  /// As Storage::find(). Errors: storage_failed, storage_unknown (both: cannot be told now).
  virtual Result<std::optional<Version>> find(const Token& token) = 0;
  /// As Storage::lock() and unlock().
  virtual Result<void> lock() { return {}; }
  virtual void unlock() noexcept {}
};

/// A Storage that keeps its records in `inner`. It holds nothing itself: it may be used from as
/// many threads as `inner` may. What escapes `inner` escapes it.
/// - append(): a record that cannot be encoded is `storage_failed`, and `inner` is not asked.
/// - read(): beyond the errors of `inner` and of the sink (which are answered also where `inner`
///   went on after them), `storage_corrupt` for a row that decode_record() refuses, whose id is not
///   the record's, whose version is not after `after`, or is above the version that read() answers.
/// - find(): version 0 is no batch's, and answered as `storage_unknown`.
[[nodiscard]] std::shared_ptr<Storage> encoded_storage(std::shared_ptr<EncodedStorage> inner);

}  // namespace seatbook

#endif  // SEATBOOK_RECORD_CODEC_HPP_
