// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/report_order.hpp"

namespace siyu {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
}

}  // namespace

std::string ReportOrder::name() const {
    return std::string(to_string(rhythm)) + ":" + to_string(last) + ":" + std::string(to_string(language)) + ":" +
           joined(audiences) + ":" + joined(formats);
}

std::optional<ReportOrder> ReportOrder::parse(std::string_view name) {
    const auto parts = split(name, ':');
    if (parts.size() != 5) return std::nullopt;
    const auto rhythm = parse_rhythm(parts[0]);
    const auto last = parse_day(parts[1]);
    if (!rhythm || !last || (parts[2] != "zh" && parts[2] != "en")) return std::nullopt;
    ReportOrder order{*rhythm, *last, parts[2] == "zh" ? Language::zh : Language::en, split(parts[3], ','),
                      split(parts[4], ',')};
    if (order.name() != name || order.period().last != order.last) return std::nullopt;
    return order;
}

}  // namespace siyu
