// SPDX-License-Identifier: Apache-2.0
// What it costs that a brand's report is made by a worker and not in the program itself: README.md here.
#include <benchmark/benchmark.h>

#include <random>

#include "core/worker/crew.hpp"
#include "core/worker/nursery.hpp"
#include "reports/page.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

const Period day{Rhythm::daily, *day_of(2026, 10, 30), *day_of(2026, 10, 30)};

// A brand of 5,000 members and 60 days: some 40,000 rows.
void play(Workshop& shop) {
    std::mt19937 random(1);
    const auto below = [&random](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    std::string joins = "joined_at,customer_id,guide_id,channel\n",
                orders = "order_id,paid_at,amount,customer_id,channel\n", interactions = "at,customer_id,kind\n",
                touches = "date,channel,touches,cost\n";
    const char* channels[] = {"天猫", "京东", "抖音"};
    for (int number = 0; number < 60; ++number) {
        const std::string date = to_string(*day_of(2026, 9, 1) + number);
        const auto at = [&] { return date + " 1" + std::to_string(below(10)) + ":" + std::to_string(10 + below(50)); };
        for (const char* channel : channels) touches += date + "," + channel + ",1000,500.00\n";
        for (int i = 0; i < 83; ++i)
            joins += at() + ",c" + std::to_string(number * 83 + i) + ",g" + std::to_string(below(5)) + "," +
                     channels[below(3)] + "\n";
        for (int i = 0; i < 60; ++i)
            orders += "o" + std::to_string(number * 60 + i) + "," + at() + "," + std::to_string(20 + below(300)) +
                      ",c" + std::to_string(below(5000)) + "," + channels[below(3)] + "\n";
        for (int i = 0; i < 500; ++i)
            interactions += at() + ",c" + std::to_string(below(5000)) + (i % 2 ? ",click\n" : ",private_reply\n");
    }
    shop.take(Fact::touches, touches);
    shop.take(Fact::joins, joins);
    shop.take(Fact::orders, orders);
    shop.take(Fact::interactions, interactions);
}

Workshop& shop() {
    static Workshop made;
    static const bool played = (play(made), true);
    benchmark::DoNotOptimize(played);
    return made;
}

Assignment assignment() { return {{1, "t", "某品牌", "standard", "Asia/Shanghai"}, {}, {}, day, true}; }

Job report_job() {
    Job job;
    job.places = {SIYU_PLUGINS};
    job.plugin = "standard";
    job.assignment = assignment();
    job.pages = {{Page::Format::html, Audience::brand}};
    return job;
}

Job identify_job() {
    Job job;
    job.task = Job::Task::identify;
    job.places = {SIYU_PLUGINS};
    job.plugin = {"standard", "", "", std::filesystem::path(SIYU_PLUGINS) / "standard.so"};
    return job;
}

std::string report_in_process() {
    const Plugins plugins({SIYU_PLUGINS});
    Assignment work = assignment();
    work.blueprint = plugins.blueprint("standard");
    return html_page(compute(shop().database(), std::move(work)), Audience::brand, catalogue(Language::zh));
}

void ReportInProcess(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(report_in_process());
}
BENCHMARK(ReportInProcess)->Unit(benchmark::kMillisecond)->UseRealTime();

// With clerks, as `siyu report` has it.
StorePlace place() { return {shop().url(), shop().folder(), ""}; }

void ReportByClerk(benchmark::State& state) {
    Crew crew(shop().database(), place());
    crew.run(report_job());
    for (auto _ : state) benchmark::DoNotOptimize(crew.run(report_job()).or_throw().pages.size());
}
BENCHMARK(ReportByClerk)->Unit(benchmark::kMillisecond)->UseRealTime();

// As where the plugin has code of its own.
void ReportBySealedProcess(benchmark::State& state) {
    Crew crew(&shop().database());
    crew.run(report_job());
    for (auto _ : state) benchmark::DoNotOptimize(crew.run(report_job()).or_throw().pages.size());
}
BENCHMARK(ReportBySealedProcess)->Unit(benchmark::kMillisecond)->UseRealTime();

// A fork, the walls, and one plugin file loaded and looked at: what every worker costs before it computes.
void WorkerAlone(benchmark::State& state) {
    Crew crew(nullptr);
    crew.run(identify_job());
    for (auto _ : state) benchmark::DoNotOptimize(crew.run(identify_job()).or_throw().version.size());
}
BENCHMARK(WorkerAlone)->Unit(benchmark::kMillisecond)->UseRealTime();

// What one command pays once: the program started again as the nursery. (Minus WorkerAlone.)
void NurseryAndWorker(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Crew(nullptr).run(identify_job()).or_throw().version.size());
}
BENCHMARK(NurseryAndWorker)->Unit(benchmark::kMillisecond)->UseRealTime();

// The morning of many brands, a report each.
void ManyInProcess(benchmark::State& state) {
    for (auto _ : state)
        for (int brand = 0; brand < state.range(0); ++brand) benchmark::DoNotOptimize(report_in_process());
}
BENCHMARK(ManyInProcess)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

void many_by(Crew& crew, benchmark::State& state) {
    for (auto _ : state)
        crew.run(std::vector<Job>(static_cast<std::size_t>(state.range(0)), report_job()),
                 [](std::size_t, const Outcome& outcome) { outcome.or_throw(); });
}
void ManyByClerks(benchmark::State& state) {
    Crew crew(shop().database(), place());
    many_by(crew, state);
}
BENCHMARK(ManyByClerks)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
void ManyBySealedProcesses(benchmark::State& state) {
    Crew crew(&shop().database());
    many_by(crew, state);
}
BENCHMARK(ManyBySealedProcesses)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace
}  // namespace siyu

int main(int count, char** words) {
    if (count == 1 && std::string_view(words[0]) == siyu::nursery_name) return siyu::run_nursery();
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
}
