// SPDX-License-Identifier: Apache-2.0
#include "core/host/plugins.hpp"

#include "core/host/draft.hpp"
#include "core/host/instance.hpp"
#include "core/host/plugin_file.hpp"
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
        blueprint_.version = blueprint_.versions[plugin] = instance->plugin().version;
        const std::vector<Note>& problems = draft.problems().notes();
        // Settings the PM mends, all else the author.
        constexpr std::string_view of_settings[] = {
            "plugin.setting_number", "plugin.setting_positive", "plugin.setting_whole", "plugin.setting_positive_whole",
            "plugin.setting_yes_no", "plugin.bad_config",       "plugin.bad_settings"};
        const bool author = std::any_of(problems.begin(), problems.end(), [&](const Note& note) {
            return std::find(std::begin(of_settings), std::end(of_settings), note.id) == std::end(of_settings);
        });
        if (!problems.empty())
            throw Error(Error::refused, Note{author ? "plugin.bad_declarations" : "plugin.bad_settings",
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

// From here to the end files of plugins are looked for and loaded.
class Loading {
  public:
    explicit Loading(const Plugins::Hooks& hooks) : hooks_(hooks) {
        if (hooks_.loading) hooks_.loading(true);
    }
    ~Loading() {
        if (hooks_.loading) hooks_.loading(false);
    }
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;

  private:
    const Plugins::Hooks& hooks_;
};

void check_version(const PluginChoice& choice, const PluginFile& opened) {
    if (!choice.version.empty() && opened.version != choice.version)
        throw Error(Error::refused, "plugin.other_version",
                    {{"plugin", choice.id},
                     {"file", opened.file.string()},
                     {"inside", opened.version},
                     {"pinned", choice.version}});
}

// Before a byte of it runs: code that is loaded can say of itself what it likes.
void check_bytes(const PluginChoice& choice, const std::filesystem::path& file) {
    if (choice.sha256.empty()) return;
    check_plugin_file(file);
    if (const std::string found = sha256_of(file); found != choice.sha256)
        throw Error(Error::refused, "plugin.other_bytes",
                    {{"plugin", choice.id}, {"file", file.string()}, {"found", found}, {"pinned", choice.sha256}});
}

}  // namespace

Plugins::Plugins(const std::vector<std::filesystem::path>& places, Hooks hooks) : hooks_(std::move(hooks)) {
    for (const auto& place : places) {
        const auto whole = std::filesystem::absolute(place).lexically_normal();
        if (std::find(places_.begin(), places_.end(), whole) == places_.end()) places_.push_back(whole);
    }
}

std::vector<std::filesystem::path> Plugins::files(const std::vector<std::filesystem::path>& places) {
    std::map<std::string, std::filesystem::path> found;
    for (const auto& place : places) {
        std::error_code unreadable;
        for (const auto& entry : std::filesystem::directory_iterator(place, unreadable))
            if (entry.path().extension() == ".so") found.emplace(entry.path().stem().string(), entry.path());
    }
    std::vector<std::filesystem::path> all;
    all.reserve(found.size());
    for (auto& [name, file] : found) all.push_back(std::move(file));
    return all;
}

Plugins::Identity Plugins::identify(const std::filesystem::path& file) const {
    try {
        const Loading loading(hooks_);
        const PluginFile plugin = open_plugin(file);
        return {plugin.id, plugin.version};
    } catch (Error& error) {
        error.at("plugin", file.stem().string());
        throw;
    }
}

Blueprint Plugins::blueprint(const PluginChoice& choice, const Settings& settings, std::vector<Note>* remarks) const {
    Blueprint blueprint;
    const auto around =
        std::make_shared<Surroundings>(Surroundings{settings, hooks_.log, hooks_.cancelled, {}, hooks_.calling});
    // Pins are for the plugin that was chosen; those that it extends are found by name.
    const auto find_one = [&](const std::string& id) { return find(id == choice.id ? choice : PluginChoice(id)); };
    Chain(blueprint, around, find_one).add(choice.id);
    if (hooks_.asked)
        for (const std::string& key : around->asked) hooks_.asked(key);
    if (remarks) remark_unasked(*around, choice.id, *remarks);
    return blueprint;
}

PluginFile Plugins::find(const PluginChoice& choice) const {
    if (!is_plugin_id(choice.id)) throw Error(Error::wrong_use, "plugin.bad_wish", {{"plugin", choice.id}});
    if (!choice.version.empty() && !is_version(choice.version))  // it becomes part of a file name
        throw Error(Error::wrong_use, "plugin.bad_wish", {{"plugin", choice.id + "@" + choice.version}});
    const Loading loading(hooks_);
    std::vector<std::filesystem::path> candidates;
    const std::string name(last_word(choice.id));
    for (const auto& place : places_) {
        if (!choice.version.empty()) candidates.push_back(place / (name + "@" + choice.version + ".so"));
        candidates.push_back(place / (name + ".so"));
    }
    if (!choice.file.empty()) candidates = {choice.file};
    std::string tried;
    for (const auto& file : candidates) {
        std::error_code unreadable;
        if (!std::filesystem::exists(file, unreadable)) {
            tried += (tried.empty() ? "" : ", ") + file.string();
            continue;
        }
        try {
            check_bytes(choice, file);
            PluginFile opened = open_plugin(file);
            if (opened.id != choice.id)
                throw Error(Error::refused, "plugin.other_plugin", {{"file", file.string()}, {"inside", opened.id}});
            check_version(choice, opened);
            return opened;
        } catch (Error& error) {
            error.at("plugin", choice.id);
            throw;
        }
    }
    throw Error(Error::refused, "plugin.not_found", {{"plugin", choice.id}, {"places", tried}});
}

}  // namespace siyu
