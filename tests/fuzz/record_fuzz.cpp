// decode_record(): bytes from outside are refused, or are a record that is written as it was read.
#include <string>

#include "fuzz/properties.hpp"
#include "seatbook/record_codec.hpp"

using seatbook::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  seatbook::fuzz::Input input(data, size);
  // One more than there are: that is no kind.
  const auto kind = static_cast<seatbook::RecordKind>(input.choose(9));
  const auto decoded = seatbook::decode_record(kind, input.text());
  if (!decoded) {
    const seatbook::Error& error = decoded.error();
    require(error.code == seatbook::Code::storage_corrupt ||
                (error.code == seatbook::Code::format_too_new && error.field == "format"),
            "bad bytes have one code, unless they name a newer format");
    require(!error.message.empty() && error.message.find('\n') == std::string::npos,
            "a message is one line");
    return 0;
  }
  require(seatbook::kind_of(*decoded) == kind, "a record is of the kind that was asked for");
  const auto bytes = seatbook::encode_record(*decoded);
  require(bytes.has_value(), "what was read can be written");
  const auto again = seatbook::decode_record(kind, *bytes);
  require(again.has_value(), "and read again");
  require(seatbook::encode_record(*again).value() == *bytes, "as the same record");
  return 0;
}
