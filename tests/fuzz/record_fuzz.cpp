// Fuzzes decode_record(): it refuses the bytes, or returns a record that round-trips.
#include <string>

#include "fuzz/properties.hpp"
#include "seatbook/record_codec.hpp"

using seatbook::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  seatbook::fuzz::Input input(data, size);
  // Kind 8 is invalid.
  const auto kind = static_cast<seatbook::RecordKind>(input.choose(9));
  const auto decoded = seatbook::decode_record(kind, input.text());
  if (!decoded) {
    const seatbook::Error& error = decoded.error();
    require(error.code == seatbook::Code::storage_corrupt ||
                (error.code == seatbook::Code::format_too_new && error.field == "format"),
            "the code is storage_corrupt, or format_too_new for a newer format");
    require(!error.message.empty() && error.message.find('\n') == std::string::npos,
            "the message is one line");
    return 0;
  }
  require(seatbook::kind_of(*decoded) == kind, "the record has the requested kind");
  const auto bytes = seatbook::encode_record(*decoded);
  require(bytes.has_value(), "a decoded record can be encoded");
  const auto again = seatbook::decode_record(kind, *bytes);
  require(again.has_value(), "an encoded record can be decoded");
  require(seatbook::encode_record(*again).value() == *bytes, "the record round-trips");
  return 0;
}
