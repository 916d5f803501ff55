// SPDX-License-Identifier: Apache-2.0
#include "core/intake/source.hpp"

#include <algorithm>
#include <array>

#include "core/intake/recognition.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t named_summaries = 10;
constexpr std::array<std::string_view, 5> totals{"合计", "总计", "全部", "汇总", "小计"};

std::string both_names(const Column& column) { return std::string(column.name) + "/" + std::string(column.alias); }

std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

}  // namespace

bool is_summary(std::span<const std::string_view> record) {
    for (const auto& cell : record) {
        std::string_view text = strip(cell);
        if (text.empty()) continue;
        if (text.ends_with(':')) text.remove_suffix(1);
        if (text.ends_with("：")) text.remove_suffix(std::string_view("：").size());
        return text.size() == totals[0].size() && std::find(totals.begin(), totals.end(), text) != totals.end();
    }
    return false;
}

FactSource::FactSource(const TablePlace& place, const Choice& choice, const Profiles& profiles)
    : place_(place), choice_(choice) {
    const Profile* const said = choice.profile.empty() ? nullptr : &profiles.get(choice.profile);
    reader_ = TableReader::open(place, said ? said->encoding : std::nullopt);
    const HeaderPlace header = find_header(*reader_, [&] { return recognise(profiles); });
    if (header.row == 0) refuse(profiles);
    if (!said && profile_ && profile_->encoding) {
        // Only now is it known how the source writes its files.
        reader_ = TableReader::open(place, profile_->encoding);
        for (int row = 1; row < header.row; ++row) reader_->next_header();
        if (header.joined) reader_->join_header();
    }
    if (!profile_) cells_.resize(places_.size());
}

std::string FactSource::name() const { return (place_.file.parent_path() / place_.text()).string(); }

bool FactSource::recognise(const Profiles& profiles) {
    profile_ = nullptr;
    mappings_.clear();
    facts_.clear();
    if (choice_.fact) return bind(*choice_.fact);
    if (!choice_.profile.empty()) return bind(profiles.get(choice_.profile));
    const std::vector<Candidate> found = candidates(reader_->header(), place_, profiles);
    if (found.size() > 1) {
        std::vector<std::string> names;
        names.reserve(found.size());
        for (const Candidate& one : found) names.push_back(one.name());
        throw Error(Error::refused, found[0].profile ? "intake.several_profiles" : "intake.several_facts",
                    {{"file", name()}, {"names", listed(names)}, {"name", names.front()}});
    }
    return !found.empty() && (found[0].profile ? bind(*found[0].profile) : bind(*found[0].fact));
}

bool FactSource::bind(const Profile& profile) {
    const HeaderNames names(reader_->header());
    missing_.clear();
    for (const Rule& rule : profile.rules) {
        mappings_.emplace_back(profile, rule, names, choice_.given, missing_);
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
            throw Error(Error::refused, "intake.column_twice", {{"file", name()}, {"column", both_names(column)}});
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

// Says what the header lacks; the first row with more than two names, since a title has no more.
void FactSource::refuse(const Profiles& profiles) {
    const auto open = [&] {
        reader_ =
            TableReader::open(place_, choice_.profile.empty() ? std::nullopt : profiles.get(choice_.profile).encoding);
    };
    open();
    const auto names = [this] {
        return std::ranges::count_if(reader_->header(), [](const std::string& one) { return !strip(one).empty(); });
    };
    int row = 1;
    while (names() <= 2 && row < header_rows && reader_->next_header()) ++row;
    if (names() <= 2) open();
    recognise(profiles);
    const auto& header = reader_->header();
    std::vector<std::string> there;
    for (const auto& name : header)
        if (!strip(name).empty()) there.push_back(shortened(strip(name)));
    if (there.size() > 60) there.resize(60);
    if (facts_.empty())
        throw Error(Error::refused, "intake.unknown_table", {{"file", name()}, {"columns", listed(there)}});
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
                {{"file", name()},
                 {"what", what},
                 {"missing", listed(missing_)},
                 {"columns", listed(there)},
                 {"like", listed(like)}});
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
                from_ = nullptr;
                set_bad("", reader_->record(), reader_->fault());
                return Found::bad;
            case TableReader::Found::record: break;
        }
        ++records_;
        has_record_ = true;
        const auto record = reader_->cells();
        if (is_summary(record)) {
            ++summary_rows_;
            if (summaries_.size() < named_summaries)
                summaries_.push_back({reader_->line(), shortened(reader_->record())});
            continue;
        }
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
        Mapping& mapping = mappings_[mapping_];
        const Mapping::Gives gives = mapping.take(reader_->cells(), reader_->line());
        if (!mapping.more()) ++mapping_;
        from_ = &mapping;
        switch (gives) {
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
    for (Mapping& mapping : mappings_) {
        const Mapping::Gives gives = mapping.next_kept();
        if (gives == Mapping::Gives::nothing) continue;
        from_ = &mapping;
        row_ = {mapping.fact(), mapping.line(), mapping.cells()};
        if (gives == Mapping::Gives::row) return Found::row;
        bad_ = mapping.bad();
        return Found::bad;
    }
    return Found::end;
}

bool FactSource::mends_by_rows() const {
    return !profile_ ||
           std::ranges::all_of(profile_->rules, [](const Rule& rule) { return rule.keep == Rule::Keep::nothing; });
}

std::string FactSource::record() const {
    return has_record_ && !(from_ && from_->adds_up()) ? reader_->record() : std::string();
}

std::string FactSource::column_title(int column) const {
    std::string title;
    if (profile_) {
        if (from_) title = from_->source_of(column);
    } else if (const int place = places_[static_cast<std::size_t>(column)]; place >= 0) {
        title = strip(reader_->header()[static_cast<std::size_t>(place)]);
    }
    return title.empty() ? std::string(kind_of(row_.fact).columns[static_cast<std::size_t>(column)].name) : title;
}

}  // namespace siyu
