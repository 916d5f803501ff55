// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "reports/chart.hpp"

// What a report says, in words, before it is a page: both renderings are made of it and so cannot tell different
// things. Texts are plain: whatever is rendered escapes them.
namespace siyu {

// What a figure's text was rounded from.
struct Amount {
    Value value;
    Unit unit = Unit::count;
};

struct PageCell {
    std::string text;
    Tone tone = Tone::plain;
    bool chip = false;                // a word that stands out: a line, a weight
    std::string note = {};            // a few words under it
    std::optional<Chart> chart = {};  // drawn instead of the text where pictures can be
    std::optional<Amount> amount = {};
};

struct PageTable {
    struct Column {
        std::string title;
        bool number = true;
        bool brief = true;  // stands there where room is for a few columns only
        bool wide = false;  // sentences: on a narrow screen each has a line of its own
    };
    struct Row {
        std::vector<PageCell> cells;  // the first names the row
        bool total = false;
        std::string band = {};  // not empty: a new group of rows of that name begins here
        bool beyond = false;    // more than a page shows: for workbooks
    };

    std::string caption;
    std::vector<Column> columns;
    std::vector<Row> rows = {};
    bool cards = false;         // on a narrow screen each row becomes a card; else the table scrolls in its own frame
    std::string left_out = {};  // how many rows are not shown and where they are (traps.md 19)
    std::string brief_caption = {};  // where the brief columns stand alone
    std::size_t all = 0;             // then: how many there are, without totals
};

struct Paragraph {
    std::string text;
    Tone tone = Tone::plain;
};

// A name and what it means, one after the other.
struct Terms {
    struct Term {
        std::string name, meaning, source;
    };
    std::vector<Term> terms;
};

// A part that a plugin's template made: checked HTML, and the same as plain text.
struct Markup {
    std::string html, text;
};

using Block = std::variant<Paragraph, PageTable, Chart, Terms, Markup>;

struct PagePart {
    std::string id, title;
    std::vector<Block> blocks;
};

struct Tile {
    std::string title, value;
    PageCell change;
    std::string before;
    bool forecast = false;  // whether there is a forecast that the attainment is of
    PageCell attainment, line;
    bool main = false;  // the one figure that matters
};

// A figure as the report tells it, wherever it stands there: what two editions are compared by, and what the brand can
// confirm or dispute.
struct ToldFigure {
    std::string id, title, text;
};

struct Document {
    std::string language;  // as HTML names it
    std::string title, brand, kind, period, comparison, as_of, audience;
    std::string first, last;             // days of the period: 2026-11-09
    std::string happened;                // one sentence
    std::vector<std::string> decisions;  // what somebody has to decide or do; empty: nothing
    std::string no_decision;             // said where there is none
    bool held = false;
    bool incomplete = false;         // required data are missing on some days
    bool adds_up = true;             // members at the start, plus in, minus out, are members at the end
    bool for_agency = false;         // not for the brand's eyes
    std::string subject;             // of a mail: brand, report, period and the one figure that matters
    std::string preheader;           // stands beside it in a mailbox: another figure
    std::vector<std::string> marks;  // what must be seen before anything else: 未审核, 数据未齐
    std::vector<ToldFigure> figures;
    std::vector<Tile> tiles;
    std::vector<PagePart> parts;
    std::string footer;
};

}  // namespace siyu
