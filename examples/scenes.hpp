// Reads and prints the scenes of examples/data/scenes.txt, which describes the format.
#ifndef SEATBOOK_EXAMPLES_SCENES_HPP_
#define SEATBOOK_EXAMPLES_SCENES_HPP_

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "page.hpp"

namespace tour {

inline std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.is_open() || stream.bad()) throw Unexpected(path + ": cannot be read");
  return bytes;
}

struct Scene {
  std::string key;
  std::string tour;
  std::int64_t days = 0;
  std::string title;
  std::vector<std::string> paragraphs;
};

inline std::vector<Scene> read_scenes(const std::string& path) {
  std::vector<Scene> scenes;
  std::istringstream lines(read_file(path));
  bool new_paragraph = true;
  for (std::string line; std::getline(lines, line);) {
    const bool heading = line.rfind("== ", 0) == 0;
    if (heading) {
      Scene& scene = scenes.emplace_back();
      std::istringstream words(line.substr(3));
      words >> scene.key >> scene.tour >> scene.days >> std::ws;
      std::getline(words, scene.title);
    } else if (!line.empty() && !scenes.empty()) {
      auto& paragraphs = scenes.back().paragraphs;
      if (new_paragraph) paragraphs.emplace_back();
      paragraphs.back() += (new_paragraph ? "" : " ") + line;
    }
    new_paragraph = heading || line.empty();
  }
  return scenes;
}

/// Prints the paragraphs of one scene after the other.
class Narrator {
 public:
  explicit Narrator(Page& page) : page_(page) {}

  /// Sets what replaces a word in braces.
  void set(const std::string& word, std::string text) { names_[word] = std::move(text); }

  void begin(const Scene& scene, const std::string& heading) {
    scene_ = scene;
    printed_ = 0;
    page_.heading(heading);
    say_next();
  }
  /// Prints the next paragraph.
  void say_next() {
    require(printed_ < scene_.paragraphs.size(), "scene " + scene_.key + " has another paragraph");
    std::string text = scene_.paragraphs[printed_++];
    for (auto from = text.find('{'); from != std::string::npos; from = text.find('{', from)) {
      const auto to = text.find('}', from);
      const auto name = names_.find(text.substr(from + 1, to - from - 1));
      require(name != names_.end(), "the braces in: " + text);
      text.replace(from, to + 1 - from, name->second);
      from += name->second.size();
    }
    page_.say(text);
  }
  void end() const {
    require(printed_ == scene_.paragraphs.size(), "scene " + scene_.key + " is printed completely");
  }

 private:
  Page& page_;
  std::map<std::string, std::string> names_;
  Scene scene_;
  std::size_t printed_ = 0;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_SCENES_HPP_
