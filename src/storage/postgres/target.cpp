#include "storage/postgres/target.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "storage/postgres/libpq.hpp"
#include "text/utf8.hpp"

namespace seatbook::postgres::detail {
namespace {

constexpr std::size_t max_schema_name = 63;
constexpr std::size_t max_book_name = 191;
constexpr std::uint32_t max_time_ms = 3'600'000;

/// What libpq says of a URL that it cannot read may show any part of it.
Error unreadable(const std::string& why) {
  return {Code::invalid_argument, "the connection URL " + why, "url"};
}

bool is_secret(std::string_view keyword) {
  return keyword == "password" || keyword == "sslpassword";
}

/// Whether a value can only be the rest of a password with a character that had to be escaped.
bool swallowed_a_password(std::string_view keyword, std::string_view value) {
  if (keyword == "host" || keyword == "hostaddr" || keyword == "dbname") {
    return value.find('@') != std::string_view::npos;
  }
  return keyword == "port" && value.find_first_not_of("0123456789,") != std::string_view::npos;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// The same parameters for each host alone.
std::vector<ConnectionParameters> one_by_one(const ConnectionParameters& parameters) {
  std::size_t hosts = 1;
  for (const auto& [keyword, value] : parameters) {
    if (keyword == "host" || keyword == "hostaddr") hosts = std::max(hosts, split(value).size());
    // Which of several it is to be can only be said of them all.
    if (keyword == "target_session_attrs" && value == "prefer-standby") return {parameters};
  }
  std::vector<ConnectionParameters> all(hosts, parameters);
  for (std::size_t host = 0; host < hosts && hosts > 1; ++host) {
    for (auto& [keyword, value] : all[host]) {
      if (keyword != "host" && keyword != "hostaddr" && keyword != "port") continue;
      const std::vector<std::string> parts = split(value);
      if (parts.size() == hosts) value = parts[host];  // one port serves all hosts
    }
  }
  return all;
}

bool names_a_schema(std::string_view name) {
  if (name.empty() || name.size() > max_schema_name) return false;
  if (name.front() >= '0' && name.front() <= '9') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

std::string Target::told(const char* message) const {
  std::string line = message == nullptr ? "" : message;
  line = line.substr(0, line.find('\n'));
  for (const std::string& secret : secrets) {
    for (auto at = line.find(secret); at != std::string::npos; at = line.find(secret, at)) {
      line.replace(at, secret.size(), "***");
      at += 3;
    }
  }
  return line;
}

Result<Target> parse_target(const std::string& url, const Options& options) {
  if (url.empty()) return unreadable("is empty");
  if (url.find('\0') != std::string::npos) return unreadable("has a NUL in it");
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
      libpq().PQconninfoParse(url.c_str(), nullptr), libpq().PQconninfoFree);
  if (!parsed) {
    return unreadable(
        "cannot be read; in a URL, special characters of a password are written as %XX");
  }
  Target target;
  ConnectionParameters parameters;
  const auto set = [&parameters](const char* keyword, const std::string& value) {
    parameters.emplace_back(keyword, value);
  };
  // What stands first gives way to the URL.
  set("fallback_application_name", "seatbook");
  set("tcp_user_timeout", std::to_string(options.tcp_timeout_ms));
  set("keepalives_idle", std::to_string((options.tcp_timeout_ms + 999) / 1000));
  if (!options.read_only) set("target_session_attrs", "read-write");
  for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view value = option->val;
    if (swallowed_a_password(option->keyword, value)) {
      return unreadable(
          "has no such host, port or database; in a URL, special characters of a password are "
          "written as %XX");
    }
    if (is_secret(option->keyword) && !value.empty()) target.secrets.emplace_back(value);
    set(option->keyword, option->val);
  }
  set("client_encoding", "UTF8");
  target.hosts = one_by_one(parameters);
  return target;
}

Result<void> check_options(const Options& options) {
  if (!text::is_valid(options.book)) {
    return Error{Code::invalid_argument, "the book's name is no text", "book"};
  }
  if (options.book.empty() || text::code_points(options.book) > max_book_name) {
    return Error{Code::invalid_argument, "the book's name has 1 to 191 characters", "book"};
  }
  if (!names_a_schema(options.schema)) {
    return Error{Code::invalid_argument,
                 "the schema's name is 1 to 63 of a to z, 0 to 9 and _, not a digit first",
                 "schema"};
  }
  const std::pair<const char*, std::uint32_t> times[] = {
      {"connect_timeout_ms", options.connect_timeout_ms},
      {"lock_timeout_ms", options.lock_timeout_ms},
      {"statement_timeout_ms", options.statement_timeout_ms},
      {"idle_transaction_timeout_ms", options.idle_transaction_timeout_ms},
      {"tcp_timeout_ms", options.tcp_timeout_ms},
      {"retry_for_ms", options.retry_for_ms},
  };
  for (const auto& [name, time_ms] : times) {
    if (time_ms < 1 || time_ms > max_time_ms) {
      return Error{Code::invalid_argument, "1 to 3,600,000 milliseconds", name};
    }
  }
  return {};
}

}  // namespace seatbook::postgres::detail
