// SPDX-License-Identifier: Apache-2.0
#include "core/press/envelope.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "core/base/error.hpp"
#include "core/press/plain_text.hpp"

namespace siyu {

namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t longest_id = 250;  // a header that is not folded has to stay below 998
constexpr std::size_t longest_line = 900;
constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_ending = 16;
constexpr std::int64_t last_second = 253402300799 - 24 * 60 * 60;  // years have four digits

bool is_made_of(std::string_view text, std::string_view others) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return letters_and_digits.find(c) != std::string_view::npos || others.find(c) != std::string_view::npos;
    });
}

// Words of such characters with single dots between them.
bool is_dotted(std::string_view text, std::string_view others) {
    return !text.empty() && is_made_of(text, std::string(others) + ".") && text.front() != '.' && text.back() != '.' &&
           text.find("..") == text.npos;
}

bool is_domain(std::string_view text) {
    return is_dotted(text, "-") && text.front() != '-' && text.back() != '-' && text.find("-.") == text.npos &&
           text.find(".-") == text.npos;
}

// Of a message or a part of one.
bool is_id(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != text.npos && text.size() <= longest_id && is_dotted(text.substr(0, at), "!#$%&'*+/=?^_`{|}~-") &&
           is_domain(text.substr(at + 1));
}

// What a mail server anywhere takes: an address of ASCII without quotes.
bool is_address(std::string_view text) { return is_id(text) && text.find('@') <= 64; }

bool is_ascii_line(std::string_view text) {
    return text.size() <= longest_line &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_url(std::string_view text) {
    return text.starts_with("https://") && text.size() <= longest_line && is_made_of(text, "-._~:/?#[]@!$&'()*+;=%");
}

bool is_type(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto token = [](std::string_view word) {
        return !word.empty() && word.size() <= 127 && is_made_of(word, "!#$&-^_.+");
    };
    return slash != text.npos && token(text.substr(0, slash)) && token(text.substr(slash + 1)) &&
           !text.starts_with("multipart/") && !text.starts_with("message/");
}

void must(bool good, const char* header) {
    if (!good) throw Error(Error::refused, "press.bad_header", {{"header", header}});
}

}  // namespace

void check_headers(const Letter& letter) {
    must(is_one_line(letter.from.name) && is_address(letter.from.address), "From");
    must(is_one_line(letter.to.name) && is_address(letter.to.address), "To");
    must(letter.reply_to.empty() || is_address(letter.reply_to), "Reply-To");
    must(is_one_line(letter.subject), "Subject");
    must(is_id(letter.message_id), "Message-ID");
    must(letter.date >= 0 && letter.date <= last_second && std::abs(letter.zone_minutes) < 24 * 60, "Date");
    for (const auto& id : letter.references) must(is_id(id), "References");
    must(is_made_of(letter.language, "-") && letter.language.size() <= 35, "Content-Language");
    must(letter.list_id.empty() || (is_domain(letter.list_id) && letter.list_id.size() <= longest_id), "List-ID");
    must(letter.unsubscribe_url.empty() || is_url(letter.unsubscribe_url), "List-Unsubscribe");
    must(letter.unsubscribe_mail.empty() || is_address(letter.unsubscribe_mail), "List-Unsubscribe");
    must(is_ascii_line(letter.feedback_id), "Feedback-ID");
    for (const auto& picture : letter.pictures) {
        must(is_ascii_line(picture.name) && is_type(picture.type), "Content-Type");
        must(is_id(picture.content_id), "Content-ID");
    }
    for (const auto& part : letter.attachments) {
        must(is_one_line(part.name), "Content-Disposition");
        must(is_type(part.type), "Content-Type");
    }
}

std::string file_name(std::string_view name) {
    std::string clean(name);
    std::replace_if(
        clean.begin(), clean.end(),
        [](char c) { return std::string_view("\\/:*?\"<>|").find(c) != std::string_view::npos; }, '_');
    if (clean.size() <= longest_name) return clean.empty() ? "_" : clean;
    const std::size_t dot = clean.rfind('.');
    const bool ends = dot != clean.npos && clean.size() - dot <= longest_ending;
    const std::string ending = ends ? clean.substr(dot) : "";
    return std::string(front_of(clean, longest_name - ending.size())) + ending;
}

}  // namespace siyu
