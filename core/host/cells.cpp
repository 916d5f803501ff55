// SPDX-License-Identifier: Apache-2.0
#include "core/host/cells.hpp"

#include "core/host/serving.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_text = 65536, most_rows = 10'000;

template <class Run>
siyu_status fill(siyu_context* context, const char* function, Run run) noexcept {
    return serve(context, function, {siyu_context::Phase::filling}, run);
}

bool among(const std::vector<std::string>& keys, const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::optional<std::string> words(siyu_context* context, const std::string& key, siyu_text text) {
    std::optional<std::string> taken_text = taken(text, most_text);
    if (!taken_text) note(context, "plugin.bad_text", {{"what", key}, {"most", std::to_string(most_text)}});
    return taken_text;
}

// The text or figure of a cell; nothing, and noted, where it is neither.
std::optional<Shown> shown(siyu_context* context, const std::string& key, const siyu_cell& cell) {
    const auto bad = [&](const char* id, std::vector<std::pair<std::string, std::string>> with) {
        with.emplace_back("what", key);
        note(context, id, std::move(with));
        return std::nullopt;
    };
    const std::optional<Gap> gap = gap_of(cell.status);
    if (!gap && cell.status != SIYU_OK) {
        note(context, "plugin.unknown_number", {{"what", key + ".status"}, {"value", std::to_string(cell.status)}});
        return std::nullopt;
    }
    if (cell.unit > SIYU_MULTIPLE) {
        note(context, "plugin.unknown_number", {{"what", key + ".unit"}, {"value", std::to_string(cell.unit)}});
        return std::nullopt;
    }
    const Unit unit = static_cast<Unit>(cell.unit);
    if (gap) return Shown{{}, std::pair{Value(*gap), unit}};
    if (cell.figure.den < 0)
        return bad("plugin.bad_fraction",
                   {{"num", std::to_string(cell.figure.num)}, {"den", std::to_string(cell.figure.den)}});
    if (cell.figure.den > 0 && cell.text.length > 0) return bad("plugin.text_and_figure", {});
    if (cell.figure.den > 0) return Shown{{}, std::pair{Value(Fraction(cell.figure.num, cell.figure.den)), unit}};
    std::optional<std::string> text = words(context, key, cell.text);
    if (!text) return std::nullopt;
    return Shown{*std::move(text), {}};
}

}  // namespace

siyu_status put_text(siyu_context* context, siyu_text key, siyu_text text) noexcept {
    return fill(context, "put_text", [&]() -> siyu_status {
        const std::string name = readable(key);
        if (!among(context->keys->alone, name)) return bad_call(context, "plugin.undeclared_key", {{"key", name}});
        std::optional<std::string> put = words(context, name, text);
        if (!put) return SIYU_BAD_CALL;
        context->content.keys[name] = {*std::move(put), {}};
        return SIYU_OK;
    });
}

siyu_status put_figure(siyu_context* context, const siyu_cell* cell) noexcept {
    return fill(context, "put_figure", [&]() -> siyu_status {
        if (!cell) return bad_call(context, "plugin.bad_struct", {{"what", "siyu_cell"}});
        const std::string name = readable(cell->key);
        if (!among(context->keys->alone, name)) return bad_call(context, "plugin.undeclared_key", {{"key", name}});
        std::optional<Shown> put = shown(context, name, *cell);
        if (!put) return SIYU_BAD_CALL;
        context->content.keys[name] = *std::move(put);
        return SIYU_OK;
    });
}

siyu_status put_row(siyu_context* context, siyu_text list, const siyu_cell* cells, std::uint32_t count) noexcept {
    return fill(context, "put_row", [&]() -> siyu_status {
        const std::string name = readable(list);
        const auto declared = context->keys->lists.find(name);
        if (declared == context->keys->lists.end())
            return bad_call(context, "plugin.undeclared_list", {{"list", name}});
        if ((!cells && count > 0) || count > declared->second.size())
            return bad_call(context, "plugin.bad_struct", {{"what", name}});
        std::vector<SectionContent::Row>& rows = context->content.lists[name];
        if (rows.size() >= most_rows)
            return bad_call(context, "plugin.too_many_rows", {{"list", name}, {"most", std::to_string(most_rows)}});
        SectionContent::Row row;
        bool sound = true;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string key = readable(cells[i].key);
            std::string where = name;
            where.append(".").append(key);
            std::optional<Shown> put;
            if (key.empty())
                note(context, "plugin.cell_without_key", {{"list", name}});
            else if (!among(declared->second, key))
                note(context, "plugin.undeclared_key", {{"key", where}});
            else if (row.contains(key))
                note(context, "plugin.key_twice", {{"list", name}, {"key", key}});
            else
                put = shown(context, where, cells[i]);
            sound = sound && put;
            if (put) row.emplace(key, *std::move(put));
        }
        if (!sound) return SIYU_BAD_CALL;
        rows.push_back(std::move(row));
        return SIYU_OK;
    });
}

}  // namespace siyu
