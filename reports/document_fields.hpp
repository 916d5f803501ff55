// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <utility>

#include "reports/document.hpp"

// What a document is made of, named once for writing and for reading (document_bytes.cpp).
namespace siyu {

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
    io.may("wide", column.wide);
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
    io.may("main", tile.main);
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

}  // namespace siyu
