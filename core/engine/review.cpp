// SPDX-License-Identifier: Apache-2.0
#include "core/engine/review.hpp"

#include <algorithm>

#include "core/base/grouped.hpp"

namespace siyu {

namespace {

// Who has to look for a row has more files than these only where somebody imports the same day again and again.
constexpr std::size_t files_named = 3;

bool same(const Rows& a, const Rows& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!std::ranges::equal(a[i], b[i])) return false;
    return true;
}

}  // namespace

Quality& Review::add(Quality::Weight weight, std::string id, Words with, Audience audience) {
    Quality quality;
    quality.weight = weight;
    quality.note = {std::move(id), std::move(with)};
    quality.audience = audience;
    return found.emplace_back(std::move(quality));
}

Quality& Review::add(Quality::Weight weight, std::string id, Fact fact, Day day, Words with, Audience audience) {
    with.insert(with.begin(), {"fact", std::string(kind_of(fact).name)});
    Quality& quality = add(weight, std::move(id), std::move(with), audience);
    quality.fact = kind_of(fact).name;
    quality.day = day;
    quality.places = files_of(fact, day);
    return quality;
}

bool Review::said(Fact fact, Day day) const {
    return std::any_of(found.begin(), found.end(), [&](const Quality& quality) {
        return quality.day == day && quality.fact == kind_of(fact).name;
    });
}

void Review::look(std::string_view check) {
    if (std::find(looked.begin(), looked.end(), check) == looked.end()) looked.emplace_back(check);
}

DataPlace Review::place_of(const Batch& batch) const {
    return {.batch = tenant + ":" + std::to_string(batch.number), .file = batch.file};
}

std::vector<const Batch*> Review::brought_by(Fact fact, Day day, const Which& which) const {
    const FactKind& kind = kind_of(fact);
    std::vector<const Batch*> bringers;
    Rows known(kind);
    for (const Batch& batch : batches) {
        if (!covers(batch, fact, day)) continue;
        const Rows brought = blocks.of_batch(fact, day, batch.number);
        Rows now = known;
        for (std::size_t i = 0; i < brought.size(); ++i)
            if (!which || which(brought[i])) now.add(brought[i]);
        now.settle(kind);
        if (same(now, known)) continue;
        bringers.push_back(&batch);
        known = std::move(now);
    }
    return bringers;
}

std::vector<DataPlace> Review::files_of(Fact fact, Day day) const {
    std::vector<DataPlace> files;
    const auto brought = brought_by(fact, day);
    for (auto batch = brought.rbegin(); batch != brought.rend() && files.size() < files_named; ++batch)
        files.push_back(place_of(**batch));
    return files;
}

std::vector<DataPlace> Review::file_before(Fact fact, Day day) const {
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch)
        for (const BatchFact& brought : batch->facts)
            if (!batch->undone && brought.fact == fact && brought.added + brought.replaced > 0 &&
                brought.covers.first < day) {
                DataPlace place = place_of(*batch);
                place.before = true;
                return {place};
            }
    return {};
}

bool covers(const Batch& batch, Fact fact, Day day) {
    return !batch.undone && std::any_of(batch.facts.begin(), batch.facts.end(), [&](const BatchFact& brought) {
        return brought.fact == fact && brought.taken > 0 && brought.covers.first <= day && day <= brought.covers.last;
    });
}

std::string names_of(const std::vector<Fact>& facts) {
    std::string names;
    for (const Fact fact : facts) names += (names.empty() ? "" : " ") + std::string(kind_of(fact).name);
    return names;
}

std::string days_text(const std::vector<Day>& days) {
    std::string text;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Day first = days[i];
        while (i + 1 < days.size() && days[i + 1] == days[i] + 1) ++i;
        text += (text.empty() ? "" : ", ") + to_string(first);
        if (days[i] != first) text += (days[i] == first + 1 ? ", " : "..") + to_string(days[i]);
    }
    return text;
}

std::string yuan(const Fraction& fen) { return grouped((fen / Fraction(100)).rounded(2)); }

}  // namespace siyu
