// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/encoding.hpp"

namespace siyu {

// A UTF-8 file, character by character.
class JsonText {
  public:
    JsonText(File file, std::uint64_t begin);

    bool ended() { return (at_ == end_ && !fill()) || (to_line_end && held_[at_] == '\n'); }
    char peek() { return ended() ? '\0' : held_[at_]; }
    void advance();  // where it has not ended
    void skip_blanks();
    void skip_line();  // past its end

    void go(std::uint64_t place, std::int64_t line);
    std::uint64_t place() const { return begin_ + at_; }
    std::uint64_t size() const { return file_.size(); }
    std::int64_t line() const { return line_; }
    std::uint64_t column() const { return place() - line_begin_ + 1; }
    // What stands there, as much of it as is worth showing.
    std::string between(std::uint64_t begin, std::uint64_t end) const;

    bool to_line_end = false;  // ends with the present line

  private:
    bool fill();

    File file_;
    std::vector<char> held_;
    std::uint64_t begin_ = 0;  // the place of the first byte held
    std::size_t at_ = 0, end_ = 0;
    std::int64_t line_ = 1;
    std::uint64_t line_begin_ = 0;
};

// Walks through one JSON value after the other by nlohmann's parser, which reads no further than the value goes, and
// gives out the plain values in it, each with its path: `data.chat_total`; those of an array have the array's.
class JsonWalker : private nlohmann::json_sax<nlohmann::json> {
  public:
    explicit JsonWalker(JsonText& text) : text_(text) {}
    ~JsonWalker() override = default;

    // False where the value is broken or something stopped the walk: fault() says why.
    bool walk();
    const Note& fault() const { return fault_; }

  protected:
    struct Frame {
        bool array;
        std::size_t path;        // how much of the path leads to it
        std::size_t values = 0;  // of an array
    };

    // `again`: the second and further values of an array.
    virtual void value(std::string_view path, std::string_view text, bool again) = 0;
    // Before a container is entered, and after it was left; the frames are those around it.
    virtual void entered(bool array) = 0;
    virtual void left(const Frame& frame) = 0;
    bool stop(Note why);
    bool stop_large() { return stop({"intake.record_too_large", {{"limit", "1 MiB"}}}); }

    JsonText& text_;
    std::string path_;
    std::vector<Frame> frames_;

  private:
    struct Iterator;
    using Json = nlohmann::json;

    bool at_end();
    bool plain(std::string_view text);
    bool open(bool array);
    bool close();

    bool null() override { return plain({}); }
    bool boolean(bool is) override { return plain(is ? "true" : "false"); }
    bool number_integer(std::int64_t number) override { return plain(std::to_string(number)); }
    bool number_unsigned(std::uint64_t number) override { return plain(std::to_string(number)); }
    bool number_float(double, const std::string& text) override { return plain(text); }
    bool string(std::string& text) override { return plain(text); }
    bool binary(Json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& name) override;
    bool parse_error(std::size_t, const std::string&, const Json::exception&) override;

    Note fault_;
    std::uint64_t token_ = 0;  // the place behind the last token
};

}  // namespace siyu
