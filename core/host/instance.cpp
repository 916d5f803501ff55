// SPDX-License-Identifier: Apache-2.0
#include "core/host/instance.hpp"

#include "core/host/draft.hpp"
#include "core/host/wire.hpp"

namespace siyu {

using Phase = siyu_context::Phase;

Instance::Instance(PluginFile plugin, std::shared_ptr<Surroundings> around) : plugin_(std::move(plugin)) {
    context_.instance = this;
    context_.plugin = plugin_.id;
    context_.around = std::move(around);
    const siyu_status status =
        enter(Phase::creating, [&] { return plugin_.entries.create(&host_table(), &context_, &self_); });
    std::vector<Note> notes = faults(status, "create");
    if (status == SIYU_OK && !notes.empty()) plugin_.entries.destroy(self_);
    refuse("create", std::move(notes));
}

Instance::~Instance() {
    // A plugin that throws here is past help; the process is not.
    try {
        plugin_.entries.destroy(self_);
    } catch (...) {
    }
}

void Instance::declare(Draft& draft) {
    context_.draft = &draft;
    const siyu_status status = enter(Phase::declaring, [&] { return plugin_.entries.declare(self_, &context_); });
    context_.draft = nullptr;
    context_.measures = draft.blueprint().measures.size();
    // A plugin that hands back what the host told it has said nothing new.
    const bool known = !context_.words && (!draft.problems().empty() || !context_.faults.empty());
    for (Note& note : faults(known ? SIYU_OK : status, "declare")) draft.problems().add(std::move(note));
}

std::function<Value(Evaluation&)> Instance::computing(std::string kpi, Compute compute, void* data) {
    return [self = shared_from_this(), kpi = std::move(kpi), compute, data](Evaluation& evaluation) {
        return self->run(kpi, compute, data, evaluation);
    };
}

std::function<SectionContent(Evaluation&)> Instance::filling(std::string section, OwnKeys keys, Fill fill, void* data) {
    return [self = shared_from_this(), section = std::move(section), keys = std::move(keys), fill,
            data](Evaluation& evaluation) { return self->run(section, keys, fill, data, evaluation); };
}

Value Instance::run(const std::string& kpi, Compute compute, void* data, Evaluation& evaluation) {
    const std::lock_guard lock(one_at_a_time_);
    context_.evaluation = &evaluation;
    siyu_fraction out{0, 0};
    const siyu_status status = enter(Phase::computing, [&] { return compute(data, &context_, &out); });
    std::vector<Note> notes = faults(status, kpi);
    if (status == SIYU_OK && out.den <= 0)
        notes.push_back({"plugin.bad_fraction",
                         {{"what", kpi}, {"num", std::to_string(out.num)}, {"den", std::to_string(out.den)}}});
    refuse(kpi, std::move(notes));
    if (const std::optional<Gap> gap = gap_of(status)) return *gap;
    return Fraction(out.num, out.den);
}

SectionContent Instance::run(const std::string& section, const OwnKeys& keys, Fill fill, void* data,
                             Evaluation& evaluation) {
    const std::lock_guard lock(one_at_a_time_);
    context_.evaluation = &evaluation;
    context_.keys = &keys;
    context_.content = {};
    const siyu_status status = enter(Phase::filling, [&] { return fill(data, &context_); });
    context_.keys = nullptr;
    refuse(section, faults(status, section));
    // A fill that ends early because a figure is missing: what it did not come to is missing for the same reason.
    if (const std::optional<Gap> gap = gap_of(status)) {
        context_.content.not_ready = *gap == Gap::not_ready;
        for (const std::string& key : keys.alone)
            context_.content.keys.try_emplace(key, Shown{{}, std::pair{Value(*gap), Unit::count}});
    }
    return std::move(context_.content);
}

// Nothing that a plugin throws goes further, although the contract says that it throws nothing.
siyu_status Instance::enter(Phase phase, const std::function<siyu_status()>& entry) {
    const Phase before = std::exchange(context_.phase, phase);
    Lent lent_before = std::exchange(context_.lent, {});
    context_.words.reset();
    context_.faults.clear();
    context_.thrown = nullptr;
    siyu_status status = SIYU_FAILED;
    try {
        status = entry();
    } catch (const std::exception& error) {
        context_.faults.push_back({"plugin.threw", {{"words", error.what()}}});
    } catch (...) {
        context_.faults.push_back({"plugin.threw", {{"words", "?"}}});
    }
    context_.phase = before;
    context_.lent = std::move(lent_before);
    context_.evaluation = nullptr;
    return status;
}

std::vector<Note> Instance::faults(siyu_status status, const std::string& entry) {
    if (context_.thrown) std::rethrow_exception(std::exchange(context_.thrown, nullptr));
    std::vector<Note> notes = std::move(context_.faults);
    const bool fine = status == SIYU_OK || (gap_of(status) && entry != "create" && entry != "declare");
    if (fine) return notes;
    if (context_.words)
        notes.push_back({status == SIYU_BAD_CONFIG ? "plugin.bad_config" : "plugin.failed",
                         {{"entry", entry}, {"words", *context_.words}}});
    else if (status == SIYU_CANCELLED)
        notes.push_back({"plugin.cancelled", {{"entry", entry}}});
    else if (notes.empty())
        notes.push_back({"plugin.failed_without_words", {{"entry", entry}, {"status", std::to_string(status)}}});
    return notes;
}

void Instance::refuse(const std::string& entry, std::vector<Note> notes) const {
    if (notes.empty()) return;
    throw Error(Error::refused, Note{"plugin.fault",
                                     {{"plugin", plugin_.id}, {"file", plugin_.file.string()}, {"entry", entry}},
                                     std::move(notes)});
}

}  // namespace siyu
