// SPDX-License-Identifier: Apache-2.0
#include "core/intake/source.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/facts/roster.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr int header_rows = 5;  // a title may stand above the header
constexpr std::size_t named_summaries = 10;
constexpr std::array<std::string_view, 5> totals{"合计", "总计", "全部", "汇总", "小计"};

std::string both_names(const Column& column) { return std::string(column.name) + "/" + std::string(column.alias); }

std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

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

// A name that is there and looks like the one that is missing; empty if none does.
std::string nearest(std::span<const std::string> header, std::string_view name) {
    constexpr std::size_t longest = 64, slips = 2;
    const std::string wanted = folded(name);
    std::string best;
    std::size_t least = slips + 1;
    for (const auto& there : header) {
        const std::string known = folded(there);
        if (known.empty() || known.size() > longest) continue;
        if (best.empty() && wanted.size() > slips && known.find(wanted) != std::string::npos) best = strip(there);
        const std::size_t apart = distance(known, wanted);
        if (apart < least && apart < wanted.size() / 2) {
            least = apart;
            best = strip(there);
        }
    }
    return best;
}

int place_of(const HeaderNames& names, const Column& column) {
    const int found = names.find(column.name);
    return found >= 0 ? found : names.find(column.alias);
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

FactSource::FactSource(const std::filesystem::path& path, const Choice& choice, const Profiles& profiles)
    : path_(path) {
    const Profile* const said = choice.profile.empty() ? nullptr : &profiles.get(choice.profile);
    reader_ = TableReader::open(path, said ? said->encoding : std::nullopt);
    int tries = 1;
    while (!recognise(choice, profiles))
        if (++tries > header_rows || !reader_->next_header()) refuse(choice, profiles);
    if (!said && profile_ && profile_->encoding) {
        // Only now is it known how the source writes its files.
        reader_ = TableReader::open(path, profile_->encoding);
        for (int i = 1; i < tries; ++i) reader_->next_header();
    }
    if (!profile_) cells_.resize(places_.size());
}

bool FactSource::recognise(const Choice& choice, const Profiles& profiles) {
    profile_ = nullptr;
    mappings_.clear();
    facts_.clear();
    if (choice.fact) return bind(*choice.fact);
    if (!choice.profile.empty()) return bind(profiles.get(choice.profile));
    const HeaderNames names(reader_->header());
    std::vector<const Profile*> fitting;
    for (const auto& [name, profile] : profiles.all())
        if (std::all_of(profile.header.begin(), profile.header.end(),
                        [&](const std::string& column) { return names.find(column) >= 0; }))
            fitting.push_back(&profile);
    if (!fitting.empty()) {
        // The profile that asks for most knows the source best.
        const auto size = [](const Profile* profile) { return profile->header.size(); };
        std::stable_sort(fitting.begin(), fitting.end(),
                         [&](const Profile* a, const Profile* b) { return size(a) > size(b); });
        if (fitting.size() > 1 && size(fitting[0]) == size(fitting[1]))
            throw Error(Error::refused, "intake.several_profiles",
                        {{"file", path_.string()}, {"profiles", fitting[0]->name + ", " + fitting[1]->name}});
        return bind(*fitting[0]);
    }
    if (const auto fact = fact_of_name(path_)) return bind(*fact);
    std::vector<Fact> candidates;
    const auto fact = fact_of_header(candidates);
    if (candidates.size() > 1) {
        std::vector<std::string> known;
        known.reserve(candidates.size());
        for (const Fact one : candidates) known.emplace_back(to_string(one));
        throw Error(Error::refused, "intake.several_facts",
                    {{"file", path_.string()}, {"facts", listed(known)}, {"fact", known.front()}});
    }
    return fact && bind(*fact);
}

std::optional<Fact> FactSource::fact_of_header(std::vector<Fact>& candidates) const {
    const HeaderNames names(reader_->header());
    for (const FactKind& kind : fact_kinds())
        if (std::all_of(kind.columns.begin(), kind.columns.end(),
                        [&](const Column& column) { return !column.needed || place_of(names, column) >= 0; }))
            candidates.push_back(kind.fact);
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
    const std::vector<Fact> fitting = candidates;
    std::erase_if(candidates, [&](Fact fact) {
        return std::ranges::any_of(fitting, [&](Fact other) { return asks_for_more(other, fact); });
    });
    return candidates.size() == 1 ? std::optional(candidates.front()) : std::nullopt;
}

bool FactSource::bind(const Profile& profile) {
    const HeaderNames names(reader_->header());
    missing_.clear();
    for (const Rule& rule : profile.rules) {
        mappings_.emplace_back(profile, rule, names, missing_);
        if (std::find(facts_.begin(), facts_.end(), rule.fact) == facts_.end()) facts_.push_back(rule.fact);
    }
    mapping_ = mappings_.size();
    profile_ = &profile;
    return missing_.empty();
}

bool FactSource::bind(Fact fact) {
    const FactKind& kind = kind_of(fact);
    const auto& header = reader_->header();
    const HeaderNames names(header);
    places_.clear();
    missing_.clear();
    std::vector<bool> known(header.size());
    for (const Column& column : kind.columns) {
        const int by_name = names.find(column.name), by_alias = names.find(column.alias);
        const int again = by_name >= 0 ? names.find(std::string(column.name) + "#2") : -1;
        const int alias_again = by_alias >= 0 ? names.find(std::string(column.alias) + "#2") : -1;
        if ((by_name >= 0 && by_alias >= 0 && by_name != by_alias) || again >= 0 || alias_again >= 0)
            throw Error(Error::refused, "intake.column_twice",
                        {{"file", path_.string()}, {"column", both_names(column)}});
        const int place = std::max(by_name, by_alias);
        if (place >= 0) known[static_cast<std::size_t>(place)] = true;
        if (place < 0 && column.needed) missing_.push_back(both_names(column));
        places_.push_back(place);
    }
    unknown_.clear();
    for (std::size_t i = 0; i < header.size(); ++i)
        if (!known[i] && !strip(header[i]).empty()) unknown_.emplace_back(strip(header[i]));
    facts_ = {fact};
    row_.fact = fact;
    return missing_.empty();
}

// Says what the first row lacks: what stands below it was only looked at in case it is a title.
void FactSource::refuse(const Choice& choice, const Profiles& profiles) {
    reader_ = TableReader::open(path_, choice.profile.empty() ? std::nullopt : profiles.get(choice.profile).encoding);
    recognise(choice, profiles);
    const auto& header = reader_->header();
    std::vector<std::string> there;
    for (const auto& name : header)
        if (!strip(name).empty()) there.push_back(shortened(strip(name)));
    if (there.size() > 60) there.resize(60);
    if (facts_.empty())
        throw Error(Error::refused, "intake.unknown_table", {{"file", path_.string()}, {"columns", listed(there)}});
    std::vector<std::string> like;
    for (const auto& name : missing_) {
        const std::size_t slash = profile_ ? std::string::npos : name.find('/');
        std::string near = nearest(header, name.substr(0, slash));
        if (near.empty() && slash != std::string::npos) near = nearest(header, name.substr(slash + 1));
        if (!near.empty()) like.push_back(shortened(near) + " → " + name);
    }
    const std::string what =
        profile_ ? profile_->name : std::string(to_string(facts_[0])) + "/" + std::string(kind_of(facts_[0]).title);
    throw Error(Error::refused, like.empty() ? "intake.missing_columns" : "intake.missing_columns_like",
                {{"file", path_.string()},
                 {"what", what},
                 {"missing", listed(missing_)},
                 {"columns", listed(there)},
                 {"like", listed(like)}});
}

bool FactSource::is_summary(std::span<const std::string_view> record) {
    for (const auto& cell : record) {
        std::string_view text = strip(cell);
        if (text.empty()) continue;
        if (text.ends_with(':')) text.remove_suffix(1);
        if (text.ends_with("：")) text.remove_suffix(std::string_view("：").size());
        if (text.size() != totals[0].size() || std::find(totals.begin(), totals.end(), text) == totals.end())
            return false;
        ++summary_rows_;
        if (summaries_.size() < named_summaries) summaries_.push_back({reader_->line(), shortened(reader_->record())});
        return true;
    }
    return false;
}

void FactSource::set_bad(std::string column, std::string_view value, Note reason) {
    bad_ = {reader_->line(), std::move(column), shortened(value), std::move(reason)};
    row_.fact = facts_.front();
}

FactSource::Found FactSource::next() {
    for (;;) {
        if (mapping_ < mappings_.size())
            if (const Found found = map(); found != Found::end) return found;
        if (ended_) return finish();
        switch (reader_->next()) {
            case TableReader::Found::end: ended_ = true; continue;
            case TableReader::Found::broken:
                ++records_;
                has_record_ = true;
                set_bad("", reader_->record(), reader_->fault());
                return Found::bad;
            case TableReader::Found::record: break;
        }
        ++records_;
        has_record_ = true;
        const auto record = reader_->cells();
        if (is_summary(record)) continue;
        if (profile_) {
            mapping_ = 0;
            used_ = false;
            continue;
        }
        for (std::size_t i = 0; i < places_.size(); ++i)
            cells_[i] = places_[i] >= 0 ? record[static_cast<std::size_t>(places_[i])] : std::string_view{};
        row_.line = reader_->line();
        row_.cells = cells_;
        return Found::row;
    }
}

// Shows the present record to the rules that have not seen it; `end` when all have.
FactSource::Found FactSource::map() {
    while (mapping_ < mappings_.size()) {
        Mapping& mapping = mappings_[mapping_++];
        switch (mapping.take(reader_->cells(), reader_->line())) {
            case Mapping::Gives::nothing: continue;
            case Mapping::Gives::kept: used_ = true; continue;
            case Mapping::Gives::bad:
                used_ = true;
                row_.fact = mapping.fact();
                bad_ = mapping.bad();
                return Found::bad;
            case Mapping::Gives::row:
                used_ = true;
                row_ = {mapping.fact(), mapping.line(), mapping.cells()};
                return Found::row;
        }
    }
    if (!used_) ++skipped_;
    return Found::end;
}

// After the last record: the rows that the rules kept, rule by rule.
FactSource::Found FactSource::finish() {
    has_record_ = false;
    for (Mapping& mapping : mappings_)
        if (mapping.next_kept()) {
            row_ = {mapping.fact(), mapping.line(), mapping.cells()};
            return Found::row;
        }
    return Found::end;
}

std::string FactSource::record() const { return has_record_ ? reader_->record() : std::string(); }

std::string FactSource::column_title(int column) const {
    std::string title;
    if (profile_) {
        for (const Mapping& mapping : mappings_)
            if (mapping.fact() == row_.fact && title.empty()) title = mapping.source_of(column);
    } else if (const int place = places_[static_cast<std::size_t>(column)]; place >= 0) {
        title = strip(reader_->header()[static_cast<std::size_t>(place)]);
    }
    return title.empty() ? std::string(kind_of(row_.fact).columns[static_cast<std::size_t>(column)].name) : title;
}

}  // namespace siyu
