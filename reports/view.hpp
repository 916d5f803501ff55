// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/engine/scorecard.hpp"
#include "reports/document.hpp"
#include "reports/wording.hpp"

namespace siyu {

// A scorecard as one audience may see it, in one language. Scorecard and catalogue must outlive it.
class View {
  public:
    View(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue);

    const Scorecard& card;
    const Catalogue& say;
    const Wording words;
    const Audience audience;

    bool for_agency() const { return audience == Audience::agency; }
    bool shows(Audience whose) const { return for_agency() || whose == Audience::brand; }

    // One KPI with its figure. In the order of the report, without those that the audience may not see.
    struct Entry {
        const Kpi* kpi;
        const Figure* figure;
    };
    const std::vector<Entry>& entries() const { return entries_; }
    std::vector<Entry> entries(Group group) const;
    const Entry* entry(std::string_view id) const;
    std::vector<Entry> headlines() const;

    std::string title(const std::string& zh, const std::string& en, const std::string& id) const;
    std::string title(const Kpi& kpi) const { return title(kpi.title_zh, kpi.title_en, kpi.id); }
    // `report.period.KEY` of the rhythm: 本周, 上周, 较上周.
    std::string period_word(const std::string& key) const;
    Change change(const Entry& entry) const;
    // The figure with what it was rounded from.
    PageCell figure_cell(const Value& value, Unit unit, Tone tone = Tone::plain) const;
    PageCell change_cell(const Entry& entry) const;
    PageCell attainment_cell(const Entry& entry) const;
    PageCell line_cell(const Entry& entry) const;

    // The figures of a KPI by the values of a dimension, largest first, then by name. Empty where there are none.
    using Shares = std::vector<std::pair<std::string, Fraction>>;
    Shares shares(const std::string& kpi, const std::string& dimension) const;
    // A value of a dimension for people: 未知 for the unknown one, the words of closed lists translated.
    std::string name(const std::string& dimension, const std::string& value) const;
    // The sentence of a note, with facts by the names that people know them by.
    std::string sentence(const Note& found) const;

  private:
    std::vector<Entry> entries_;
};

inline constexpr std::size_t rows_shown = 20, rows_kept = 1000;

// A page shows the first rows and says how many of all it leaves out and where they are: `report.where.PLACE`. A
// document keeps some more, for workbooks.
void cut(PageTable& table, const View& view, const std::string& place);

}  // namespace siyu
