// SPDX-License-Identifier: Apache-2.0
#include "core/mysql/mysql_text.hpp"

#include <algorithm>

namespace siyu {

void add_quoted(std::string& sql, std::string_view bytes) {
    sql += '\'';
    while (!bytes.empty()) {
        const std::size_t plain = std::min(bytes.find_first_of("'\\"), bytes.size());
        sql += bytes.substr(0, plain);
        if (plain == bytes.size()) break;
        sql += '\\';
        sql += bytes[plain];
        bytes.remove_prefix(plain + 1);
    }
    sql += '\'';
}

std::vector<std::string> statements_of(std::string_view sql) {
    std::string code;
    while (!sql.empty()) {
        const std::string_view line = sql.substr(0, sql.find('\n'));
        code.append(line.substr(0, line.find("--"))).append(1, '\n');
        sql.remove_prefix(std::min(line.size() + 1, sql.size()));
    }
    std::vector<std::string> found;
    for (std::size_t at = 0; at < code.size();) {
        const std::size_t end = std::min(code.find(';', at), code.size());
        std::string statement = code.substr(at, end - at);
        if (statement.find_first_not_of(" \n\t") != std::string::npos) found.push_back(std::move(statement));
        at = end + 1;
    }
    return found;
}

}  // namespace siyu
