// SPDX-License-Identifier: Apache-2.0
#include "core/intake/mapping.hpp"

#include <algorithm>

#include "core/base/affix.hpp"
#include "core/base/fraction.hpp"
#include "core/intake/cell.hpp"
#include "core/intake/date_format.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// Rows that wait for the end of the file stand in memory; a profile for more than this wants another rule.
constexpr std::size_t most_kept = 5'000'000;

bool contains(const std::vector<std::string>& all, std::string_view text) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

std::int64_t characters(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

}  // namespace

Mapping::Mapping(const Profile& profile, const Rule& rule, const HeaderNames& names, const Given& given,
                 std::vector<std::string>& missing)
    : profile_(&profile),
      rule_(&rule),
      kind_(&kind_of(rule.fact)),
      columns_(profile, rule, names, given, missing),
      cells_(kind_->columns.size()),
      made_(kind_->columns.size()),
      kept_(rule) {
    refuse_unfilled();
    for (std::size_t i = 0; i < kind_->columns.size(); ++i) {
        const bool names_the_row = kind_->key.size() == 1 && kind_->key[0] == static_cast<int>(i);
        lost_digits_.emplace_back(names_the_row && rule.keep == Rule::Keep::nothing);
    }
    for (const auto& name : rule.keep_by) {
        const auto& at = places(name).at;
        const auto found = std::ranges::find_if(rule.origins, [&](const Rule::Origin& one) {
            return in_key(one.column) && one.sum.terms.size() == 1 && places(one.sum.terms[0].column).at == at;
        });
        keep_by_.push_back(found == rule.origins.end() ? nullptr : &*found);
        if (!keep_by_.back() && !at.empty()) kept_.tell_alike();
    }
    if (rule.keep == Rule::Keep::count) kept_.tell_alike();
    if (!rule.each_of) return;
    if (const auto& at = places(rule.each_of->column).at; !at.empty()) each_place_ = at.front();
}

// What `siyu profile new` left to be filled in.
void Mapping::refuse_unfilled() const {
    std::string left;
    for (const Rule::Origin& origin : rule_->origins)
        if (origin.sum.terms.size() == 1 && origin.sum.terms[0].column.empty())
            left += (left.empty() ? "columns." : ", columns.") +
                    std::string(kind_->columns[static_cast<std::size_t>(origin.column)].name);
    if (left.empty()) return;
    throw Error(Error::refused, "intake.draft.unfilled", {{"file", profile_->file}, {"columns", left}});
}

std::string Mapping::source_of(int column) const {
    if (spread_column_ && (column == rule_->spread->name || column == rule_->spread->value))
        return spread_column_->place.title;
    for (const auto& origin : rule_->origins)
        if (origin.column == column && !origin.sum.terms.empty())
            return origin.sum.terms.size() == 1 ? places(origin.sum.terms[0].column).title : origin.sum.text();
    return {};
}

std::string_view Mapping::value(Record record, const HeaderNames::Places& places) const {
    for (const int place : places.at) {
        const std::string_view text = place == each_place_ ? item_ : strip(record[static_cast<std::size_t>(place)]);
        if (!text.empty() && !contains(profile_->empty, text)) return text;
    }
    return {};
}

bool Mapping::passes(const std::vector<Rule::Condition>& conditions, Record record) const {
    using Test = Rule::Condition::Test;
    return std::ranges::all_of(conditions, [&](const Rule::Condition& condition) {
        const std::string_view text = value(record, places(condition.column));
        const auto any = [&](auto holds) { return std::ranges::any_of(condition.values, holds); };
        const auto in_text = [&](const std::string& one) { return text.find(one) != std::string_view::npos; };
        switch (condition.test) {
            case Test::empty: return text.empty();
            case Test::not_empty: return !text.empty();
            case Test::equals: return contains(condition.values, text);
            case Test::not_equals: return !contains(condition.values, text);
            case Test::starts_with: return any([&](const std::string& one) { return text.starts_with(one); });
            case Test::contains: return any(in_text);
            case Test::not_contains: return !any(in_text);
            case Test::min_length: return characters(text) >= condition.length;
        }
        return false;
    });
}

bool Mapping::wrong(std::string column, std::string_view value, Note reason) {
    bad_ = {line_, std::move(column), shortened(value), std::move(reason)};
    return false;
}

