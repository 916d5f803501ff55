// SPDX-License-Identifier: Apache-2.0
#include "core/host/plugins.hpp"

#include "core/host/draft.hpp"
#include "core/host/instance.hpp"
#include "core/host/plugin_file.hpp"
#include "core/host/trial.hpp"
#include "core/host/wire.hpp"

namespace siyu {

namespace {

// One blueprint in the making: the plugin asked for and those that it extends, each once.
class Chain {
  public:
    using Find = std::function<PluginFile(const std::string&)>;

    Chain(Blueprint& blueprint, std::shared_ptr<Surroundings> around, Find find)
        : blueprint_(blueprint), around_(std::move(around)), find_(std::move(find)) {}

    void add(const std::string& plugin) {
        if (std::find(running_.begin(), running_.end(), plugin) != running_.end())
            throw Error(Error::refused, "plugin.extends_itself", {{"plugin", plugin}});
        if (!done_.insert(plugin).second) return;
        running_.push_back(plugin);
        const auto instance = std::make_shared<Instance>(find_(plugin), around_);
        Draft draft(blueprint_, *instance, [this](const std::string& other) { add(other); });
        instance->declare(draft);
        draft.finish();
        running_.pop_back();
        blueprint_.plugin = plugin;
        blueprint_.version = instance->plugin().version;
        const std::vector<Note>& problems = draft.problems().notes();
        if (!problems.empty())
            throw Error(Error::refused, Note{"plugin.bad_declarations",
                                             {{"plugin", plugin},
                                              {"file", instance->plugin().file.string()},
                                              {"count", std::to_string(problems.size())}},
                                             problems});
    }

  private:
    Blueprint& blueprint_;
    std::shared_ptr<Surroundings> around_;
    Find find_;
    std::vector<std::string> running_;
    std::set<std::string> done_;
};

void remark_unasked(const Surroundings& around, std::string_view plugin, std::vector<Note>& remarks) {
    const std::vector<std::string> asked(around.asked.begin(), around.asked.end());
    for (const auto& [key, value] : around.settings) {
        if (around.asked.contains(key)) continue;
        Note note{"plugin.unknown_setting", {{"plugin", std::string(plugin)}, {"setting", key}}};
        if (const std::string meant = nearest(key, asked); !meant.empty())
            note.parts.push_back({"plugin.did_you_mean", {{"word", meant}}});
        remarks.push_back(std::move(note));
    }
}

[[noreturn]] void refuse_crashing(const std::string& plugin, const std::string& how) {
    throw Error(Error::refused, "plugin.crashes", {{"plugin", plugin}, {"how", how}});
}

}  // namespace

Plugins::Plugins(const std::vector<std::filesystem::path>& places, Hooks hooks) : hooks_(std::move(hooks)) {
    for (const auto& place : places) {
        const auto whole = std::filesystem::absolute(place).lexically_normal();
        if (std::find(places_.begin(), places_.end(), whole) == places_.end()) places_.push_back(whole);
    }
}

std::vector<Plugins::Listed> Plugins::list() const {
    std::map<std::string, Listed> found;
    for (const auto& place : places_) {
        std::error_code unreadable;
        for (const auto& entry : std::filesystem::directory_iterator(place, unreadable)) {
            const std::filesystem::path& file = entry.path();
            if (file.extension() != ".so" || found.contains(file.stem().string())) continue;
            Listed& listed = found[file.stem().string()];
            listed = {file.stem().string(), {}, file, std::nullopt};
            try {
                if (const auto how = try_out([&file] { open_plugin(file); }))
                    refuse_crashing(file.stem().string(), *how);
                const PluginFile plugin = open_plugin(file);
                listed.id = plugin.id;
                listed.version = plugin.version;
            } catch (Error& error) {
                listed.fault = error.at("plugin", listed.id).note();
            }
        }
    }
    std::vector<Listed> all;
    all.reserve(found.size());
    for (auto& [name, listed] : found) all.push_back(std::move(listed));
    return all;
}

Blueprint Plugins::blueprint(std::string_view plugin, const Settings& settings, std::vector<Note>* remarks) const {
    const auto declare = [&] {
        Blueprint blueprint;
        auto around = std::make_shared<Surroundings>(Surroundings{settings, hooks_.log, hooks_.cancelled, {}});
        Chain(blueprint, around, [this](const std::string& id) { return find(id); }).add(std::string(plugin));
        return std::pair{std::move(blueprint), std::move(around)};
    };
    // A damaged file takes the process that loads it down, and no exception tells; so first one that nobody needs.
    if (!tried_.contains(plugin)) {
        if (const auto how = try_out([&declare] { declare(); })) refuse_crashing(std::string(plugin), *how);
        tried_.emplace(plugin);
    }
    auto [blueprint, around] = declare();
    if (remarks) remark_unasked(*around, plugin, *remarks);
    return std::move(blueprint);
}

PluginFile Plugins::find(std::string_view plugin) const {
    if (!is_plugin_id(plugin)) throw Error(Error::wrong_use, "plugin.bad_wish", {{"plugin", std::string(plugin)}});
    std::string tried;
    for (const auto& place : places_) {
        const auto file = place / (std::string(last_word(plugin)) + ".so");
        std::error_code absent;
        if (!std::filesystem::exists(file, absent)) {
            tried += (tried.empty() ? "" : ", ") + file.string();
            continue;
        }
        try {
            PluginFile opened = open_plugin(file);
            if (opened.id != plugin)
                throw Error(Error::refused, "plugin.other_plugin", {{"file", file.string()}, {"inside", opened.id}});
            return opened;
        } catch (Error& error) {
            error.at("plugin", std::string(plugin));
            throw;
        }
    }
    throw Error(Error::refused, "plugin.not_found", {{"plugin", std::string(plugin)}, {"places", tried}});
}

}  // namespace siyu
