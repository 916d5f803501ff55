// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "core/host/context.hpp"
#include "core/host/plugin_file.hpp"

namespace siyu {

// One plugin at work for one tenant: from create to destroy. Callbacks hold on to it, so it lives as long as they do.
class Instance : public std::enable_shared_from_this<Instance> {
  public:
    using Compute = siyu_status (*)(void*, siyu_context*, siyu_fraction*);
    using Fill = siyu_status (*)(void*, siyu_context*);

    // Calls create. Throws Error (refused) in the words of the plugin.
    Instance(PluginFile plugin, std::shared_ptr<Surroundings> around);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    const PluginFile& plugin() const { return plugin_; }

    // Calls declare; what is wrong goes to the draft.
    void declare(Draft& draft);
    // The plugin's callbacks as the blueprint holds them. They throw Error (refused) where the plugin fails.
    std::function<Value(Evaluation&)> computing(std::string kpi, Compute compute, void* data);
    std::function<SectionContent(Evaluation&)> filling(std::string section, OwnKeys keys, Fill fill, void* data);

  private:
    siyu_status enter(siyu_context::Phase phase, const std::function<siyu_status()>& entry);
    Value run(const std::string& kpi, Compute compute, void* data, Evaluation& evaluation);
    SectionContent run(const std::string& section, const OwnKeys& keys, Fill fill, void* data, Evaluation& evaluation);
    // What the entry that came back has to answer for; nothing where all is well.
    std::vector<Note> faults(siyu_status status, const std::string& entry);
    void refuse(const std::string& entry, std::vector<Note> notes) const;

    PluginFile plugin_;
    siyu_context context_;
    void* self_ = nullptr;
    std::recursive_mutex one_at_a_time_;
};

}  // namespace siyu
