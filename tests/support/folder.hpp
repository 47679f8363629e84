/// A temporary folder for the files of one test. The destructor removes it.
#ifndef SEATBOOK_TESTS_SUPPORT_FOLDER_HPP_
#define SEATBOOK_TESTS_SUPPORT_FOLDER_HPP_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <stdexcept>
#include <string>

namespace seatbook::testing {

class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "seatbook-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr)
      throw std::runtime_error("cannot create a temporary folder");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::filesystem::path path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_FOLDER_HPP_
