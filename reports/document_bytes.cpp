// SPDX-License-Identifier: Apache-2.0
#include "reports/document_bytes.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "reports/section_markup.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_values = 2'000'000;
constexpr std::size_t most_cells = 100'000;
constexpr std::size_t most_digits = 600;  // more is no number any more when it is drawn
constexpr int most_levels = 16;

Error bad_document() { return {Error::refused, "report.error.bad_document"}; }

// The words that stand for what is no text.
template <typename Word>
using Words = std::pair<Word, std::string_view>;
template <typename Word>
constexpr std::array<Words<Word>, 0> words{};
template <>
constexpr std::array words<Tone>{Words<Tone>{Tone::plain, "plain"}, Words<Tone>{Tone::muted, "muted"},
                                 Words<Tone>{Tone::good, "good"}, Words<Tone>{Tone::bad, "bad"},
                                 Words<Tone>{Tone::excess, "excess"}};
template <>
constexpr std::array words<Chart::Kind>{
    Words<Chart::Kind>{Chart::Kind::sparkline, "sparkline"}, Words<Chart::Kind>{Chart::Kind::line, "line"},
    Words<Chart::Kind>{Chart::Kind::bars, "bars"}, Words<Chart::Kind>{Chart::Kind::waterfall, "waterfall"},
    Words<Chart::Kind>{Chart::Kind::bullets, "bullets"}};
template <>
constexpr std::array words<Unit>{Words<Unit>{Unit::count, "count"}, Words<Unit>{Unit::ratio, "ratio"},
                                 Words<Unit>{Unit::money, "money"}, Words<Unit>{Unit::multiple, "multiple"}};
template <>
constexpr std::array words<Gap>{Words<Gap>{Gap::no_value, "no_value"}, Words<Gap>{Gap::not_ready, "not_ready"},
                                Words<Gap>{Gap::not_applicable, "not_applicable"}};

// What each is made of, named once for both ways: `must` always stands there, `may` where it says something.
template <typename T, typename Made>
concept Is = std::same_as<std::remove_const_t<T>, Made>;

void fields(auto& io, Is<Amount> auto& amount) {
    io.must("value", amount.value);
    io.must("unit", amount.unit);
}

void fields(auto& io, Is<Chart::Mark> auto& mark) {
    io.must("at", mark.at);
    io.must("label", mark.label);
}

void fields(auto& io, Is<Chart::Item> auto& item) {
    io.may("label", item.label);
    io.must("value", item.value);
    io.may("text", item.text);
    io.may("against", item.against);
    io.may("against_text", item.against_text);
    io.may("marks", item.marks);
    io.may("tone", item.tone);
}

void fields(auto& io, Is<Chart> auto& chart) {
    io.must("kind", chart.kind);
    io.must("title", chart.title);
    io.may("summary", chart.summary);
    io.may("items", chart.items);
    io.may("low_text", chart.low_text);
    io.may("high_text", chart.high_text);
    io.may("value_legend", chart.value_legend);
    io.may("against_legend", chart.against_legend);
    io.may("brief", chart.brief);
}

void fields(auto& io, Is<PageCell> auto& cell) {
    io.must("text", cell.text);
    io.may("tone", cell.tone);
    io.may("chip", cell.chip);
    io.may("note", cell.note);
    io.may("chart", cell.chart);
    io.may("amount", cell.amount);
}

void fields(auto& io, Is<PageTable::Column> auto& column) {
    io.must("title", column.title);
    io.must("number", column.number);
    io.must("brief", column.brief);
}

void fields(auto& io, Is<PageTable::Row> auto& row) {
    io.must("cells", row.cells);
    io.may("total", row.total);
    io.may("band", row.band);
    io.may("beyond", row.beyond);
}

void fields(auto& io, Is<PageTable> auto& table) {
    io.must("caption", table.caption);
    io.must("columns", table.columns);
    io.must("rows", table.rows);
    io.may("cards", table.cards);
    io.may("left_out", table.left_out);
    io.may("brief_caption", table.brief_caption);
    io.may("all", table.all);
}

void fields(auto& io, Is<Paragraph> auto& paragraph) {
    io.must("text", paragraph.text);
    io.may("tone", paragraph.tone);
}

void fields(auto& io, Is<Terms::Term> auto& term) {
    io.must("name", term.name);
    io.must("meaning", term.meaning);
    io.must("source", term.source);
}

void fields(auto& io, Is<Terms> auto& terms) { io.must("terms", terms.terms); }

