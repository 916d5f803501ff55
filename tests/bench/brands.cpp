// SPDX-License-Identifier: Apache-2.0
// Writes the facts of brands that are not there, as brands export them: README.md here.
#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/brand.hpp"

namespace siyu::bench {
namespace {

namespace fs = std::filesystem;

void write_agency(const fs::path& folder, const std::vector<std::pair<std::string, Brand>>& brands, Day since) {
    File guides(folder / "guides.csv", "guide_id,name,type,monthly_cost,from");
    File allocations(folder / "allocations.csv", "guide_id,tenant,share,from");
    constexpr std::array<std::string_view, 3> types{"general", "category", "brand"};
    for (const auto& [name, brand] : brands)
        for (std::int64_t place = 0; place < brand.guides(); ++place) {
            const std::string id = brand.guide(place), from = to_string(since);
            guides.cell(id).text("导购").number(place + 1).comma().cell(types[static_cast<std::size_t>(place) % 3]);
            guides.money(700'000 + place % 7 * 50'000).comma().text(from).end();
            allocations.cell(id).cell(name).cell(place % 4 ? "1" : "0.5").text(from).end();
        }
}

}  // namespace
}  // namespace siyu::bench

int main(int count, char** words) {
    using namespace siyu;
    using namespace siyu::bench;
    namespace fs = std::filesystem;
    CLI::App app("Writes the facts of brands that are not there, for the benchmarks");
    std::string out, first;
    int brands = 1;
    Size size;
    app.add_option("OUT", out, "folder to write to")->required();
    app.add_option("--brands", brands, "how many brands");
    app.add_option("--members", size.members, "members of each brand on the last day");
    app.add_option("--days", size.days, "days of facts");
    app.add_option("--days-before", size.days_before, "days before those, of joins and leaves alone");
    app.add_option("--first", first, "the first day; by default such that the last one is 2026-10-30");
    app.add_option("--guides", size.guides, "guides of each brand");
    app.add_option("--joins", size.joins_a_day, "joins on each day of facts; the others join in the days before");
    app.add_flag("--lean", size.lean, "joins and leaves, and a thin layer of interactions and orders");
    app.add_option("--seed", size.seed, "another seed, other brands");
    CLI11_PARSE(app, count, words);
    if (size.lean && size.days_before == 0) size.days_before = 700;
    if (size.days_before > 0 && size.joins_a_day == 0) size.joins_a_day = size.members * 60'000 / 44'000'000 + 1;

    const auto given = first.empty() ? std::optional(*day_of(2026, 10, 31) - size.days) : parse_day(first);
    if (!given) {
        std::fprintf(stderr, "no date: %s\n", first.c_str());
        return 2;
    }
    fs::create_directories(out);
    std::vector<std::pair<std::string, Brand>> all;
    for (int number = 1; number <= brands; ++number) {
        std::array<char, 16> name;
        std::snprintf(name.data(), name.size(), "b%03d", number);
        all.emplace_back(name.data(), Brand(number, size, *given));
    }
    write_agency(out, all, *given - size.days_before);
    for (auto& [name, brand] : all) brand.write(fs::path(out) / name);
}
