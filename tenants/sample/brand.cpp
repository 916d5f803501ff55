// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

const std::vector<Brand>& brands() {
    static const std::vector<Brand> all{aurora(), milou(), pawpaw(), qimu(), lanyi(), yunshe(), qihang(), chenniang()};
    return all;
}

const std::vector<Guide>& guides() {
    static const std::vector<Guide> all{
        {"g01", "林晓", "brand", 9800},    {"g02", "陈静", "category", 8600}, {"g03", "王磊", "general", 7800},
        {"g04", "赵敏", "brand", 10500},   {"g05", "孙悦", "category", 8800}, {"g06", "周宁", "brand", 9200},
        {"g07", "吴桐", "general", 7600},  {"g08", "何苗", "general", 7000},  {"g09", "顾言", "brand", 8200},
        {"g10", "沈知意", "brand", 8000},  {"g11", "许诺", "brand", 7900},    {"g12", "江宛", "brand", 8100},
        {"g13", "陆遥", "brand", 7800},    {"g14", "宋词", "brand", 7800},    {"g15", "叶青", "brand", 7700},
        {"g16", "程一诺", "brand", 7600},  {"g17", "秦岚", "brand", 9600},    {"g18", "苏禾", "category", 8400},
        {"g19", "白露", "brand", 9400},    {"g20", "方晴", "brand", 9000},    {"g21", "罗一", "general", 7400},
        {"g22", "郑重", "category", 8800},
    };
    return all;
}

// Shared guides add up to one; g08 and g16 came with the autumn.
const std::vector<Allocation>& allocations() {
    static const std::vector<Allocation> all{
        {"g01", "aurora", 100, "2026-01-01"},    {"g02", "aurora", 50, "2026-01-01"},
        {"g02", "pawpaw", 50, "2026-01-01"},     {"g03", "aurora", 40, "2026-01-01"},
        {"g03", "milou", 30, "2026-01-01"},      {"g03", "pawpaw", 30, "2026-01-01"},
        {"g04", "milou", 100, "2026-01-01"},     {"g05", "aurora", 50, "2026-01-01"},
        {"g05", "milou", 50, "2026-01-01"},      {"g06", "pawpaw", 100, "2026-01-01"},
        {"g07", "milou", 60, "2026-01-01"},      {"g07", "pawpaw", 40, "2026-01-01"},
        {"g08", "aurora", 50, "2026-09-01"},     {"g08", "lanyi", 50, "2026-09-01"},
        {"g09", "yunshe", 100, "2026-01-01"},    {"g10", "yunshe", 100, "2026-01-01"},
        {"g11", "yunshe", 100, "2026-01-01"},    {"g12", "yunshe", 100, "2026-01-01"},
        {"g13", "yunshe", 100, "2026-01-01"},    {"g14", "yunshe", 100, "2026-01-01"},
        {"g15", "yunshe", 100, "2026-01-01"},    {"g16", "yunshe", 100, "2026-09-01"},
        {"g17", "qimu", 100, "2026-01-01"},      {"g18", "qimu", 50, "2026-01-01"},
        {"g18", "lanyi", 50, "2026-01-01"},      {"g19", "lanyi", 100, "2026-01-01"},
        {"g20", "qihang", 100, "2026-01-01"},    {"g21", "qihang", 100, "2026-01-01"},
        {"g22", "chenniang", 100, "2026-01-01"},
    };
    return all;
}

}  // namespace siyu::sample
