// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "tests/engine/bench.hpp"

// The same figures worked out the slow way, from the rows themselves, on small random brands.
namespace siyu {
namespace {

using Op = SetNode::Op;

struct Order {
    int hour, customer, guide, fen;  // hour since the first day's 00:00; -1: nobody
};
struct Join {
    int hour, customer, guide, group;
    bool leave;
};
struct Post {  // of a guide at a store
    int guide, store, from, to;
};

constexpr int days = 24, customers = 9, guides = 4, groups = 3;
const Day start = date(2026, 3, 2);

std::string name(char kind, int number) { return number < 0 ? "" : kind + std::to_string(number); }

class Brand {
  public:
    explicit Brand(unsigned seed) : random_(seed) {
        std::string orders = "order_id,paid_at,amount,customer_id,guide_id\n", joins, leaves, posts;
        for (int i = 0; i < 90; ++i) {
            const Order order{below(days * 24), below(customers + 1) - 1, below(guides + 1) - 1,
                              below(4) * 5000 + below(3)};
            orders_.push_back(order);
            orders += std::to_string(i) + "," + at(order.hour) + "," + yuan(order.fen) + "," +
                      name('c', order.customer) + "," + name('g', order.guide) + "\n";
        }
        std::set<std::tuple<int, int, int, int, bool>> seen;
        for (int i = 0; i < 80; ++i) {
            const Join join{below(days * 24), below(customers), below(guides + 1) - 1, below(groups + 2) - 2,
                            below(3) == 0};
            const Join fixed{join.hour, join.customer, join.guide, std::max(join.group, -1), join.leave};
            if (!seen.emplace(fixed.hour, fixed.customer, fixed.guide, fixed.group, fixed.leave).second) continue;
            joins_.push_back(fixed);
            (fixed.leave ? leaves : joins) += at(fixed.hour) + "," + name('c', fixed.customer) + "," +
                                              name('g', fixed.guide) + "," + name('r', fixed.group) + "\n";
        }
        for (int guide = 0; guide < guides; ++guide)
            for (int from = below(6); from < days; from += 1 + below(12)) {
                const Post post{guide, below(3), from, from + below(10)};
                posts_.push_back(post);
                posts += name('s', post.store) + "," + name('g', guide) + "," + to_string(start + post.from) + "," +
                         to_string(start + post.to) + "\n";
            }
        bench.shop.take(Fact::orders, orders);
        bench.shop.take(Fact::joins, "joined_at,customer_id,guide_id,group_id\n" + joins);
        bench.shop.take(Fact::leaves, "left_at,customer_id,guide_id,group_id\n" + leaves);
        bench.shop.take(Fact::store_guides, "store_id,guide_id,from,to\n" + posts);
    }

    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    std::set<int> spent(int first, int last, bool mean, std::int64_t from, std::int64_t to) const {
        std::map<int, std::vector<std::int64_t>> paid;
        for (const Order& order : orders_)
            if (order.customer >= 0 && order.hour / 24 >= first && order.hour / 24 <= last)
                paid[order.customer].push_back(order.fen);
        std::set<int> found;
        for (const auto& [customer, fen] : paid) {
            Fraction sum;
            for (const std::int64_t one : fen) sum += one;
            if (mean) sum = sum / Fraction(static_cast<std::int64_t>(fen.size()));
            if (sum >= Fraction(from) && (to == 0 || sum < Fraction(to))) found.insert(customer);
        }
        return found;
    }
    // Who joined and bought within so many days, by the guide of the join.
    std::map<std::string, std::set<int>> followed(int first, int last, int within) const {
        std::map<std::string, std::set<int>> found;
        const auto inside = [&](int hour) { return hour / 24 >= first && hour / 24 <= last; };
        for (const Join& join : joins_) {
            if (join.leave || !inside(join.hour)) continue;
            auto& of_guide = found[name('g', join.guide)];
            for (const Order& order : orders_)
                if (order.customer == join.customer && inside(order.hour) && order.hour > join.hour &&
                    order.hour <= join.hour + within * 24)
                    of_guide.insert(join.customer);
        }
        return found;
    }
    std::string store(int guide, int day) const {
        const Post* speaks = nullptr;
        for (const Post& post : posts_)
            if (post.guide == guide && post.from <= day && day <= post.to && (!speaks || post.from > speaks->from))
                speaks = &post;
        return speaks ? name('s', speaks->store) : "";
    }
    std::map<std::string, std::int64_t> sales(int first, int last, bool by_store) const {
        std::map<std::string, std::int64_t> found;
        for (const Order& order : orders_)
            if (order.hour / 24 >= first && order.hour / 24 <= last)
                found[by_store ? store(order.guide, last) : name('g', order.guide)] += order.fen;
        return found;
    }
    // Open relationships at the end of the day: group, or guide, and customer.
    std::map<std::string, std::set<int>> related(int day, bool in_groups) const {
        std::vector<Join> all = joins_;
        std::stable_sort(all.begin(), all.end(), [](const Join& a, const Join& b) {
            return std::pair(a.hour, a.leave) < std::pair(b.hour, b.leave);
        });
        std::set<std::tuple<int, int, int>> open;  // customer, group, guide
        for (const Join& join : all) {
            if (join.hour / 24 > day) break;
            const std::tuple with{join.customer, join.group, join.group >= 0 ? -1 : join.guide};
            if (!join.leave)
                open.insert(with);
            else if (join.group < 0 && join.guide < 0)
                std::erase_if(open, [&](const auto& one) { return std::get<0>(one) == join.customer; });
            else
                open.erase(with);
        }
        std::map<std::string, std::set<int>> found;
        for (const auto& [customer, group, guide] : open)
            if (!in_groups || group >= 0) found[in_groups ? name('r', group) : name('g', guide)].insert(customer);
        return found;
    }

