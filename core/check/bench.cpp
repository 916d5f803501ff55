// SPDX-License-Identifier: Apache-2.0
#include "core/check/bench.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "core/check/generated_facts.hpp"

namespace siyu {

namespace {

constexpr const char* zone = "Asia/Shanghai";

}  // namespace

Bench::Bench() {
    std::string name = (std::filesystem::temp_directory_path() / "siyu-check-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw Error(Error::unreachable, "app.cannot_write", {{"file", name}, {"words", std::strerror(errno)}});
    folder_ = name;
    database_ = open_database("sqlite:siyu.db", folder_, OpenFor::create);
    // Nobody misses it after a power cut.
    database_->execute("PRAGMA synchronous = OFF");
    database_->execute("PRAGMA journal_mode = MEMORY");
}

Bench::~Bench() {
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::optional<Assignment> Bench::assignment(Check::Facts facts, const std::string& plugin) {
    if (facts == Check::Facts::nobodys) return std::nullopt;
    const Tenant tenant = made(facts, plugin);
    return Assignment{tenant,
                      {},
                      Tenants(*database_).agreement(tenant),
                      generated_period(Rhythm::weekly),
                      false,
                      facts == Check::Facts::empty ? Staff{} : staff_of(*database_, "t")};
}

Tenant Bench::made(Check::Facts facts, const std::string& plugin) {
    // The guides are the agency's; they are named after the first brand that is made.
    const char* id = facts == Check::Facts::generated ? "t" : facts == Check::Facts::hostile ? "hostile" : "empty";
    Tenants tenants(*database_);
    for (const Tenant& tenant : tenants.list())
        if (tenant.id == id) return tenant;
    const bool hostile = facts == Check::Facts::hostile;
    const Tenant tenant = tenants.add(id, hostile ? std::string(hostile_name) : "试验品牌", plugin, zone);
    if (facts == Check::Facts::empty) return tenant;
    tenants.agree(tenant, "monthly_fee", earliest_day, "30000");
    for (const auto& [fact, csv] : generated_facts(hostile ? Names::hostile : Names::plain)) {
        const auto file = folder_ / (std::string(to_string(fact)) + ".csv");
        std::ofstream(file, std::ios::binary) << csv;
        take(file, fact, tenant);
    }
    return tenant;
}

ImportResult Bench::take(const std::filesystem::path& file, Fact fact, const Tenant& tenant, const RowRules& rules,
                         const BadRowLimits& limits) {
    FactSource source(file, {fact, ""}, profiles_);
    const bool of_agency = kind_of(fact).agency;
    ImportOrder order;
    order.tenant = of_agency ? agency_tenant : tenant.number;
    order.file = file.filename().string();
    order.rules = rules;
    order.limits = limits;
    return import_file(*database_, Zone(of_agency ? zone : tenant.timezone), source, order);
}

}  // namespace siyu
