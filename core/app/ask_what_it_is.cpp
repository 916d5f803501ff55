// SPDX-License-Identifier: Apache-2.0
#include "core/app/ask_what_it_is.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>

#include "core/app/batch_name.hpp"
#include "core/intake/recognition.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t likest_shown = 5;

std::string title(const Candidate& one, const Catalogue& say) {
    return one.profile ? one.profile->title.in(say.language()) : fact_title(*one.fact, say);
}

}  // namespace

bool Question::possible() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

std::pair<std::string, std::string> Question::ask_for(const Catalogue& say, const TablePlace& place, const Note& what) {
    const auto with = [&](std::string_view wanted) {
        return std::ranges::find(what.with, wanted, &std::pair<std::string, std::string>::first)->second;
    };
    const std::string title = with(to_string(say.language()));
    std::fputs(say("import.ask_value", {{"file", place.text()}, {"name", with("name")}, {"title", title}}).c_str(),
               stderr);
    std::fflush(stderr);
    std::string line;
    std::getline(std::cin, line);
    return {with("name"), std::string(strip(line))};
}

Choice Question::ask(const Catalogue& say, const TablePlace& place, const Profiles& profiles) {
    std::vector<Candidate> all = candidates(place, profiles);
    if (all.size() == 1) return {};
    const std::vector<std::string> header = TableReader::open(place)->header();
    if (const auto known = answers_.find(header); known != answers_.end()) return known->second;
    const bool several = !all.empty();
    if (!several) {
        for (const Profile* profile : like(header, profiles, likest_shown)) all.push_back({profile, {}});
        for (const FactKind& kind : fact_kinds()) all.push_back({nullptr, kind.fact});
    }
    std::string text = say(several ? "import.ask_which" : "import.ask_what", {{"file", place.text()}}) + "\n";
    for (std::size_t i = 0; i < all.size(); ++i)
        text += say("import.ask_line",
                    {{"number", std::to_string(i + 1)}, {"name", all[i].name()}, {"title", title(all[i], say)}}) +
                "\n";
    std::fputs((text + say("import.ask_end")).c_str(), stderr);
    std::fflush(stderr);
    Choice& answer = answers_[header];
    std::string line;
    std::getline(std::cin, line);
    const std::string said(strip(line));
    std::size_t number = 0;
    std::from_chars(said.data(), said.data() + said.size(), number);
    const auto chosen = number > 0 && number <= all.size() ? all.begin() + static_cast<std::ptrdiff_t>(number - 1)
                                                           : std::ranges::find(all, said, &Candidate::name);
    if (chosen == all.end()) return answer;
    if (chosen->profile)
        answer.profile = chosen->profile->name;
    else
        answer.fact = chosen->fact;
    std::fputs(
        (say("import.asked", {{"option", chosen->profile ? "--profile" : "--as"}, {"name", chosen->name()}}) + "\n")
            .c_str(),
        stderr);
    return answer;
}

}  // namespace siyu
