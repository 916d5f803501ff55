// SPDX-License-Identifier: Apache-2.0
#include "core/intake/profile_draft.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>

#include "core/intake/cell.hpp"
#include "core/intake/date_format.hpp"
#include "core/intake/header_names.hpp"
#include "core/intake/money_balance.hpp"
#include "core/intake/recognition.hpp"
#include "core/intake/source.hpp"
#include "core/intake/usual_names.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr int rows_looked_at = 200;
constexpr std::size_t candidates_named = 3;
constexpr std::size_t header_at_most = 16;  // columns by which the source is recognised
constexpr std::size_t money_at_most = 64;   // columns in which gross, refund and net are looked for

constexpr std::array<std::string_view, 6> known_empties{"-", "--", "—", "——", "null", "NULL"};
constexpr std::array<const char*, 10> known_dates{
    "%m/%d/%Y",       "%d/%m/%Y",     "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S",     "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M", "%Y年%m月%d日", "%Y.%m.%d",          "%Y年%m月%d日 %H:%M:%S", "%Y.%m.%d %H:%M:%S"};

// What the values of a column are, as long as none of them is something else.
struct Looks {
    std::string title;
    bool any = false, date = true, instant = true, count = true, money = true;
    std::vector<std::string> formats{known_dates.begin(), known_dates.end()};
    // Row by row.
    std::vector<bool> filled;
    std::vector<std::int64_t> fen;  // absent where there is no money

    void see(std::string_view value, const Zone& zone) {
        filled.push_back(!value.empty());
        fen.push_back(absent);
        if (value.empty()) return;
        any = true;
        std::string scratch;
        Cell cell;
        const auto is = [&](Type type) { return !parse_cell(Column{"", "", type}, value, zone, scratch, cell); };
        date = date && is(Type::date);
        instant = instant && is(Type::instant);
        count = count && value.find('.') == std::string_view::npos && is(Type::count);
        money = money && is(Type::money);
        if (money) fen.back() = cell.number;
        std::erase_if(formats, [&](const std::string& format) { return !reformed(value, format); });
    }
    // Written in a way that facts.md does not know by itself.
    bool odd_date() const { return any && !date && !instant && !formats.empty(); }
    bool is_date() const { return any && (date || instant || !formats.empty()); }
    bool is_money() const { return any && money && !count && !is_date(); }
    // For people.
    std::string_view sentence() const {
        if (!any) return "intake.draft.looks_empty";
        if (is_date()) return "intake.draft.looks_date";
        if (is_money()) return "intake.draft.looks_money";
        return count ? "intake.draft.looks_count" : "intake.draft.looks_text";
    }
};

std::string in_quotes(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) made += c;
    }
    return made + '"';
}

std::string list(const std::vector<std::string>& texts) {
    std::string made = "[";
    for (const std::string& text : texts) made += (made.size() > 1 ? ", " : "") + in_quotes(text);
    return made + "]";
}

using Found = std::map<std::size_t, std::string>;  // columns of the fact

Found columns_for(const FactKind& kind, const HeaderNames& names, const Profiles& profiles) {
    Found found;
    for (std::size_t i = 0; i < kind.columns.size(); ++i)
        if (std::string there = column_for(kind, i, names, profiles); !there.empty()) found[i] = std::move(there);
    return found;
}

// A needed column of which the name tells nothing is the only one that looks like it, if there is one.
void guess(const FactKind& kind, const std::vector<Looks>& columns, Found& found) {
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        const Column& wanted = kind.columns[i];
        const bool dated = wanted.type == Type::date || wanted.type == Type::instant;
        if ((!dated && wanted.type != Type::money) || !wanted.needed || found.contains(i)) continue;
        const auto like = [dated](const Looks& one) { return dated ? one.is_date() : one.is_money(); };
        if (std::ranges::count_if(columns, like) == 1) found[i] = std::ranges::find_if(columns, like)->title;
    }
}

