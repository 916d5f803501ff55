// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <siyu/testing.hpp>

// A unit test of the plugin's class, without a shared object and without siyu.
using namespace siyu;

namespace {

int failures = 0;

void expect(bool held, const char* what) {
    if (held) return;
    ++failures;
    std::cerr << "not so: " << what << "\n";
}

}  // namespace

int main() {
    testing::FakeHost host(siyu_plugin_v1);
    host.setting("stores_shown", "1");
    expect(host.declare(), "declare() succeeds");
    expect(host.kpi("big_spenders").above == testing::text(count(spent(1'000'000, trailing(365)))), "the formula");
    expect(host.lines("big_spenders").good == Fraction(20), "the lines");

    const Measure sales = total("orders", "amount");
    host.give(sales, 9'000);
    host.give(rows("orders"), 4);
    expect(host.compute("cup").value == Fraction(2'250), "9000 / 4");
    const std::int32_t sunday = day_of({2026, 11, 22});
    host.give(sales, sunday, sunday, 70);
    expect(host.compute("last_day").value == Fraction(70), "the last day alone");
    host.give(rows("orders"), 0);
    expect(host.compute("cup").status == SIYU_NO_VALUE, "nothing divided by nothing has no value");

    host.give_split(sales, "guide_id.store_id", {{"s1", Fraction(8'000)}});
    host.give_roster("stores", {"store_id", "name"}, {{"s1", "Quay"}, {"s2", "Pier"}});
    const auto filled = host.fill("stores");
    expect(filled.text("day") == "2026-11-22", "the last day of the period");
    expect(filled.rows("stores").size() == 1, "no more stores than the setting says");
    expect(filled.rows("stores")[0].at("sales").figure == Fraction(8'000), "the store's part");
    expect(filled.text("more") == "1", "one more");

    for (std::size_t n = 1; n <= 7; ++n) {
        host.fail_call(n);
        expect(host.fill("stores").status == SIYU_FAILED, "a call of the host that fails is not overlooked");
    }
    for (const std::string& fault : host.faults()) std::cerr << fault << "\n";
    expect(host.faults().empty(), "nothing against the contract");
    return failures == 0 ? 0 : 1;
}
