// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/brand.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace siyu::bench {

namespace {

constexpr int opens = 8 * 3600, closes = 23 * 3600;

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

}  // namespace

Brand::Brand(int number, const Size& size, Day first)
    : number_(number), size_(size), first_(first), random_(mix(size.seed * 1'000'003 + static_cast<unsigned>(number))) {
    corporation_ = mix(static_cast<std::uint64_t>(number) + size.seed * 7919);
    guides_ = size.guides ? size.guides : std::max<std::int64_t>(3, size.members / 2000);
    groups_ = std::max<std::int64_t>(2, size.members / 150);
    leaving_.resize(static_cast<std::size_t>(size.days + size.days_before + 2));
    // One in ten leaves, and one in ten of those comes back.
    ever_ = size.members * 10 / 9;
}

std::string Brand::guide(std::int64_t place) const {
    std::array<char, 24> text;
    std::snprintf(text.data(), text.size(), "DaoGou%03d%05d", number_, static_cast<int>(place + 1));
    return text.data();
}

void Brand::write(const std::filesystem::path& folder) {
    {
        Export files(folder);
        if (!size_.lean) rosters(files);
        for (int day = -size_.days_before; day < size_.days; ++day) play(files, day);
    }
    Export next(folder / "next");
    play(next, size_.days);
}

void Brand::customer(File& file, std::int64_t place) const {
    std::array<char, 32> id;
    id[0] = 'w', id[1] = 'm';
    std::uint64_t bits = corporation_;
    for (std::size_t i = 2; i < 10; ++i, bits >>= 6) id[i] = alphabet[bits & 63];
    bits = mix(static_cast<std::uint64_t>(place) ^ corporation_);
    for (std::size_t i = 10; i < 20; ++i, bits >>= 6) id[i] = alphabet[bits & 63];
    bits = mix(static_cast<std::uint64_t>(place) + corporation_ + 1);
    for (std::size_t i = 20; i < 30; ++i, bits >>= 6) id[i] = alphabet[bits & 63];
    id[30] = 'A', id[31] = 'A';
    file.text({id.data(), id.size()});
}

std::int64_t Brand::guide_of(std::int64_t place) const {
    return static_cast<std::int64_t>((nature(place) >> 16) % static_cast<std::uint64_t>(guides_));
}

std::int64_t Brand::group_of(std::int64_t place) const {
    return static_cast<std::int64_t>((nature(place) >> 24) % static_cast<std::uint64_t>(groups_));
}

std::int64_t Brand::joined_by(int day) const {
    const int from_start = day + size_.days_before + 1, all = size_.days + size_.days_before;
    if (from_start <= 0) return 0;
    if (size_.joins_a_day > 0) {
        const std::int64_t later = size_.joins_a_day * size_.days, before = ever_ - later;
        return day < 0 ? before * from_start / size_.days_before : before + size_.joins_a_day * (day + 1);
    }
    // A third in the ten days in which the private domain opens.
    const int opening = std::min(10, all);
    const std::int64_t at_once = ever_ / 3, rest = ever_ - at_once;
    return at_once * std::min(from_start, opening) / opening + rest * from_start / all;
}

void Brand::date(File& file, int day) {
    if (day != day_) {
        day_ = day;
        date_ = to_string(first_ + day) + " ";
    }
    file.text(std::string_view(date_).substr(0, 10));
}

void Brand::moment(File& file, int day, std::int64_t second) {
    const auto later = static_cast<int>(second / seconds_a_day);
    const auto left = static_cast<int>(second % seconds_a_day);
    if (later == 0) {
        date(file, day);
    } else {
        file.text(to_string(first_ + day + later));
    }
    file.text(" ").number(left / 3600, 2).text(":").number(left / 60 % 60, 2).text(":").number(left % 60, 2);
}

std::int64_t Brand::second(std::int64_t i, std::int64_t count) {
    const std::int64_t span = closes - opens;
    return opens + (i * span + random_.below(span)) / count;
}

std::int64_t Brand::anyone(std::int64_t joined) {
    const std::int64_t place = random_.below(joined);
    return random_.percent(40) ? joined - 1 - place / 4 : place;
}

void Brand::rosters(Export& files) {
    for (std::int64_t i = 0; i < groups_; ++i) {
        File& file = files("groups");
        group(file, i);
        file.comma().text("福利群").number(i + 1).comma().cell(i % 8 ? "regular" : "premium");
        file.text(guide(i % guides_)).end();
    }
    for (std::int64_t i = 0; i < kocs(); ++i) {
        File& file = files("kocs");
        file.text("koc").number(i + 1, 5).comma().text("达人").number(i + 1).comma();
        file.cell(i % 10 ? "active" : "rotating");
        date(file, 0);
        file.end();
    }
}

void Brand::play(Export& files, int day) {
    joins(files("joins"), day);
    leaves(files("leaves"), day);
    if (day < 0) return;
    const std::int64_t joined = joined_by(day);
    if (joined == 0) return;
    interactions(files("interactions"), day, joined);
    orders(files, day, joined);
    if (size_.lean) return;
    spending(files, day);
    posts(files("posts"), day);
    guide_actions(files("guide_actions"), day);
    tickets(files("tickets"), day, joined);
    surveys(files("surveys"), day, joined);
    statistics(files, day);
}

void Brand::joins(File& file, int day) {
    const std::int64_t from = joined_by(day - 1), count = joined_by(day) - from;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t place = from + i, at = second(i, count);
        join(file, day, at, place, false, from);
        if (in_group(place)) join(file, day, at + 60 + random_.below(600), place, true, from);
        plan_leave(place, day);
    }
    for (const std::int64_t place : coming_back_)
        join(file, day, opens + random_.below(closes - opens), place, false, from);
    coming_back_.clear();
}

void Brand::join(File& file, int day, std::int64_t at, std::int64_t place, bool to_group, std::int64_t joined) {
    moment(file, day, at);
    file.comma();
    customer(file, place);
    file.comma().cell(guide(guide_of(place)));
    if (to_group) group(file, group_of(place));
    file.comma().cell(channel_of(place));
    if (joined > 0 && random_.percent(12)) customer(file, random_.below(joined));
    file.comma();
    if (!size_.lean && posted_ > 0 && random_.percent(6)) file.text("note").number(1 + random_.below(posted_), 8);
    file.end();
}

void Brand::plan_leave(std::int64_t place, int day) {
    const std::uint64_t fate = nature(place) >> 40;
    if (fate % 100 >= 10 && !(in_group(place) && fate % 100 < 18)) return;
    const auto stays = static_cast<int>(1 + (fate / 100) % 90);
    const int leaves = day + size_.days_before + std::max(1, stays * std::min(size_.days, 120) / 90);
    if (leaves < static_cast<int>(leaving_.size()))
        leaving_[static_cast<std::size_t>(leaves)].push_back(static_cast<std::uint32_t>(place));
}

void Brand::leaves(File& file, int day) {
    auto& leaving = leaving_[static_cast<std::size_t>(day + size_.days_before)];
    const auto count = static_cast<std::int64_t>(leaving.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t place = leaving[static_cast<std::size_t>(i)];
        const std::uint64_t fate = (nature(place) >> 40) % 100;
        moment(file, day, second(i, count));
        file.comma();
        customer(file, place);
        file.comma();
        if (fate >= 7 && fate < 10) file.text(guide(guide_of(place)));
        file.comma();
        if (fate >= 10) group(file, group_of(place));
        file.end();
        if (fate == 0) coming_back_.push_back(place);
    }
    std::vector<std::uint32_t>().swap(leaving);
}

}  // namespace siyu::bench
