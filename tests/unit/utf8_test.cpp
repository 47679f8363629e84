// Validity, length, trimming and case folding of texts (C17, C51).
#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/rule.hpp"

namespace seatbook::text {
namespace {

using namespace std::string_view_literals;

TEST(Utf8Test, DetectsInvalidUtf8) {
  for (const std::string_view good :
       {""sv, "a"sv, "plain ascii text"sv, "\x7f"sv, "é"sv, "€"sv, "😀"sv, "\xf4\x8f\xbf\xbf"sv,
        "seven77é"sv, "eight888é"sv, "\t\n"sv}) {
    EXPECT_TRUE(is_valid(good)) << good;
  }
  for (const std::string_view bad :
       {"\0"sv, "abc\0def"sv, "eight888\0"sv, "\x80"sv, "\xc3"sv, "\xc0\xaf"sv, "\xe0\x80\xaf"sv,
        "\xed\xa0\x80"sv /* a surrogate */, "\xf4\x90\x80\x80"sv /* past U+10FFFF */, "\xf8\x88"sv,
        "\xff"sv, "é\xc3"sv, "eight888\xe2\x82"sv}) {
    EXPECT_FALSE(is_valid(bad));
  }
}

TEST(Utf8Test, ChecksEveryPositionOfAWord) {
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      EXPECT_TRUE(is_valid(text));
      text[at] = '\0';
      EXPECT_FALSE(is_valid(text)) << size << " " << at;
      text[at] = '\x80';
      EXPECT_FALSE(is_valid(text)) << size << " " << at;
      text[at] = '\x01';
      EXPECT_TRUE(is_valid(text)) << size << " " << at;
    }
  }
}

TEST(Utf8Test, CountsCodePoints) {
  RULE("C51");
  EXPECT_EQ(code_points("aé€😀"), 4U);
  EXPECT_EQ(code_points("e\u0301"), 2U);  // not graphemes
  EXPECT_TRUE(fits("😀😀", 2));
  EXPECT_FALSE(fits("😀😀a", 2));
  EXPECT_TRUE(fits("", 0));
}

TEST(Utf8Test, TrimsEveryKindOfSpace) {
  EXPECT_EQ(trim(" \t\r\n a b \v\f"), "a b");
  EXPECT_EQ(trim("\u00a0\u2003x\u3000\u2028"), "x");
  EXPECT_EQ(trim("   "), "");
  EXPECT_EQ(trim("é"), "é");
}

TEST(Utf8Test, FoldsByCodePointRegardlessOfTheLocale) {
  RULE("C17");
  EXPECT_EQ(fold("Ada@Example.COM"), "ada@example.com");
  EXPECT_EQ(fold("ÅNGSTRÖM"), "ångström");
  EXPECT_EQ(fold("E\u0301"), "é");  // composed first
  EXPECT_EQ(fold("\u212b"), "å");   // the ångström sign is the letter
  EXPECT_EQ(fold("STRASSE"), "strasse");
  EXPECT_NE(fold("straße"), fold("strasse"));  // simple folding, no expansion
  EXPECT_EQ(fold("I"), "i");                   // also in a Turkish locale
  EXPECT_NE(fold("ada"), fold("adá"));         // accents are kept
  EXPECT_EQ(email_key("  Ada@Example.COM\n"), "ada@example.com");
  EXPECT_EQ(email_key("   "), "");
  EXPECT_NE(email_key("ada+news@example.com"), email_key("ada@example.com"));
  EXPECT_NE(email_key("a.da@example.com"), email_key("ada@example.com"));
}

TEST(Utf8Test, ChecksTheFormOfEmails) {
  for (const char* good : {"a@b", " ada@example.com ", "ädä@exämple.com", "\"a@b\"@c", "a'b@c.d"}) {
    EXPECT_TRUE(is_email(good)) << good;
  }
  for (const char* bad : {"", "   ", "ada", "@example.com", "ada@", "a da@example.com",
                          "ada@exam\tple.com", "ada@example.com\x01", "a\u00a0b@c"}) {
    EXPECT_FALSE(is_email(bad)) << bad;
  }
}

}  // namespace
}  // namespace seatbook::text