bool Mapping::add(const Sum& sum, Record record, std::int64_t& fen, bool& any) {
    fen = 0;
    any = false;
    for (const auto& term : sum.terms) {
        const HeaderNames::Places& at = places(term.column);
        const std::string_view text = value(record, at);
        if (text.empty()) continue;
        any = true;
        std::int64_t part = 0;
        // One column alone is no less than nothing; what is added up may be (a correction).
        if (auto reason = parse_money(text, sum.terms.size() > 1 || term.minus, part))
            return wrong(at.title, text, std::move(*reason));
        if (term.minus ? __builtin_sub_overflow(fen, part, &fen) : __builtin_add_overflow(fen, part, &fen))
            return wrong(at.title, text, {"intake.bad.too_large", {}});
    }
    return true;
}

bool Mapping::check(Record record) {
    for (const auto& one : rule_->checks) {
        std::int64_t left = 0, right = 0;
        bool any = false;
        if (!add(one.left, record, left, any) || !add(one.right, record, right, any)) return false;
        if (one.at_most ? left <= right : left == right) continue;
        return wrong(one.left.text(), money_text(left),
                     {one.at_most ? "intake.bad.check_at_most" : "intake.bad.check",
                      {{"left", one.left.text()}, {"right", one.right.text()}, {"sum", money_text(right)}}});
    }
    return true;
}

bool Mapping::money(const Rule::Origin& origin, Record record) {
    const auto at = static_cast<std::size_t>(origin.column);
    std::int64_t fen = 0;
    bool any = false;
    if (!add(origin.sum, record, fen, any)) return false;
    if (origin.in_fen) {
        if (fen % 100 != 0) return wrong(origin.sum.text(), money_text(fen), {"intake.bad.money_too_fine", {}});
        fen /= 100;
    }
    if (fen < 0) return wrong(origin.sum.text(), money_text(fen), {"intake.bad.money_negative", {}});
    if (any && (fen != 0 || !origin.zero_is_empty)) cells_[at] = made_[at] = money_text(fen);
    return true;
}

void Mapping::date(Type type, std::string& made, std::string_view& cell) const {
    for (const auto& format : profile_->dates)
        if (auto text = reformed(cell, format)) {
            made = std::move(*text);
            cell = made;
            // Seconds since 1970 are of no day before it is said where.
            if (type != Type::instant && !cell.ends_with('Z')) cell = cell.substr(0, cell.find(' '));
            break;
        }
    // The day of a time of day without offset is what stands before it.
    const std::size_t cut = cell.find_first_of(" T");
    if (type != Type::instant && cut != std::string_view::npos && utc_.parse(cell) &&
        cell.find_first_of("Zz+-", cut) == std::string_view::npos)
        cell = cell.substr(0, cut);
}

// Words of the source are those of the fact; a cell that is none of them may be a word of the fact, or a number.
bool Mapping::translate(const Rule::Origin& origin, std::string_view& cell) {
    auto found = origin.words.find(std::string(cell));
    if (found == origin.words.end()) found = origin.words.find("*");
    if (found != origin.words.end()) {
        cell = found->second;
        return true;
    }
    if (kind_->columns[static_cast<std::size_t>(origin.column)].type != Type::number || Fraction::parse(cell))
        return true;
    std::string words;
    for (const auto& [word, meaning] : origin.words) words += (words.empty() ? "" : ", ") + word;
    return wrong(places(origin.sum.terms[0].column).title, cell, {"intake.bad.word", {{"words", words}}});
}

// Throws Error (refused) where the ids of the column have lost their digits.
bool Mapping::whole_id(std::size_t column, std::string_view id, const std::string& title) {
    switch (lost_digits_[column].look(id)) {
        case LostDigits::Verdict::fine: return true;
        case LostDigits::Verdict::lost: return wrong(title, id, {"intake.bad.id_digits_lost", {}});
        case LostDigits::Verdict::all_lost: break;
    }
    throw Error(Error::refused, "intake.digits_lost",
                {{"column", title}, {"value", shortened(id)}, {"line", std::to_string(line_)}});
}