void fields(auto& io, Is<Markup> auto& markup) {
    io.must("html", markup.html);
    io.must("text", markup.text);
}

void fields(auto& io, Is<PagePart> auto& part) {
    io.must("id", part.id);
    io.must("title", part.title);
    io.must("blocks", part.blocks);
}

void fields(auto& io, Is<Tile> auto& tile) {
    io.must("title", tile.title);
    io.must("value", tile.value);
    io.must("change", tile.change);
    io.must("before", tile.before);
    io.must("forecast", tile.forecast);
    io.must("attainment", tile.attainment);
    io.must("line", tile.line);
}

void fields(auto& io, Is<ToldFigure> auto& figure) {
    io.must("id", figure.id);
    io.must("title", figure.title);
    io.must("text", figure.text);
}

void fields(auto& io, Is<Document> auto& document) {
    io.must("language", document.language);
    io.must("title", document.title);
    io.must("brand", document.brand);
    io.must("kind", document.kind);
    io.must("period", document.period);
    io.must("comparison", document.comparison);
    io.must("as_of", document.as_of);
    io.must("audience", document.audience);
    io.must("first", document.first);
    io.must("last", document.last);
    io.must("happened", document.happened);
    io.must("decisions", document.decisions);
    io.must("no_decision", document.no_decision);
    io.must("held", document.held);
    io.must("incomplete", document.incomplete);
    io.must("adds_up", document.adds_up);
    io.must("for_agency", document.for_agency);
    io.must("subject", document.subject);
    io.must("preheader", document.preheader);
    io.must("marks", document.marks);
    io.must("figures", document.figures);
    io.must("tiles", document.tiles);
    io.must("parts", document.parts);
    io.must("footer", document.footer);
}

// The name of a block's kind.
template <typename Kind>
constexpr const char* block_name = nullptr;
template <>
constexpr const char* block_name<Paragraph> = "paragraph";
template <>
constexpr const char* block_name<PageTable> = "table";
template <>
constexpr const char* block_name<Chart> = "chart";
template <>
constexpr const char* block_name<Terms> = "terms";
template <>
constexpr const char* block_name<Markup> = "markup";

class Writer {
  public:
    template <typename T>
    static Json json_of(const T& made) {
        if constexpr (requires(Writer io) { fields(io, made); }) {
            Writer io;
            fields(io, made);
            return std::move(io.json_);
        } else if constexpr (std::is_enum_v<T>) {
            for (const auto& [word, text] : words<T>)
                if (word == made) return std::string(text);
            return {};
        } else {
            return made;  // text, bool, number
        }
    }
    static Json json_of(const Fraction& number) { return number.exact_text(); }
    static Json json_of(const Value& value) { return value ? json_of(*value) : json_of(value.gap()); }
    static Json json_of(const Block& block) {
        return std::visit(
            [](const auto& what) -> Json {
                return {{block_name<std::remove_cvref_t<decltype(what)>>, json_of(what)}};
            },
            block);
    }
    template <typename T>
    static Json json_of(const std::optional<T>& made) {
        return json_of(*made);
    }
    template <typename T>
    static Json json_of(const std::vector<T>& all) {
        Json json = Json::array();
        for (const T& one : all) json.push_back(json_of(one));
        return json;
    }

    template <typename T>
    void must(const char* key, const T& made) {
        json_.emplace(key, json_of(made));
    }
    template <typename T>
    void may(const char* key, const T& made) {
        if (!says_nothing(made)) must(key, made);
    }

  private:
    template <typename T>
    static bool says_nothing(const T& made) {
        return made == T{};
    }
    static bool says_nothing(const Value& value) { return value == Value(Gap::not_applicable); }
    template <typename T>
    static bool says_nothing(const std::optional<T>& made) {
        return !made;
    }
    template <typename T>
    static bool says_nothing(const std::vector<T>& all) {
        return all.empty();
    }

    Json json_ = Json::object();
};

class Reader {
  public:
    explicit Reader(const Json& json) : json_(json) {
        if (!json.is_object()) throw bad_document();
    }

