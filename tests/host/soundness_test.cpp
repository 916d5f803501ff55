// SPDX-License-Identifier: Apache-2.0
// A blueprint that travels from a sealed process arrives as it left; what no plugin can declare is seen.
#include "core/host/soundness.hpp"

#include <nlohmann/json.hpp>

#include "core/blueprint/blueprint_bytes.hpp"
#include "tests/host/fixture.hpp"

namespace siyu {
namespace {

using Json = nlohmann::json;

Blueprint standard() { return Plugins({shipped}).blueprint("standard"); }

bool sound_with(const std::function<void(Blueprint&)>& change) {
    Blueprint blueprint = standard();
    change(blueprint);
    return is_sound(blueprint);
}

TEST(BlueprintBytes, ArriveAsTheyLeft) {
    for (const char* id : {"standard", "pet_nutrition"}) {
        const Blueprint left = Plugins({shipped}).blueprint(id);
        ASSERT_GT(left.kpis.size(), 20U);
        const Blueprint came = read_blueprint(write_blueprint(left));
        EXPECT_EQ(came.plugin, left.plugin);
        EXPECT_EQ(came.versions, left.versions);
        EXPECT_EQ(came.sets, left.sets);
        EXPECT_EQ(came.measures, left.measures);
        ASSERT_EQ(came.kpis.size(), left.kpis.size());
        for (std::size_t i = 0; i < left.kpis.size(); ++i) {
            const Kpi &one = left.kpis[i], &other = came.kpis[i];
            EXPECT_EQ(
                std::tie(one.id, one.title_zh, one.title_en, one.group, one.unit, one.better, one.audience, one.above,
                         one.below, one.adding, one.scales_with_traffic, one.projected, one.headline, one.declared_by),
                std::tie(other.id, other.title_zh, other.title_en, other.group, other.unit, other.better,
                         other.audience, other.above, other.below, other.adding, other.scales_with_traffic,
                         other.projected, other.headline, other.declared_by));
        }
        // Lines, staffing and sections: whatever is written is written again.
        EXPECT_EQ(write_blueprint(came), write_blueprint(left));
        EXPECT_EQ(came.lines.size(), left.lines.size());
        EXPECT_EQ(came.sections.size(), left.sections.size());
        EXPECT_TRUE(is_sound(came));
    }
}

TEST(BlueprintBytes, WhatIsNotOfTheFormIsRefused) {
    const Json whole = Json::from_cbor(write_blueprint(standard()));
    const auto refused = [&](const std::function<void(Json&)>& change) {
        Json json = whole;
        change(json);
        std::string bytes;
        Json::to_cbor(json, bytes);
        try {
            read_blueprint(bytes);
            return false;
        } catch (const Json::exception&) {
            return true;
        }
    };
    EXPECT_FALSE(refused([](Json&) {}));
    EXPECT_TRUE(refused([](Json& json) { json.erase("kpis"); }));
    EXPECT_TRUE(refused([](Json& json) { json["kpis"][0][7] = 100'000; }));  // no such measure
    EXPECT_TRUE(refused([](Json& json) { json["kpis"][0][7] = -7; }));
    EXPECT_TRUE(refused([](Json& json) { json["kpis"][0][7] = none; }));  // neither formula nor code
    EXPECT_TRUE(refused([](Json& json) { json["kpis"][0][3] = 3; }));     // no such group
    EXPECT_TRUE(refused([](Json& json) { json["measures"][0]["op"] = 99; }));
    EXPECT_TRUE(refused([](Json& json) { json["measures"][0]["left"] = 0; }));  // itself
    EXPECT_TRUE(refused([](Json& json) { json["sets"][0]["left"] = 5; }));      // one that comes later
    EXPECT_TRUE(refused([](Json& json) { json["members_per_guide"] = "0/1"; }));
    EXPECT_TRUE(refused([](Json& json) { json["members_per_guide"] = "1/0"; }));
    EXPECT_TRUE(refused([](Json& json) { json["guides_per_operator"] = 7; }));
}

TEST(Soundness, WhatNoPluginCanDeclareIsSeen) {
    EXPECT_TRUE(sound_with([](Blueprint&) {}));
    const auto measure = [](const std::function<void(MeasureNode&)>& change) {
        return sound_with([&](Blueprint& blueprint) {
            MeasureNode node;
            node.op = MeasureNode::Op::total;
            node.name = "orders";
            node.trailing_days = 3;
            change(node);
            blueprint.measures.push_back(node);
        });
    };
    EXPECT_TRUE(measure([](MeasureNode&) {}));
    EXPECT_TRUE(measure([](MeasureNode& node) { node.column = "amount"; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.column = "nowhere"; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.name = "secrets"; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.trailing_days = -1; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.trailing_days = 1'000'000; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.filters = {{"nowhere", Filter::Test::equals, "x"}}; }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.constant = Fraction(7); }));
    EXPECT_FALSE(measure([](MeasureNode& node) { node.op = MeasureNode::Op::size; }));
    const auto set = [](const std::function<void(SetNode&)>& change) {
        return sound_with([&](Blueprint& blueprint) {
            SetNode node;
            node.op = SetNode::Op::bought;
            node.trailing_days = 77;
            change(node);
            blueprint.sets.push_back(node);
        });
    };
    EXPECT_TRUE(set([](SetNode&) {}));
    EXPECT_FALSE(set([](SetNode& node) { node.at_least = 0; }));
    EXPECT_FALSE(set([](SetNode& node) { node.op = SetNode::Op::listed; }));
    EXPECT_FALSE(set([](SetNode& node) { node.op = SetNode::Op::both; }));
    EXPECT_FALSE(set([](SetNode& node) { node.left = 0; }));
    EXPECT_FALSE(set([](SetNode& node) { node.days_ago = -5; }));
    // The same node twice: two numbers for one thing.
    EXPECT_FALSE(sound_with([](Blueprint& blueprint) { blueprint.sets.push_back(blueprint.sets.front()); }));
}

}  // namespace
}  // namespace siyu
