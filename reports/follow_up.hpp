// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/base/day.hpp"
#include "reports/document.hpp"

// What people add to a report between its making and its sending: no figure of it changes.
namespace siyu {

// What was agreed to be done, by whom and until when.
struct NextStep {
    std::string what, owner;
    Day due;
    std::optional<Day> done;
};

// What the brand said of a figure of an earlier report by its link.
struct Objection {
    std::string figure;        // its title there
    std::string period;        // of that report, in words
    std::string said, answer;  // the brand's words, the agency's; either may be empty
    bool settled = false;
};

// That somebody of the brand found all figures of an earlier report right.
struct Confirmation {
    std::string first;  // the title of its first figure
    std::size_t figures = 0;
    std::string period, who;
    Day day;
};

// A figure that the edition before told otherwise.
struct Correction {
    std::string title, before, after;
};

// The figures of two editions that differ, in the order of the later one; a figure that only one of them has is told
// with an empty text for the other.
std::vector<Correction> corrections(const Document& before, const Document& after);

struct FollowUp {
    std::string comment, author;  // the PM's, any text with line breaks
    std::vector<NextStep> steps;
    std::vector<Objection> objections;
    std::vector<Confirmation> confirmations;
    int edition = 1;
    std::string why;  // of a later edition
    std::vector<Correction> corrections;
    bool unapproved = false;  // nobody looked at it before the deadline: 未审核
    bool incomplete = false;  // sent at the deadline without required data: 数据未齐
};

// Adds it to the document as parts before the others, and as marks. A step is done, late or open as of the day.
void add(Document& document, const FollowUp& more, Day today, const Catalogue& say);

}  // namespace siyu
