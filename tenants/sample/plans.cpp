// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

void Market::agree() {
    constexpr std::array<std::string_view, 3> months{"2026-09", "2026-10", "2026-11"};
    for (std::size_t m = 0; m < months.size(); ++m) {
        const std::string month(months[m]);
        for (std::size_t c = 0; c < brand_.channels.size(); ++c)
            table("commitments")
                .row({month, "touches", std::to_string(brand_.promised[c]), "", std::string(brand_.channels[c].name)});
        for (const Resource& one : brand_.resources)
            table("commitments")
                .row({month, std::string(one.name), std::string(one.promised), std::string(one.delivered[m]), ""});
        for (const Forecast& one : brand_.forecasts)
            table("forecast")
                .row({month, std::string(one.kpi), std::string(one.forecast[m]), std::string(one.lines[0]),
                      std::string(one.lines[1]), std::string(one.lines[2])});
    }
}

}  // namespace siyu::sample
