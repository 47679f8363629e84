/// Stores many short texts in few allocations.
#ifndef SEATBOOK_TEXT_TEXT_STORE_HPP_
#define SEATBOOK_TEXT_TEXT_STORE_HPP_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace seatbook::text {

/// Returns views of copies, valid as long as the store lives, also after a move.
class TextStore {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) add_block(text.size());
    char* const place = blocks_.back().get() + used_;
    std::copy(text.begin(), text.end(), place);
    used_ += text.size();
    left_ -= text.size();
    return {place, text.size()};
  }

 private:
  void add_block(std::size_t at_least) {
    constexpr std::size_t usual_size = std::size_t{64} * 1024;
    const std::size_t size = std::max(at_least, usual_size);
    blocks_.push_back(std::unique_ptr<char[]>(new char[size]));
    used_ = 0;
    left_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0;
  std::size_t left_ = 0;
};

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_TEXT_STORE_HPP_
