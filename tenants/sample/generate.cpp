// SPDX-License-Identifier: Apache-2.0
// siyu_sample DIR writes DIR/agency/*.csv and DIR/BRAND/*.csv: 120 days of an agency that nobody ever saw.
#include <iostream>

#include "tenants/sample/market.hpp"

namespace {

void write_agency(const std::filesystem::path& folder) {
    using namespace siyu::sample;
    std::filesystem::create_directories(folder);
    Table roster({"guide_id", "name", "type", "monthly_cost", "from", "to"});
    for (const Guide& one : guides())
        roster.row({std::string(one.id), std::string(one.name), std::string(one.type),
                    yuan(std::int64_t{one.monthly_cost} * 100), "2026-01-01", ""});
    roster.save(folder / "guides.csv");
    Table shares({"guide_id", "tenant", "share", "from", "to"});
    for (const Allocation& one : allocations())
        shares.row({std::string(one.guide), std::string(one.brand), std::to_string(one.percent) + "%",
                    std::string(one.from), ""});
    shares.save(folder / "allocations.csv");
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "siyu_sample DIR\n";
        return 2;
    }
    try {
        const std::filesystem::path folder = words[1];
        write_agency(folder / "agency");
        for (const siyu::sample::Brand& brand : siyu::sample::brands()) {
            siyu::sample::Market market(brand);
            market.play();
            market.save(folder / brand.id);
        }
    } catch (const std::exception& e) {
        std::cerr << "siyu_sample: " << e.what() << "\n";
        return 4;
    }
}
