// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the server's numbers mean for whoever asked. Those from 8000 on are TiDB's.
namespace siyu::mysql_codes {

inline bool is_conflict(int code) {
    for (const int known : {1020, 1062, 1205, 1213, 3572, 8002, 8022, 8028, 9007})
        if (code == known) return true;
    return false;
}
inline bool is_lost(int code) {
    for (const int known : {1040, 1047, 1053, 1080, 1129, 1152, 1158, 1159, 1160, 1161, 1180, 1203,
                            1927, 2002, 2003, 2005, 2006, 2012, 2013, 2055, 4031, 9001, 9002, 9005})
        if (code == known) return true;
    return false;
}
inline bool is_denied(int code) {
    for (const int known : {1044, 1045, 1049, 1130, 1142, 1143, 1227, 1251, 1275, 1370, 1698, 2026, 2059})
        if (code == known) return true;
    return false;
}
inline bool is_full(int code) { return code == 1021 || code == 1114; }
inline bool is_too_large(int code) { return code == 1153 || code == 2020 || code == 1301; }
// A step of a migration that was done before: a table, column or index that is there, or one that is gone.
inline bool is_done_already(int code) {
    return code == 1050 || code == 1051 || code == 1060 || code == 1061 || code == 1091;
}
inline bool is_unknown_statement(int code) { return code == 1064 || code == 1235; }

// The server did not take the statement, not even a COMMIT.
inline constexpr int not_ready = 1047;

}  // namespace siyu::mysql_codes
