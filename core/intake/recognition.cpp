// SPDX-License-Identifier: Apache-2.0
#include "core/intake/recognition.hpp"

#include <algorithm>
#include <numeric>

#include "core/facts/roster.hpp"
#include "core/intake/mapping.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t here = std::min({row[k] + 1, row[k - 1] + 1, corner + (a[i - 1] != b[k - 1])});
            corner = row[k];
            row[k] = here;
        }
    }
    return row[b.size()];
}

bool has(const HeaderNames& names, const Column& column) {
    return names.find(column.name) >= 0 || names.find(column.alias) >= 0;
}

// By its needed columns. Several where the header suits several facts equally.
std::vector<Fact> facts_of_header(const HeaderNames& names) {
    std::vector<Fact> fitting;
    for (const FactKind& kind : fact_kinds())
        if (std::all_of(kind.columns.begin(), kind.columns.end(),
                        [&](const Column& column) { return !column.needed || has(names, column); }))
            fitting.push_back(kind.fact);
    // A roster asks for so little that many a table of events has it too; and stores for less than their guides.
    const auto asks_for_more = [](Fact fact, Fact than) {
        const FactKind &kind = kind_of(fact), &other = kind_of(than);
        if (kind.when >= 0 && roster_of(than)) return true;
        const auto needed = [](const Column& column) { return column.needed; };
        return std::ranges::count_if(kind.columns, needed) > std::ranges::count_if(other.columns, needed) &&
               std::ranges::all_of(other.columns, [&](const Column& column) {
                   const int found = kind.column(column.name);
                   return !column.needed || (found >= 0 && kind.columns[static_cast<std::size_t>(found)].needed);
               });
    };
    std::vector<Fact> found;
    std::ranges::copy_if(fitting, std::back_inserter(found), [&](Fact fact) {
        return std::ranges::none_of(fitting, [&](Fact other) { return asks_for_more(other, fact); });
    });
    return found;
}

std::optional<Fact> fact_of_place(const TablePlace& place) {
    for (const std::string& name : {place.sheet, place.entry})
        if (!name.empty())
            if (const auto fact = fact_of_name(name)) return fact;
    return fact_of_name(place.file);
}

}  // namespace

std::optional<Fact> fact_of_name(const std::filesystem::path& path) {
    std::string name = folded(path.stem().string());
    const std::size_t number = name.find_first_not_of("0123456789");
    if (number == std::string::npos) return std::nullopt;
    if (number > 0 && std::string_view("-_. ").find(name[number]) != std::string_view::npos)
        name.erase(0, name.find_first_not_of("-_. ", number));
    std::optional<Fact> best;
    std::size_t longest = 0;
    for (const FactKind& kind : fact_kinds())
        for (const std::string& word : {std::string(kind.name), folded(kind.title)}) {
            if (!name.starts_with(word) || word.size() <= longest) continue;
            const char behind = name.size() > word.size() ? name[word.size()] : '-';
            const bool goes_on = (behind >= 'a' && behind <= 'z') || static_cast<unsigned char>(behind) >= 0x80;
            if (goes_on) continue;
            best = kind.fact;
            longest = word.size();
        }
    return best;
}

std::string nearest(std::span<const std::string> header, std::string_view name) {
    constexpr std::size_t longest = 64, slips = 2;
    const std::string wanted = folded(name);
    std::string best;
    std::size_t least = slips + 1;
    for (const auto& there : header) {
        const std::string known = folded(there);
        if (known.empty() || known.size() > longest) continue;
        if (best.empty() && wanted.size() > slips && wanted.size() * 2 >= known.size() &&
            known.find(wanted) != std::string::npos)
            best = strip(there);
        const std::size_t apart = distance(known, wanted);
        if (apart < least && apart < wanted.size() / 2) {
            least = apart;
            best = strip(there);
        }
    }
    return best;
}

std::vector<Candidate> candidates(std::span<const std::string> header, const TablePlace& place,
                                  const Profiles& profiles) {
    const HeaderNames names(header);
    std::vector<Candidate> found;
    std::size_t most = 0;
    for (const auto& [name, profile] : profiles.all()) {
        const auto& asked = profile.header;
        if (profile.draft || asked.size() < most ||
            !std::ranges::all_of(asked, [&](const auto& one) { return names.find(one) >= 0; }))
            continue;
        // The profile that asks for most knows the source best.
        if (asked.size() > most) found.clear();
        most = asked.size();
        found.push_back({&profile, {}});
    }
    if (!found.empty()) return found;
    if (const auto fact = fact_of_place(place)) return {{nullptr, fact}};
    for (const Fact fact : facts_of_header(names)) found.push_back({nullptr, fact});
    return found;
}

HeaderPlace find_header(TableReader& reader, const std::function<bool()>& fits) {
    if (fits()) return {1, false};
    for (int row = 2; row <= header_rows && reader.next_header(); ++row) {
        if (fits()) return {row, false};
        reader.join_header();
        if (fits()) return {row, true};
    }
    return {};
}

std::vector<Candidate> candidates(const TablePlace& place, const Profiles& profiles) {
    const auto reader = TableReader::open(place);
    std::vector<Candidate> found;
    find_header(*reader, [&] {
        found = candidates(reader->header(), place, profiles);
        return !found.empty();
    });
    return found;
}

std::vector<const Profile*> like(std::span<const std::string> header, const Profiles& profiles, std::size_t most) {
    const HeaderNames names(header);
    std::vector<std::pair<std::size_t, const Profile*>> shares;  // in per mille of the columns that it asks for
    for (const auto& [name, profile] : profiles.all()) {
        const auto there = static_cast<std::size_t>(
            std::ranges::count_if(profile.header, [&](const auto& one) { return names.find(one) >= 0; }));
        if (there > 0 && !profile.draft) shares.emplace_back(there * 1000 / profile.header.size(), &profile);
    }
    std::ranges::stable_sort(shares, std::greater(), &decltype(shares)::value_type::first);
    std::vector<const Profile*> best;
    for (const auto& [share, profile] : shares)
        if (best.size() < most) best.push_back(profile);
    return best;
}

}  // namespace siyu