// Which money of paid orders is which, if it balances. Sets the columns of the fact that follow from it.
struct Booking {
    std::string gross, paid_at, refund, refunded_at, net;
};
std::optional<Booking> booking_of(const FactKind& kind, const std::vector<Looks>& columns, Found& found) {
    const std::size_t paid_at = kind.place("paid_at"), amount = kind.place("amount"), refunded = kind.place("refunded");
    if (!found.contains(paid_at)) return {};
    const auto& paid = *std::ranges::find(columns, found[paid_at], &Looks::title);
    std::vector<MoneyColumn> moneys;
    for (const Looks& column : columns) {
        if (!column.any || !column.money || column.title.empty() || moneys.size() == money_at_most) continue;
        MoneyColumn& money = moneys.emplace_back(column.title, std::vector<std::int64_t>());
        for (std::size_t row = 0; row < column.fen.size(); ++row)
            if (paid.filled[row]) money.fen.push_back(column.fen[row]);
    }
    const auto balance = find_balance(moneys, found.contains(amount) ? found[amount] : std::string());
    if (!balance) return {};
    found[amount] = moneys[balance->gross].title;
    found[refunded] = moneys[balance->refund].title;
    const auto refunded_at = found.find(kind.place("refunded_at"));
    return Booking{found[amount], found[paid_at], found[refunded],
                   refunded_at == found.end() ? found[paid_at] : refunded_at->second,
                   std::string(moneys[balance->net].title)};
}

// The fact of which most needed columns are found, more than half of them. Throws Error (refused) where there is none.
Fact likeliest(const TablePlace& sample, const HeaderNames& names, const Profiles& profiles, const Catalogue& say) {
    struct Likeness {
        std::size_t there, found, needed;  // columns of the fact
        const FactKind* kind;
    };
    std::vector<Likeness> all;
    for (const FactKind& kind : fact_kinds()) {
        const Found found = columns_for(kind, names, profiles);
        Likeness& one = all.emplace_back(0, found.size(), 0, &kind);
        for (std::size_t i = 0; i < kind.columns.size(); ++i) {
            one.needed += kind.columns[i].needed;
            one.there += kind.columns[i].needed && found.contains(i);
        }
    }
    std::ranges::stable_sort(all, std::greater(), [](const Likeness& one) { return std::pair(one.there, one.found); });
    const auto likely = std::ranges::find_if(all, [](const Likeness& one) { return one.there * 2 > one.needed; });
    if (likely != all.end()) return likely->kind->fact;
    const auto name = [&](const FactKind& kind) {
        return std::string(say.language() == Language::zh ? kind.title : kind.name);
    };
    std::string near, facts;
    for (std::size_t i = 0; i < candidates_named && all[i].there > 0; ++i)
        near += (near.empty() ? "" : ", ") + name(*all[i].kind);
    for (const FactKind& kind : fact_kinds()) facts += (facts.empty() ? "" : ", ") + name(kind);
    throw Error(Error::refused, near.empty() ? "intake.draft.like_nothing" : "intake.draft.which_fact",
                {{"file", sample.text()}, {"like", near}, {"fact", name(*all[0].kind)}, {"facts", facts}});
}

bool is_name(std::string_view cell, const Zone& zone) {
    Looks looks;
    looks.see(strip(cell), zone);
    return looks.any && !looks.is_date() && !looks.count && !looks.money;
}

// The sample below its header: of the rows in which an import would look for it, alone or with the one above, that in
// which most names stand.
std::unique_ptr<TableReader> below_header(const TablePlace& sample, const Zone& zone) {
    const auto names = [&zone](const TableReader& reader) {
        return std::ranges::count_if(reader.header(), [&zone](const auto& cell) { return is_name(cell, zone); });
    };
    auto reader = TableReader::open(sample);
    std::ptrdiff_t most = 0;
    find_header(*reader, [&] {
        most = std::max(most, names(*reader));
        return false;
    });
    reader = TableReader::open(sample);
    find_header(*reader, [&] { return names(*reader) == most; });
    return reader;
}

}  // namespace

