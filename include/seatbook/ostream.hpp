/// Stream output of values. The umbrella header does not include this one.
///
/// Each value is written as its to_string() returns it, an id as its number. Flags and width of the
/// stream apply as they do to a std::string or, for an id, to a number.
#ifndef SEATBOOK_OSTREAM_HPP_
#define SEATBOOK_OSTREAM_HPP_

#include <ostream>

#include "seatbook/reports.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

template <class Tag>
std::ostream& operator<<(std::ostream& out, Id<Tag> id) {
  return out << id.value;
}
/// Writes 32 hexadecimal digits.
inline std::ostream& operator<<(std::ostream& out, const Token& token) {
  return out << token.to_string();
}
/// Writes "2026-03-01T12:00:00Z".
inline std::ostream& operator<<(std::ostream& out, Timestamp instant) {
  return out << instant.to_string();
}
/// Writes "2026-03-01".
inline std::ostream& operator<<(std::ostream& out, Date day) {
  return out << day.to_string();
}
/// Writes "12.58".
inline std::ostream& operator<<(std::ostream& out, Money amount) {
  return out << amount.to_string();
}
/// Writes "1234567890123.50".
inline std::ostream& operator<<(std::ostream& out, const MoneySum& sum) {
  return out << sum.to_string();
}
/// Writes "no_seats_remaining".
inline std::ostream& operator<<(std::ostream& out, Code code) {
  return out << to_string(code);
}

}  // namespace seatbook

#endif  // SEATBOOK_OSTREAM_HPP_
