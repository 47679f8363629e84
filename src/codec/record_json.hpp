/// Records as JSON objects: one format for all readers and writers.
#ifndef SEATBOOK_CODEC_RECORD_JSON_HPP_
#define SEATBOOK_CODEC_RECORD_JSON_HPP_

#include <nlohmann/json.hpp>

#include "seatbook/records.hpp"

namespace seatbook::codec {

using nlohmann::json;

/// Return a record as JSON. Members are named as in records.hpp; ids, revisions and versions are
/// numbers, times RFC 3339, dates YYYY-MM-DD, money a decimal string, enumerators their names,
/// "unlimited" and missing values null.
[[nodiscard]] nlohmann::json to_json(const BookInfo& info);
[[nodiscard]] nlohmann::json to_json(const ActorRecord& actor);
[[nodiscard]] nlohmann::json to_json(const Person& person);
[[nodiscard]] nlohmann::json to_json(const License& license);
[[nodiscard]] nlohmann::json to_json(const Assignment& assignment);
[[nodiscard]] nlohmann::json to_json(const HistoryRow& row);
[[nodiscard]] nlohmann::json to_json(const HistoryTexts& texts);
[[nodiscard]] nlohmann::json to_json(const LastUse& use);
[[nodiscard]] nlohmann::json to_json(const RecordImage& image);

/// Parses a record of `kind` from an object of flat_json.hpp, strictly: exactly the members that
/// to_json() writes, in its spelling.
/// Errors: storage_corrupt, for a member (`field`; "before.policy" within terms) that is missing or
/// invalid, in the order of records.hpp, then for one that is unknown.
[[nodiscard]] Result<RecordImage> from_json(RecordKind kind, nlohmann::json object);

}  // namespace seatbook::codec

#endif  // SEATBOOK_CODEC_RECORD_JSON_HPP_
