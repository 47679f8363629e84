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
constexpr std::uint32_t max_connections = 1'000;

/// Returns the error of an invalid URL. libpq's own message is not used: it may quote the password.
Error invalid_url(const std::string& why) {
  return {Code::invalid_argument, "the connection URL " + why, "url"};
}

bool is_secret(std::string_view keyword) {
  return keyword == "password" || keyword == "sslpassword";
}

/// Whether a value contains part of a password, because a special character was not escaped.
bool contains_password(std::string_view keyword, std::string_view value) {
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

/// Splits the parameters into one set per host.
std::vector<ConnectionParameters> split_hosts(const ConnectionParameters& parameters) {
  std::size_t hosts = 1;
  for (const auto& [keyword, value] : parameters) {
    if (keyword == "host" || keyword == "hostaddr") hosts = std::max(hosts, split(value).size());
    // This preference needs all hosts in one set.
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

bool is_schema_name(std::string_view name) {
  if (name.empty() || name.size() > max_schema_name) return false;
  if (name.front() >= '0' && name.front() <= '9') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

std::string Target::redacted(const char* message) const {
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
  if (url.empty()) return invalid_url("is empty");
  if (url.find('\0') != std::string::npos) return invalid_url("contains a NUL byte");
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
      libpq().PQconninfoParse(url.c_str(), nullptr), libpq().PQconninfoFree);
  if (!parsed) {
    return invalid_url(
        "is not valid: special characters of a password must be percent-encoded (%XX)");
  }
  Target target;
  ConnectionParameters parameters;
  const auto set = [&parameters](const char* keyword, const std::string& value) {
    parameters.emplace_back(keyword, value);
  };
  // Defaults come first: the URL's values override them.
  set("fallback_application_name", "seatbook");
  set("tcp_user_timeout", std::to_string(options.tcp_timeout_ms));
  set("keepalives_idle", std::to_string((options.tcp_timeout_ms + 999) / 1000));
  if (!options.read_only) set("target_session_attrs", "read-write");
  for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view value = option->val;
    if (contains_password(option->keyword, value)) {
      return invalid_url(
          "has an invalid host, port or database: special characters of a password must be "
          "percent-encoded (%XX)");
    }
    if (is_secret(option->keyword) && !value.empty()) target.secrets.emplace_back(value);
    set(option->keyword, option->val);
  }
  set("client_encoding", "UTF8");
  target.hosts = split_hosts(parameters);
  return target;
}

Result<void> check_options(const Options& options) {
  if (!text::is_valid(options.book)) {
    return Error{Code::invalid_argument, "book must be valid UTF-8", "book"};
  }
  if (options.book.empty() || text::code_points(options.book) > max_book_name) {
    return Error{Code::invalid_argument, "book must have 1 to 191 code points", "book"};
  }
  if (!is_schema_name(options.schema)) {
    return Error{
        Code::invalid_argument,
        "schema must be 1 to 63 characters of a to z, 0 to 9 and _, not starting with a digit",
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
      return Error{Code::invalid_argument, std::string(name) + " must be between 1 and 3,600,000",
                   name};
    }
  }
  if (options.connections < 1 || options.connections > max_connections) {
    return Error{Code::invalid_argument, "connections must be between 1 and 1,000", "connections"};
  }
  return {};
}

}  // namespace seatbook::postgres::detail