    template <typename T>
    static void read(const Json& json, T& made) {
        if constexpr (requires(Reader io) { fields(io, made); }) {
            Reader io(json);
            fields(io, made);
            if (io.known_ != json.size()) throw bad_document();
        } else {
            static_assert(std::is_enum_v<T>);
            const std::string_view text = text_of(json);
            for (const auto& [word, known] : words<T>)
                if (known == text) {
                    made = word;
                    return;
                }
            throw bad_document();
        }
    }
    static void read(const Json& json, std::string& text) { text = text_of(json); }
    static void read(const Json& json, bool& flag) {
        if (!json.is_boolean()) throw bad_document();
        flag = json.get<bool>();
    }
    static void read(const Json& json, std::size_t& number) {
        if (!json.is_number_unsigned()) throw bad_document();
        number = json.get<std::size_t>();
    }
    static void read(const Json& json, Fraction& number) {
        const std::string& text = text_of(json);
        auto exact = text.size() <= most_digits ? Fraction::parse_exact(text) : std::nullopt;
        if (!exact) throw bad_document();
        number = *std::move(exact);
    }
    static void read(const Json& json, Value& value) {
        const std::string& text = text_of(json);
        if (text.find('/') == std::string::npos) {
            Gap gap{};
            read(json, gap);
            value = gap;
        } else {
            Fraction number;
            read(json, number);
            value = std::move(number);
        }
    }
    static void read(const Json& json, Block& block) {
        if (!json.is_object() || json.size() != 1) throw bad_document();
        const auto as = [&]<typename Kind>(Kind made) {
            if (!json.contains(block_name<Kind>)) return false;
            read(json.front(), made);
            block = std::move(made);
            return true;
        };
        if (!as(Paragraph{}) && !as(PageTable{}) && !as(Chart{}) && !as(Terms{}) && !as(Markup{})) throw bad_document();
    }
    template <typename T>
    static void read(const Json& json, std::optional<T>& made) {
        read(json, made.emplace());
    }
    template <typename T>
    static void read(const Json& json, std::vector<T>& all) {
        if (!json.is_array()) throw bad_document();
        all.reserve(json.size());
        for (const Json& one : json) read(one, all.emplace_back());
    }

    template <typename T>
    void must(const char* key, T& made) {
        const auto found = json_.find(key);
        if (found == json_.end()) throw bad_document();
        read(*found, made);
        ++known_;
    }
    template <typename T>
    void may(const char* key, T& made) {
        if (json_.contains(key)) must(key, made);
    }

  private:
    static const std::string& text_of(const Json& json) {
        if (!json.is_string()) throw bad_document();
        return json.get_ref<const std::string&>();
    }

    const Json& json_;
    std::size_t known_ = 0;
};

// Looks through the bytes without keeping anything: what is too deep, too much or odd is no document.
class Glance : public nlohmann::json_sax<Json> {
  public:
    bool null() override { return false; }
    bool boolean(bool) override { return one_more(); }
    bool number_integer(number_integer_t) override { return false; }
    bool number_unsigned(number_unsigned_t) override { return one_more(); }
    bool number_float(number_float_t, const string_t&) override { return false; }
    bool string(string_t&) override { return one_more(); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return deeper(); }
    bool key(string_t&) override { return true; }
    bool end_object() override { return --level_ >= 0; }
    bool start_array(std::size_t) override { return deeper(); }
    bool end_array() override { return --level_ >= 0; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  private:
    bool one_more() { return ++values_ <= most_values; }
    bool deeper() { return ++level_ <= most_levels && one_more(); }

    std::size_t values_ = 0;
    int level_ = 0;
};

Json parsed(std::string_view bytes) {
    if (bytes.size() > most_bytes) throw bad_document();
    Glance glance;
    if (!Json::sax_parse(bytes, &glance)) throw bad_document();
    return Json::parse(bytes);
}

// What every rendering relies on.
void check(Document& document) {
    if (document.language != "zh-CN" && document.language != "en") throw bad_document();
    std::size_t cells = 0;
    for (PagePart& part : document.parts)
        for (Block& block : part.blocks) {
            if (const auto* table = std::get_if<PageTable>(&block)) {
                if (table->columns.empty()) throw bad_document();
                for (const auto& row : table->rows) {
                    if (row.cells.size() != table->columns.size()) throw bad_document();
                    cells += row.cells.size();
                }
            }
            if (auto* markup = std::get_if<Markup>(&block)) try {
                    markup->html = section_markup(part.id, markup->html).html;
                } catch (const Error&) {
                    throw bad_document();
                }
        }
    if (cells > most_cells) throw bad_document();
}

}  // namespace

std::string write_document(const Document& document) {
    return Writer::json_of(document).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Document read_document(std::string_view bytes) {
    Document document;
    Reader::read(parsed(bytes), document);
    check(document);
    return document;
}

}  // namespace siyu
