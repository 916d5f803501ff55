// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/scorecard.hpp"
#include "core/ledger/ledger.hpp"
#include "core/store/batches.hpp"
#include "core/store/blocks.hpp"

namespace siyu {

// The data of one tenant on some days as the checks look at them, and what they found (docs/quality.md).
struct Review {
    using Words = std::vector<std::pair<std::string, std::string>>;

    std::string tenant;  // its id
    DaySpan days;
    Ledger& ledger;
    Blocks& blocks;
    std::vector<Batch> batches;  // oldest first, undone ones too
    std::vector<Quality> found = {};
    std::vector<std::string> looked = {};  // checks that had something to look at
    // Of which days odd figures are told; none: of all.
    std::function<bool(Fact fact, Day day)> concerns = nullptr;

    Quality& add(Quality::Weight weight, std::string id, Words with, Audience audience = Audience::brand);
    // The same about a day of a fact, with the latest files that changed it.
    Quality& add(Quality::Weight weight, std::string id, Fact fact, Day day, Words with,
                 Audience audience = Audience::brand);
    bool judges(Fact fact, Day day) const { return !concerns || concerns(fact, day); }
    bool said(Fact fact, Day day) const;
    void look(std::string_view check);
    // The standing batches that changed what the day shows of the fact, or of those of its rows; oldest first. The last
    // one brought them as they are. Who repeats what is there changed nothing.
    using Which = std::function<bool(std::span<const std::int64_t> row)>;
    std::vector<const Batch*> brought_by(Fact fact, Day day, const Which& which = nullptr) const;
    std::vector<DataPlace> files_of(Fact fact, Day day) const;
    // The last file that brought something new of the fact for days before.
    std::vector<DataPlace> file_before(Fact fact, Day day) const;
    DataPlace place_of(const Batch& batch) const;
};

bool covers(const Batch& batch, Fact fact, Day day);

// The facts' names, for a sentence's `facts`.
std::string names_of(const std::vector<Fact>& facts);

// `2026-11-02, 2026-11-05..2026-11-07`
std::string days_text(const std::vector<Day>& days);

// `12,345.60` of so many fen.
std::string yuan(const Fraction& fen);

}  // namespace siyu
