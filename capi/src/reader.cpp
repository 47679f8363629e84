#include "capi/src/reader.hpp"

#include "capi/src/sink.hpp"

namespace seatbook::capi {

void Reader::permissions(std::uint64_t bit, const char* name, std::uint32_t from,
                         std::optional<Permissions>& to) {
  if ((fields_ & bit) == 0) {
    if (from != 0) refuse(name, "must be 0 unless its bit in `fields` is set");
    return;
  }
  if ((from >> permission_count) != 0) refuse(name, "must have bits of permissions only");
  to.emplace();
  for (std::size_t n = 0; n < permission_count; ++n) {
    if (((from >> n) & 1U) != 0) to->add(static_cast<Permission>(n));
  }
}

void Reader::sink(std::uint64_t bit, const char* name, const seatbook_sink* from) {
  if ((fields_ & bit) == 0) {
    if (from != nullptr) refuse(name, "must be 0 unless its bit in `fields` is set");
    return;
  }
  if (from == nullptr || !is_complete(*from) || from->write == nullptr) {
    refuse(name, "must be a sink with a write callback");
    return;
  }
  sink_ = from;
}

void Reader::assign(const char* name, const seatbook_listener* from, LogCallback& /*to*/) {
  if (from == nullptr) return;  // like a member that is not set
  if (from->struct_size < sizeof *from || from->struct_size > max_struct_size) {
    refuse("struct_size", "must be the sizeof of the struct");
  } else if (!is_zero_from(from, sizeof *from, from->struct_size)) {
    refuse(name, "must be 0 after the members that this version knows");
  } else if (from->receive == nullptr) {
    refuse("receive", "must not be NULL");
  }
}

}  // namespace seatbook::capi
