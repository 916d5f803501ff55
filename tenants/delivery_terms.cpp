// SPDX-License-Identifier: Apache-2.0
#include "tenants/delivery_terms.hpp"

#include <algorithm>
#include <cctype>

namespace siyu {

namespace {

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(text) + ",") {
        if (c == ' ' && word.empty()) continue;
        if (c != ',') {
            word += c;
            continue;
        }
        while (word.ends_with(' ')) word.pop_back();
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    return words;
}

bool is_domain(std::string_view text) {
    if (text.empty() || text.size() > 253 || text.front() == '.' || text.front() == '-' || text.back() == '.')
        return false;
    return text.find('.') != std::string_view::npos && text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '.'); });
}

bool is_colour(std::string_view text) {
    return text.size() == 7 && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

// A file of the brand's own folder: no way out of it.
bool is_file_name(std::string_view text) {
    return text.size() <= 128 && text.find_first_of("/\\") == std::string_view::npos && !text.starts_with('.') &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_one_line(std::string_view text) {
    return text.size() <= 200 &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::string send_term(Rhythm rhythm) { return "send_" + std::string(to_string(rhythm)); }

std::optional<bool> takes_delivery_term(std::string_view key, std::string_view value) {
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
        if (key == send_term(rhythm)) return value == "off" || SendTime::parse(rhythm, value).has_value();
    if (key == "ready_by" || key == "approve_by") return parse_time_of_day(value).has_value();
    if (key == "approval") return one_of(value, {"auto", "review"});
    if (key == "unapproved") return one_of(value, {"hold", "send", "mark"});
    if (key == "catch_up") return one_of(value, {"latest", "all", "ask"});
    if (key == "domains") {
        const auto domains = listed(value);
        return std::all_of(domains.begin(), domains.end(), is_domain);
    }
    if (key == "colour") return is_colour(value);
    if (key == "red_is_good") return one_of(value, {"yes", "no"});
    if (key == "logo") return is_file_name(value);
    if (key == "mail_contact" || key == "scan_ignore") return is_one_line(value);
    return std::nullopt;
}

DeliveryTerms delivery_terms(const Agreement& agreement, Day day) {
    const auto said = [&](std::string_view key) {
        const std::string* value = agreement.at(key, day);
        return value ? *value : std::string{};
    };
    DeliveryTerms terms;
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
        terms.send[static_cast<std::size_t>(rhythm)] = SendTime::parse(rhythm, said(send_term(rhythm)));
    terms.ready_by = parse_time_of_day(said("ready_by"));
    terms.approve_by = parse_time_of_day(said("approve_by"));
    if (said("approval") == "auto") terms.approval = Approval::by_itself;
    if (const std::string text = said("unapproved"); text == "send" || text == "mark")
        terms.unapproved = text == "send" ? WhenUnapproved::send : WhenUnapproved::send_marked;
    if (const std::string text = said("catch_up"); text == "all" || text == "ask")
        terms.catch_up = text == "all" ? CatchUp::all : CatchUp::ask;
    terms.domains = listed(said("domains"));
    for (std::string& domain : terms.domains)
        std::ranges::transform(domain, domain.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (const std::string text = said("colour"); !text.empty()) terms.colour = text;
    terms.red_is_good = said("red_is_good") == "yes";
    terms.logo = said("logo");
    terms.contact = said("mail_contact");
    terms.scan_ignores = listed(said("scan_ignore"));
    return terms;
}

}  // namespace siyu
