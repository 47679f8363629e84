/// A parsed connection URL. Passwords are kept separately so that messages can be redacted.
#ifndef SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_
#define SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_

#include <string>
#include <utility>
#include <vector>

#include "seatbook/postgres.hpp"

namespace seatbook::postgres::detail {

/// libpq connection keywords and values.
using ConnectionParameters = std::vector<std::pair<std::string, std::string>>;

struct Target {
  /// One set per host of the URL: libpq skips an unresponsive host only in blocking mode.
  std::vector<ConnectionParameters> hosts;
  std::vector<std::string> secrets;  ///< removed from messages by redacted()

  /// Returns the first line of a message of libpq or the server, with secrets replaced by "***".
  [[nodiscard]] std::string redacted(const char* message) const;
};

/// Parses a connection URL. Errors: invalid_argument (field `url`).
Result<Target> parse_target(const std::string& url, const Options& options);

/// Checks the ranges of the options. Errors: invalid_argument (the option's name).
Result<void> check_options(const Options& options);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_