// What the source writes, as the fact has it.
bool Mapping::reword(const Rule::Origin& origin, std::string& made, std::string_view& cell) {
    const Type type = kind_->columns[static_cast<std::size_t>(origin.column)].type;
    if (type == Type::date || type == Type::month || type == Type::instant) date(type, made, cell);
    for (const auto& unit : origin.units) {
        std::string_view bare = cell;
        if (!take_back(bare, unit)) continue;
        bare = strip(bare);
        // Behind what is no number it is no unit: 1小时5分钟.
        if (type == Type::number && !Fraction::parse(bare)) continue;
        cell = bare;
        break;
    }
    return origin.words.empty() || translate(origin, cell);
}

bool Mapping::text(const Rule::Origin& origin, Record record) {
    const auto at = static_cast<std::size_t>(origin.column);
    std::string_view& cell = cells_[at];
    std::string& made = made_[at];
    cell = value(record, places(origin.sum.terms[0].column));
    if (cell.empty()) return true;
    if (!reword(origin, made, cell)) return false;
    if (kind_->columns[at].type == Type::id && !whole_id(at, cell, places(origin.sum.terms[0].column).title))
        return false;
    if (!origin.prefix.empty()) cell = made = columns_.prefix_of(origin) + "-" + std::string(cell);
    return true;
}

bool Mapping::convert(Record record) {
    std::fill(cells_.begin(), cells_.end(), std::string_view{});
    for (const auto& origin : rule_->origins) {
        const auto at = static_cast<std::size_t>(origin.column);
        if (origin.constant)
            cells_[at] = *origin.constant;
        else if (const std::string* given = columns_.given_for(origin))
            cells_[at] = *given;
        else if (!(kind_->columns[at].type == Type::money ? money(origin, record) : text(origin, record)))
            return false;
    }
    return !rule_->spread || spread(record);
}

// The column whose turn it is: its name and its cell.
bool Mapping::spread(Record record) {
    const Rule::Spread& rule = *rule_->spread;
    int column = rule.value;
    if (!rule.by.empty()) {
        const auto& at = places(rule.by);
        if (const std::string_view word = value(record, at); !word.empty()) {
            const auto found = rule.into.find(std::string(word));
            if (found == rule.into.end()) {
                std::string words;
                for (const auto& [known, into] : rule.into) words += (words.empty() ? "" : ", ") + known;
                return wrong(at.title, word, {"intake.bad.word", {{"words", words}}});
            }
            column = found->second;
        }
    }
    cells_[static_cast<std::size_t>(rule.name)] = spread_column_->text;
    cells_[static_cast<std::size_t>(column)] = value(record, spread_column_->place);
    return true;
}

bool Mapping::in_key(int column) const { return std::ranges::find(kind_->key, column) != kind_->key.end(); }

// One form for each value, so that rows alike are found alike; a reason for a bad one.
std::optional<Note> Mapping::settle(int column, std::string_view raw, std::string& text) const {
    const Column& known = kind_->columns[static_cast<std::size_t>(column)];
    std::string scratch;
    Cell cell;
    if (auto reason = parse_cell(known, raw, utc_, scratch, cell)) return reason;
    if (raw.find('\0') != std::string_view::npos) return Note{"intake.bad.encoding", {}};
    text = strip(raw);
    if (cell.number == absent) return std::nullopt;
    if (known.type == Type::date) {
        text = to_string(Day{static_cast<std::int32_t>(cell.number)});
    } else if (known.type == Type::month) {
        text = month_text(Day{static_cast<std::int32_t>(cell.number)});
    } else if (known.type == Type::count) {
        text = std::to_string(cell.number);
    } else if (known.type == Type::instant && in_key(column)) {
        const std::size_t cut = text.find_first_of(" T");
        const bool is_somewhere = cut != std::string::npos && text.find_first_of("Zz+-", cut) != std::string::npos;
        text = utc_.text({cell.number}) + (is_somewhere ? "Z" : "");
    }
    return std::nullopt;
}

// False for a bad row.
bool Mapping::settle(std::vector<std::string>& texts) {
    texts.assign(cells_.size(), {});
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const int column = static_cast<int>(i);
        if (column == rule_->count) continue;
        // Lines of a table are put together, one of them has the needed column.
        if (rule_->keep == Rule::Keep::merge && cells_[i].empty() && !in_key(column)) continue;
        if (auto reason = settle(column, cells_[i], texts[i]))
            return wrong(source_of(column), cells_[i], std::move(*reason));
    }
    return true;
}