    Bench bench;

  private:
    static std::string at(int hour) {
        const std::string text = std::to_string(hour % 24);
        return to_string(start + hour / 24) + " " + (text.size() < 2 ? "0" : "") + text + ":00:00";
    }
    static std::string yuan(int fen) {
        const std::string cents = std::to_string(fen % 100);
        return std::to_string(fen / 100) + "." + (cents.size() < 2 ? "0" : "") + cents;
    }
    std::mt19937 random_;
    std::vector<Order> orders_;
    std::vector<Join> joins_;
    std::vector<Post> posts_;
};

Evaluation::Parts sizes(const std::map<std::string, std::set<int>>& sets) {
    Evaluation::Parts parts;
    for (const auto& [value, set] : sets) parts.emplace_back(value, Value(static_cast<std::int64_t>(set.size())));
    return parts;
}
Evaluation::Parts sums(const std::map<std::string, std::int64_t>& all) {
    Evaluation::Parts parts;
    for (const auto& [value, sum] : all) parts.emplace_back(value, Value(sum));
    return parts;
}
std::int64_t count(const std::map<std::string, std::set<int>>& sets) {
    std::set<int> all;
    for (const auto& [value, set] : sets) all.insert(set.begin(), set.end());
    return static_cast<std::int64_t>(all.size());
}

TEST(Random, FiguresAreThoseOfTheSlowWay) {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        Brand brand(seed);
        Bench& bench = brand.bench;
        const MeasureId gmv = bench.total("orders", "amount");
        const SetId joined = bench.set(Op::joined), bought = bench.set(Op::bought);
        const MeasureId with_guide = bench.size(bench.members(true));
        const MeasureId in_group = bench.size(bench.members(true, {}, Op::group_members));
        struct Step {
            MeasureId measure;
            bool mean;
            std::int64_t from, to;
        };
        std::vector<Step> steps;
        for (const bool mean : {false, true})
            for (const auto& [from, to] : {std::pair{0, 0}, {5000, 0}, {5001, 15000}, {15000, 15001}, {20000, 40000}})
                steps.push_back({bench.size(bench.set(mean ? Op::basket : Op::spent, {}, from, to)), mean, from, to});
        std::vector<MeasureId> followed;
        for (const int within : {1, 2, 5})
            followed.push_back(bench.size(bench.pair(Op::followed, joined, bought, within)));

        bench.ask(start, start + (days - 1), [&](Evaluation& evaluation) {
            for (int i = 0; i < 30; ++i) {
                const int a = brand.below(days), b = brand.below(days), first = std::min(a, b), last = std::max(a, b);
                const Day from = start + first, to = start + last;
                const std::string where =
                    "seed " + std::to_string(seed) + ", days " + std::to_string(first) + " to " + std::to_string(last);
                for (const Step& step : steps)
                    EXPECT_EQ(evaluation.measure(step.measure, from, to),
                              Value(static_cast<std::int64_t>(
                                  brand.spent(first, last, step.mean, step.from, step.to).size())))
                        << where << " from " << step.from;
                for (std::size_t k = 0; k < followed.size(); ++k) {
                    const auto expected = brand.followed(first, last, k == 0 ? 1 : k == 1 ? 2 : 5);
                    EXPECT_EQ(evaluation.measure(followed[k], from, to), Value(count(expected))) << where;
                    EXPECT_EQ(evaluation.split(followed[k], "guide_id", from, to), sizes(expected)) << where;
                }
                EXPECT_EQ(evaluation.split(gmv, "guide_id", from, to), sums(brand.sales(first, last, false))) << where;
                EXPECT_EQ(evaluation.split(gmv, "guide_id.store_id", from, to), sums(brand.sales(first, last, true)))
                    << where;
                EXPECT_EQ(evaluation.split(with_guide, "guide_id", from, to), sizes(brand.related(last, false)))
                    << where;
                EXPECT_EQ(evaluation.measure(with_guide, from, to), Value(count(brand.related(last, false)))) << where;
                EXPECT_EQ(evaluation.split(in_group, "group_id", from, to), sizes(brand.related(last, true))) << where;
            }
            return 0;
        });
        if (testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace siyu
