// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/base/period.hpp"

namespace siyu {

// Which report of a brand is to be made, and which of its pages. As a job's name:
// `daily:2026-11-20:zh:brand,agency:html`.
struct ReportOrder {
    Rhythm rhythm = Rhythm::daily;
    Day last;
    Language language = Language::zh;
    std::vector<std::string> audiences, formats;

    std::string name() const;
    // Nothing for what is no such name.
    static std::optional<ReportOrder> parse(std::string_view name);
    Period period() const { return period_of(rhythm, last); }
    bool operator==(const ReportOrder&) const = default;
};

}  // namespace siyu