std::string Mapping::key(const std::vector<std::string>& columns, Record record) const {
    std::string made;
    for (const auto& column : columns) {
        made += value(record, places(column));
        made += '\0';
    }
    return made;
}

// What the row is alike in with others: columns of the fact's key as the store tells them apart, other columns and what
// is no good as they stand.
std::string Mapping::group(Record record) {
    std::string all;
    for (std::size_t i = 0; i < keep_by_.size(); ++i) {
        std::string_view cell = value(record, places(rule_->keep_by[i]));
        std::string made, text;
        const Rule::Origin* origin = keep_by_[i];
        const bool good = origin && !cell.empty() && reword(*origin, made, cell) && !settle(origin->column, cell, text);
        all += good ? text : std::string(cell);
        all += '\0';
    }
    return all;
}

Mapping::Gives Mapping::keep(Record record) {
    using Keep = Rule::Keep;
    const bool gives_row = passes(rule_->last_when, record);
    std::string by = group(record);
    std::vector<std::string> texts;
    bool good = !gives_row || (check(record) && convert(record) && settle(texts));
    if (good && !rule_->told_apart.empty()) {
        const std::string mark = key(rule_->told_apart, record);
        if (!kept_.is_new(by, mark)) {
            const auto& at = places(rule_->told_apart.front());
            good = wrong(at.title, value(record, at), {"intake.bad.row_twice", {}});
        }
    }
    if (good && rule_->keep_by.empty())
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (rule_->keep == Keep::count || in_key(static_cast<int>(i))) by += texts[i] + '\0';
        }
    if (good) {
        if (auto fault = kept_.add(by, line_, texts))
            good = wrong(source_of(fault->first), cells_[static_cast<std::size_t>(fault->first)],
                         std::move(fault->second));
        else if (kept_.size() > most_kept)
            throw Error(Error::refused, "intake.too_many_kept",
                        {{"profile", profile_->name}, {"line", std::to_string(line_)}});
    }
    if (!good && rule_->keep == Keep::sum) kept_.spoil(std::move(by), line_);
    return good ? Gives::kept : Gives::bad;
}

// How many rows the record has, and which.
bool Mapping::split(Record record) {
    if (rule_->spread) {
        parts_ = columns_.spread().size();
    } else if (rule_->each_of) {
        items_.clear();
        std::string_view all =
            each_place_ < 0 ? std::string_view() : strip(record[static_cast<std::size_t>(each_place_)]);
        while (!all.empty()) {
            const std::size_t end = std::min(all.find(rule_->each_of->separator), all.size());
            if (const std::string_view item = strip(all.substr(0, end)); !item.empty()) items_.push_back(item);
            all.remove_prefix(std::min(end + rule_->each_of->separator.size(), all.size()));
        }
        parts_ = items_.size();
    }
    return parts_ > 0;
}

Mapping::Gives Mapping::take(Record record, std::int64_t line) {
    line_ = line;
    if (part_ == 0 && !split(record)) return Gives::nothing;
    if (rule_->each_of) item_ = items_[part_];
    if (rule_->spread) spread_column_ = &columns_.spread()[part_];
    part_ = part_ + 1 < parts_ ? part_ + 1 : 0;
    if (!passes(rule_->when, record)) return Gives::nothing;
    if (rule_->spread && value(record, spread_column_->place).empty()) return Gives::nothing;
    if (rule_->keep != Rule::Keep::nothing) return keep(record);
    return check(record) && convert(record) ? Gives::row : Gives::bad;
}

Mapping::Gives Mapping::next_kept() {
    spread_column_ = nullptr;
    if (!kept_.next(kept_row_)) return Gives::nothing;
    line_ = kept_row_.line;
    std::copy(kept_row_.cells.begin(), kept_row_.cells.end(), cells_.begin());
    if (!kept_row_.fault) return Gives::row;
    auto& [column, reason] = *kept_row_.fault;
    wrong(source_of(column), cells_[static_cast<std::size_t>(column)], std::move(reason));
    return Gives::bad;
}

}  // namespace siyu
