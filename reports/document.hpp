// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/chart.hpp"

// What a report says, in words, before it is a page: both renderings are made of it and so cannot tell different
// things. Texts are plain: whatever is rendered escapes them.
namespace siyu {

struct PageCell {
    std::string text;
    Tone tone = Tone::plain;
    bool chip = false;                // a word that stands out: a line, a weight
    std::string note = {};            // a few words under it
    std::optional<Chart> chart = {};  // drawn instead of the text where pictures can be
};

struct PageTable {
    struct Column {
        std::string title;
        bool number = true;
    };
    struct Row {
        std::vector<PageCell> cells;  // the first names the row
        bool total = false;
        std::string band = {};  // not empty: a new group of rows of that name begins here
    };

    std::string caption;
    std::vector<Column> columns;
    std::vector<Row> rows = {};
    bool cards = false;         // on a narrow screen each row becomes a card; else the table scrolls in its own frame
    std::string left_out = {};  // how many rows are not shown and where they are (traps.md 19)
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
};

struct Document {
    std::string language;  // as HTML names it
    std::string title, brand, kind, period, comparison, as_of, audience;
    std::string happened;                // one sentence
    std::vector<std::string> decisions;  // what somebody has to decide or do; empty: nothing
    std::string no_decision;             // said where there is none
    bool held = false;
    std::vector<Tile> tiles;
    std::vector<PagePart> parts;
    std::string footer;
};

}  // namespace siyu
