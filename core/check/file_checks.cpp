// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>

#include <algorithm>
#include <chrono>

#include "core/check/checking.hpp"
#include "core/check/elf_symbols.hpp"
#include "core/host/plugin_file.hpp"

// What can be said about the file, before and while it is loaded.
namespace siyu {

namespace {

constexpr std::string_view entry_symbol = "siyu_plugin_v1";

// From here to the end files may be opened.
class Opening {
  public:
    explicit Opening(const Trial& trial) : trial_(trial) { trial_.loading(true); }
    ~Opening() { trial_.loading(false); }
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

  private:
    const Trial& trial_;
};

std::string listed(std::vector<std::string> names) {
    constexpr std::size_t most = 5;  // more help nobody
    // What somebody wrote says more than what a compiler made.
    std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return !name.starts_with("_Z"); });
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i ? ", " : "") + names[i];
    return names.size() > most ? text + " …" : text;
}

bool is_sanitizers(const std::string& symbol) {
    for (const std::string_view prefix : {"__asan_", "__ubsan_", "__lsan_", "__sanitizer_", "__interceptor_"})
        if (symbol.starts_with(prefix)) return true;
    return false;
}

std::string stem_of(const Trial& trial) { return trial.plugin.file.stem().string(); }

}  // namespace

Verdict check_file(Trial& trial) {
    const Opening opening(trial);
    try {
        check_plugin_file(trial.plugin.file);
    } catch (Error& error) {
        error.at("plugin", stem_of(trial));
        throw;
    }
    return {};
}

Verdict check_exports_one_symbol(Trial& trial) {
    const Opening opening(trial);
    std::vector<std::string> others = elf_symbols(trial.plugin.file).offered;
    const auto entry = std::find(others.begin(), others.end(), entry_symbol);
    if (entry == others.end()) wrong("check.no_entry_symbol");
    others.erase(entry);
    if (!others.empty())
        wrong("check.more_symbols", {{"count", std::to_string(others.size())}, {"symbols", listed(others)}});
    return {};
}

Verdict check_no_undefined(Trial& trial) {
    const Opening opening(trial);
    const ElfSymbols symbols = elf_symbols(trial.plugin.file);
    const std::string file = trial.plugin.file.string();
    void* loaded = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!loaded) {
        const char* words = ::dlerror();
        wrong("check.does_not_load", {{"words", words ? words : "?"}});
    }
    // What the program happens to have hides what the plugin forgot to link.
    std::vector<std::string> borrowed;
    for (const std::string& symbol : symbols.wanted)
        if (!is_sanitizers(symbol) && !::dlsym(loaded, symbol.c_str())) borrowed.push_back(symbol);
    if (!borrowed.empty())
        wrong("check.borrowed_symbols", {{"count", std::to_string(borrowed.size())}, {"symbols", listed(borrowed)}});
    return {};
}

Verdict check_constant_sane(Trial& trial) {
    try {
        const Plugins::Identity found = plugins_of(trial).identify(trial.plugin.file);
        trial.plugin.id = found.id;
        trial.plugin.version = found.version;
    } catch (Error& error) {
        error.at("plugin", stem_of(trial));
        throw;
    }
    return {true, {{"check.identity", {{"plugin", trial.plugin.id}, {"version", trial.plugin.version}}}}};
}

Verdict check_loads_fast(Trial& trial) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    plugins_of(trial).identify(trial.plugin.file);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
    const std::vector<std::pair<std::string, std::string>> with{{"ms", std::to_string(took)},
                                                                {"most", std::to_string(most_load_ms)}};
    if (took > most_load_ms) wrong("check.loads_slowly", with);
    return {true, {{"check.loaded_in", with}}};
}

}  // namespace siyu
