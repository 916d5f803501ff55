// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <mutex>
#include <thread>

#include "core/check/checking.hpp"
#include "core/check/rehearsal.hpp"
#include "core/check/sanitizer.hpp"

// What a plugin does when the host fails, when it is to stop, beside itself, and again and again.
namespace siyu {

namespace {

constexpr int most_calls = 5000;

// The call of a plugin that is made to fail.
struct Failing {
    std::string plugin;
    int wanted = 0, calls = 0;
    std::vector<std::string>* names = nullptr;

    void operator()(std::string_view who, const char* what) {
        // `fail` only says words, and what an extended plugin calls is not this one's business.
        if (who != plugin || std::string_view(what) == "fail") return;
        if (names) names->emplace_back(what);
        if (++calls != wanted) return;
        throw Error(Error::refused, "check.made_to_fail", {{"function", what}, {"number", std::to_string(calls)}});
    }
};

// Bytes that are given out.
std::int64_t heap() {
    const struct mallinfo2 now = ::mallinfo2();
    return static_cast<std::int64_t>(now.uordblks + now.hblkhd);
}

// One life of the plugin, up to the end: declared, asked for everything, destroyed.
std::vector<std::string> one_life(const Plugins& plugins, const Trial& trial) {
    const Blueprint blueprint = plugins.blueprint(trial.plugin, trial.settings);
    return rehearse(blueprint);
}

// One life in which a call fails.
void one_life(const Trial& trial, Failing& failing) {
    failing.calls = 0;
    Plugins::Hooks hooks;
    hooks.calling = std::ref(failing);
    try {
        one_life(plugins_of(trial, hooks), trial);
    } catch (const Error& error) {
        if (error.note().id != "check.made_to_fail") throw;
    }
}

// Bytes that each round leaves on the heap, at least. Free lists fill and empty by themselves, so only what grows again
// and again is counted; 0 where nothing does.
template <class Round>
std::int64_t growth(int rounds, Round round) {
    constexpr int batches = 12;
    for (int i = 0; i < rounds; ++i) round();
    std::int64_t before = heap(), least = std::numeric_limits<std::int64_t>::max();
    for (int batch = 0; batch < batches && least > 0; ++batch) {
        for (int i = 0; i < rounds; ++i) round();
        const std::int64_t now = heap();
        least = std::min(least, now - before);
        before = now;
    }
    // What is lost once a round is at least one chunk of the C library's, of 32 bytes; less is the heap's own unrest.
    constexpr std::int64_t smallest_chunk = 32;
    return least >= smallest_chunk * rounds ? least / rounds : 0;
}

}  // namespace

Verdict check_host_fails_nth_call(Trial& trial) {
    std::vector<std::string> names;
    Failing failing{trial.plugin.id, 0, 0, &names};
    one_life(trial, failing);
    failing.names = nullptr;
    const int calls = std::min(static_cast<int>(names.size()), most_calls);
    for (failing.wanted = 1; failing.wanted <= calls; ++failing.wanted) {
        trial.stage({"check.stage.call",
                     {{"number", std::to_string(failing.wanted)},
                      {"function", names[static_cast<std::size_t>(failing.wanted - 1)]}}});
        one_life(trial, failing);
    }
    trial.stage({"check.stage.calls_again", {}});
    const std::int64_t left = growth(1, [&] {
        for (failing.wanted = 1; failing.wanted <= calls; ++failing.wanted) one_life(trial, failing);
    });
    if (left > 0) wrong("check.leaks_when_failing", {{"bytes", std::to_string(left)}});
    return {true, {{"check.calls", {{"count", std::to_string(calls)}}}}};
}

Verdict check_cancelled(Trial& trial) {
    using Clock = std::chrono::steady_clock;
    constexpr auto most = std::chrono::seconds(2);
    for (const bool from_the_start : {true, false}) {
        std::atomic<bool> cancelled{from_the_start};
        trial.stage({from_the_start ? "check.stage.cancelled_declaring" : "check.stage.cancelled_working", {}});
        Plugins::Hooks hooks;
        hooks.cancelled = [&cancelled] { return cancelled.load(); };
        const Plugins plugins = plugins_of(trial, std::move(hooks));
        const Clock::time_point begin = Clock::now();
        try {
            const Blueprint blueprint = plugins.blueprint(trial.plugin, trial.settings);
            cancelled = true;
            rehearse(blueprint);
        } catch (const Error&) {  // that it was cancelled
            if (!from_the_start) throw;
        }
        if (Clock::now() - begin > most) wrong("check.does_not_stop", {{"seconds", std::to_string(most.count())}});
    }
    return {};
}

Verdict check_two_instances(Trial& trial) {
    constexpr int rounds = 5;
    // Files may be opened while one of the two is loading.
    std::mutex mutex;
    int loading = 0;
    Trial both = trial;
    both.loading = [&](bool begins) {
        const std::lock_guard lock(mutex);
        loading += begins ? 1 : -1;
        if (loading == (begins ? 1 : 0)) trial.loading(begins);
    };
    const Plugins plugins = plugins_of(both);
    const std::vector<std::string> alone = one_life(plugins, both);
    const auto compare = [&alone](const std::vector<std::string>& found) {
        if (const std::string what = first_difference(alone, found); !what.empty())
            wrong("check.instances_disturb", {{"difference", what}});
    };
    {
        trial.stage({"check.stage.two_alive", {}});
        const Blueprint one = plugins.blueprint(both.plugin, both.settings);
        std::optional<Blueprint> other = plugins.blueprint(both.plugin, both.settings);
        if (const std::string what = first_difference(lines_of(one), lines_of(*other)); !what.empty())
            wrong("check.instances_disturb", {{"difference", what}});
        compare(rehearse(one));
        compare(rehearse(*other));
        other.reset();
        compare(rehearse(one));
    }
    trial.stage({"check.stage.two_threads", {}});
    std::array<std::exception_ptr, 2> thrown;
    std::array<std::thread, 2> threads;
    for (std::size_t i = 0; i < threads.size(); ++i)
        threads[i] = std::thread([&, i] {
            try {
                for (int round = 0; round < rounds; ++round) compare(one_life(plugins, both));
            } catch (...) {
                thrown[i] = std::current_exception();
            }
        });
    for (std::thread& thread : threads) thread.join();
    for (const std::exception_ptr& error : thrown)
        if (error) std::rethrow_exception(error);
    return {};
}

Verdict check_no_leaks(Trial& trial) {
    constexpr int rounds = 15;
    const Plugins plugins = plugins_of(trial);
    trial.stage({"check.stage.rounds", {}});
    if (Sanitizer::there()) {
        for (int i = 0; i < rounds; ++i) one_life(plugins, trial);
        if (const std::string place = Sanitizer::place_in(Sanitizer::leaks(), trial.plugin.file); !place.empty())
            wrong("check.leak_found", {{"place", place}});
        return {true, {{"check.sanitized", {}}}};
    }
    int lives = 0;
    const auto life = [&] {
        one_life(plugins, trial);
        ++lives;
    };
    if (const std::int64_t bytes = growth(rounds, life); bytes > 0)
        wrong("check.leaks", {{"bytes", std::to_string(bytes)}});
    return {true, {{"check.rounds", {{"count", std::to_string(lives)}}}}};
}

}  // namespace siyu