ProfileDraft draft_profile(const TablePlace& sample, const std::string& name, std::optional<Fact> fact,
                           const Profiles& profiles, const Catalogue& say) {
    const Zone zone("UTC");  // only forms are looked at
    const auto reader = below_header(sample, zone);
    const HeaderNames names(reader->header());
    std::vector<Looks> columns;
    std::set<std::string> empties;
    for (const std::string& title : names.titles()) columns.emplace_back().title = title;
    for (int row = 0; row < rows_looked_at; ++row) {
        const auto found = reader->next();
        if (found == TableReader::Found::end) break;
        if (found != TableReader::Found::record || is_summary(reader->cells())) continue;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            std::string_view value = strip(reader->cells()[i]);
            if (std::ranges::find(known_empties, value) != known_empties.end()) {
                empties.emplace(value);
                value = {};
            }
            columns[i].see(value, zone);
        }
    }

    ProfileDraft draft;
    draft.fact = fact ? *fact : likeliest(sample, names, profiles, say);
    const FactKind& kind = kind_of(draft.fact);
    Found found = columns_for(kind, names, profiles);
    guess(kind, columns, found);
    const auto booking = kind.fact == Fact::orders ? booking_of(kind, columns, found) : std::nullopt;
    const auto remark = [&](std::string_view id, std::vector<std::pair<std::string, std::string>> with = {}) {
        return "# " + say(std::string(id), std::move(with)) + "\n";
    };
    std::string& text = draft.text;
    text += remark("intake.draft.made", {{"file", sample.text()}});
    text += remark("intake.draft.try", {{"name", name}}) + "\n";
    text += "name = " + in_quotes(name) + "\ndraft = true  # " + say("intake.draft.is_one") + "\n";
    for (const char* key : {"title", "description"})
        for (const char* language : {"zh", "en"})
            text += std::string(key) + "." + language + " = " + in_quotes(name) + "\n";
    std::vector<std::string> header;
    for (const Looks& column : columns)
        if (!column.title.empty() && header.size() < header_at_most) header.push_back(column.title);
    text += "\n" + remark("intake.draft.header") + "header = " + list(header) + "\n\n";
    if (!empties.empty())
        text += remark("intake.draft.empty") + "empty = " + list({empties.begin(), empties.end()}) + "\n\n";
    text += remark("intake.draft.columns");
    for (const Looks& column : columns)
        if (!column.title.empty()) text += "#   " + column.title + "  " + say(column.sentence()) + "\n";
    std::vector<std::string> formats;
    for (const Looks& column : columns)
        if (column.odd_date())
            for (const std::string& format : column.formats)
                if (std::ranges::find(formats, format) == formats.end()) formats.push_back(format);
    if (!formats.empty()) {
        const auto day_first = [](const std::string& format) { return format.starts_with("%d"); };
        const bool told = std::ranges::none_of(formats, day_first) ||
                          std::ranges::none_of(formats, [](const auto& format) { return format.starts_with("%m"); });
        text += "\n";
        if (!told) text += remark("intake.draft.day_or_month");
        text += (told ? "" : "# ") + ("dates = " + list(formats)) + "\n";
    }
    text += "\n[[fact]]\nfact = " + in_quotes(kind.name) + "\n";
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        const Column& column = kind.columns[i];
        const auto there = found.find(i);
        if (there == found.end() && column.needed) draft.missing.emplace_back(column.name);
        const bool to_fill = there == found.end() && column.needed;
        text += (there == found.end() && !column.needed ? "# " : "") + ("columns." + std::string(column.name)) + " = " +
                in_quotes(there == found.end() ? "" : there->second) + "  # " + std::string(column.alias) +
                (column.needed ? say("intake.draft.needed") : "") + (to_fill ? say("intake.draft.fill_in") : "") + "\n";
        // What is the same in all rows needs no column.
        const bool is_said = column.type == Type::text || column.type == Type::word || column.type == Type::kind;
        if (to_fill && is_said) text += remark("intake.draft.constant", {{"column", std::string(column.name)}});
    }
    if (booking) {
        text += "\n" + remark("intake.draft.balances");
        text += "when = [{ column = " + in_quotes(booking->paid_at) + ", empty = false }]\n";
        text += "zero_is_empty = [\"refunded\"]\n";
        text += "check = [{ left = " + in_quotes(booking->gross) +
                ", right = " + list({booking->net, "+", booking->refund}) + " }]\n\n[booking]\n";
        for (const auto& [key, column] :
             std::initializer_list<std::pair<const char*, const std::string&>>{{"gross", booking->gross},
                                                                               {"gross_at", booking->paid_at},
                                                                               {"refund", booking->refund},
                                                                               {"refund_at", booking->refunded_at},
                                                                               {"net", booking->net}})
            text += key + (" = " + in_quotes(column)) + "\n";
    }
    text += "\n" + remark("intake.draft.more");
    return draft;
}

}  // namespace siyu
