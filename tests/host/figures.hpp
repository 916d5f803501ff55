// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/fixture.hpp"

namespace siyu {

// An engine whose measures are given by number. Whatever is asked of it is written down.
class Figures final : public Evaluation {
  public:
    explicit Figures(std::vector<Value> values) : values_(std::move(values)) {}
    Value measure(MeasureId id) override { return values_.at(static_cast<std::size_t>(id)); }
    Value measure(MeasureId id, Day first, Day last) override {
        note("over", first, last);
        return measure(id);
    }
    Parts split(MeasureId, const std::string& column, Day first, Day last) override {
        note(column, first, last);
        if (column == "kind")
            throw Error(Error::refused, "kpi.cannot_divide", {{"measure", "orders"}, {"column", column}});
        return parts;
    }
    Table roster(const std::string& name, const std::vector<std::string>& columns, Day day) override {
        std::string what = name;
        for (const std::string& column : columns) what += " " + column;
        note(what, day, day);
        return table;
    }
    const Period& period() const override { return period_; }

    Parts parts;
    Table table;
    std::vector<std::string> asked;

  private:
    void note(const std::string& what, Day first, Day last) {
        asked.push_back(what + " " + std::to_string(first.number) + "-" + std::to_string(last.number));
    }

    std::vector<Value> values_;
    Period period_{Rhythm::weekly, Day{20'000}, Day{20'006}};
};

// One whose store is gone.
class Broken final : public Evaluation {
  public:
    [[noreturn]] static void fail() { throw Error(Error::unreachable, "store.gone"); }
    Value measure(MeasureId) override { fail(); }
    Value measure(MeasureId, Day, Day) override { fail(); }
    Parts split(MeasureId, const std::string&, Day, Day) override { fail(); }
    Table roster(const std::string&, const std::vector<std::string>&, Day) override { fail(); }
    const Period& period() const override { return period_; }

  private:
    Period period_;
};

// The sentence of what the plugin did wrong while it was asked.
template <class Run>
inline std::string fault(Run run) {
    try {
        run();
        return "";
    } catch (const Error& error) {
        return Catalogue(Language::en).say(error.note());
    }
}

}  // namespace siyu
