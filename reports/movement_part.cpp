// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"

namespace siyu {

PagePart movement_part(const View& view) {
    PagePart part{"movement", view.say("report.part.movement"), {}};
    const Movement& moved = view.card.movement;
    const auto text = [&](std::int64_t number) { return view.words.number(number, 0); };
    const std::vector<std::pair<std::string, std::string>> with{{"opening", text(moved.opening)},
                                                                {"in", text(moved.in)},
                                                                {"out", text(moved.out)},
                                                                {"closing", text(moved.closing)},
                                                                {"sum", text(moved.opening + moved.in - moved.out)}};
    if (moved.opening == 0 && moved.in == 0 && moved.closing == 0) {
        part.blocks.push_back(Paragraph{view.say("report.empty.movement")});
        return part;
    }
    const std::string sum = view.say("report.movement.sum", with);
    part.blocks.push_back(Paragraph{sum});
    if (!moved.adds_up()) {
        part.blocks.push_back(Paragraph{view.say("report.movement.broken", with), Tone::bad});
        return part;
    }
    Chart chart{.kind = Chart::Kind::waterfall,
                .title = view.say("report.movement.chart"),
                .summary = sum + view.say("report.movement.axis")};
    chart.items = {
        {view.say("report.movement.opening"), moved.opening, text(moved.opening)},
        {.label = view.say("report.movement.in"), .value = moved.in, .text = "+" + text(moved.in), .tone = Tone::good},
        {.label = view.say("report.movement.out"),
         .value = moved.out,
         .text = "−" + text(moved.out),
         .tone = Tone::bad},
        {view.say("report.movement.closing"), moved.closing, text(moved.closing)}};
    part.blocks.push_back(std::move(chart));
    return part;
}

}  // namespace siyu
