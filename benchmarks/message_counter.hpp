/// Counts the messages of PostgreSQL clients.
#ifndef SEATBOOK_BENCHMARKS_MESSAGE_COUNTER_HPP_
#define SEATBOOK_BENCHMARKS_MESSAGE_COUNTER_HPP_

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "peer_postgres.hpp"

namespace seatbook::bench {

/// A proxy that counts the messages of a client which waits for a response after each: data that
/// the client sends before the response to earlier data belongs to the same message.
class MessageCounter {
 public:
  MessageCounter() {
    const Server server;
    PGconn* connection = server.get();
    server_path_ = std::string(PQhost(connection)) + "/.s.PGSQL." + PQport(connection);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, generic, &size) != 0) {
      throw std::runtime_error("cannot listen");
    }
    url_ = std::string("postgresql://") + PQuser(connection) +
           "@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/" + PQdb(connection) +
           "?sslmode=disable&gssencmode=disable";
    accepting_ = std::thread([this] { accept_all(); });
  }
  MessageCounter(const MessageCounter&) = delete;
  MessageCounter& operator=(const MessageCounter&) = delete;
  /// Cuts the connections that are still open.
  ~MessageCounter() {
    closing_ = true;
    shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    for (std::thread& thread : connections_) thread.join();
    close(listener_);
  }
  [[nodiscard]] const std::string& url() const { return url_; }
  /// The messages of all connections so far, without the one that starts each connection.
  [[nodiscard]] std::uint32_t messages() const { return messages_; }

 private:
  void accept_all() {
    for (;;) {
      const int client = accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      connections_.emplace_back([this, client] { forward(client); });
    }
  }
  void forward(int client) {
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    server_path_.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    bool open = connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    bool started = false;
    bool responded = false;
    std::array<char, 65'536> buffer{};
    const auto move = [&](int from, int to) {
      const ssize_t size = read(from, buffer.data(), buffer.size());
      return size > 0 && write(to, buffer.data(), static_cast<std::size_t>(size)) == size;
    };
    while (open && !closing_) {
      std::array<pollfd, 2> ready{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
      poll(ready.data(), ready.size(), 100);
      if (ready[0].revents != 0) {
        if (started && responded) ++messages_;
        started = true;
        responded = false;
        open = move(client, server);
      } else if (ready[1].revents != 0) {
        // By then the client has sent all that it sends without waiting.
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        pollfd more{client, POLLIN, 0};
        if (poll(&more, 1, 0) != 0) continue;
        responded = true;
        open = move(server, client);
      }
    }
    close(client);
    close(server);
  }

  std::string server_path_;
  std::string url_;
  const int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::atomic<std::uint32_t> messages_ = 0;
  std::atomic<bool> closing_ = false;
  std::vector<std::thread> connections_;
  std::thread accepting_;
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_MESSAGE_COUNTER_HPP_
