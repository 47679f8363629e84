/// A list that grows at its end without moving its elements.
#ifndef SEATBOOK_MODEL_CHUNKED_HPP_
#define SEATBOOK_MODEL_CHUNKED_HPP_

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace seatbook::model {

/// Like std::deque, but its chunks have a power of two of elements of any size, so that finding an
/// element takes no division.
template <class T>
class Chunked {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The position must exist.
  [[nodiscard]] T& operator[](std::size_t position) {
    return (*chunks_[position / chunk_size])[position % chunk_size];
  }
  [[nodiscard]] const T& operator[](std::size_t position) const {
    return (*chunks_[position / chunk_size])[position % chunk_size];
  }
  /// Returns an element. Adds default elements up to it if it does not exist.
  [[nodiscard]] T& grow_to(std::size_t position) {
    if (position >= size_) grow(position + 1);
    return (*this)[position];
  }

 private:
  static constexpr std::size_t chunk_size = 256;
  using Chunk = std::array<T, chunk_size>;

  void grow(std::size_t size) {
    while (chunks_.size() * chunk_size < size) chunks_.push_back(std::make_unique<Chunk>());
    size_ = size;
  }

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_CHUNKED_HPP_
