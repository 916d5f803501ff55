// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/intake/source.hpp"
#include "tests/intake/scratch.hpp"

namespace siyu {

inline const Profiles& builtin() {
    static const Profiles profiles;
    return profiles;
}

// All that a source gives, row by row: `fact line cell|cell|...`, or `bad line column value reason`.
inline std::vector<std::string> all(FactSource& source) {
    std::vector<std::string> rows;
    for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
        if (found == FactSource::Found::bad) {
            const BadRow& bad = source.bad();
            rows.push_back("bad " + std::to_string(bad.line) + " " + bad.column + " " + bad.value + " " +
                           bad.reason.id);
            continue;
        }
        std::string text = std::string(to_string(source.row().fact)) + " " + std::to_string(source.row().line) + " ";
        for (std::size_t i = 0; i < source.row().cells.size(); ++i)
            text += (i ? "|" : "") + std::string(source.row().cells[i]);
        rows.push_back(text);
    }
    return rows;
}
inline std::vector<std::string> all(const std::filesystem::path& path, const Choice& choice = {}) {
    FactSource source(path, choice, builtin());
    return all(source);
}

// A profile of the test's own, in a folder of its own, and a file that it recognises.
struct Custom {
    Scratch scratch;
    Profiles profiles;

    explicit Custom(const std::string& rules, const std::string& more = "")
        : profiles(folders("name = \"custom\"\ntitle = { zh = \"甲\", en = \"a\" }\n"
                           "description = { zh = \"甲\", en = \"a\" }\nheader = [\"单号\"]\n" +
                           more + "\n" + rules)) {}
    std::vector<std::filesystem::path> folders(const std::string& text) const {
        scratch.file("custom.toml", text);
        return {scratch.folder()};
    }
    std::vector<std::string> rows(const std::string& csv, const Given& given = {}) const {
        FactSource source(scratch.file("x.csv", csv), {std::nullopt, "", given}, profiles);
        return all(source);
    }
};

// What a wrong profile is told.
inline Note complaint(const std::string& text) {
    return refusal([&] { Profile::parse(text, "p.toml"); });
}

inline const std::string orders = "[[fact]]\nfact = \"orders\"\n";
inline const std::string plain = orders + "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\" }\n";

}  // namespace siyu
