/// Where to connect to: a URL taken apart, so that no message shows the password in it.
#ifndef SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_
#define SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_

#include <string>
#include <utility>
#include <vector>

#include "seatbook/postgres.hpp"

namespace seatbook::postgres::detail {

/// libpq's keywords and values.
using ConnectionParameters = std::vector<std::pair<std::string, std::string>>;

struct Target {
  /// One for each host of the URL: libpq itself passes over a silent one only where it may block.
  std::vector<ConnectionParameters> hosts;
  std::vector<std::string> secrets;  ///< never to be shown

  /// A message of libpq or the server as one line without the secrets.
  [[nodiscard]] std::string told(const char* message) const;
};

/// Errors: invalid_argument (field `url`).
Result<Target> parse_target(const std::string& url, const Options& options);

/// The options in themselves. Errors: invalid_argument (the option's name).
Result<void> check_options(const Options& options);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_TARGET_HPP_
