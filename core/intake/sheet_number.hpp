// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// What a number in a sheet means: as stored, it is not what people see.
namespace siyu {

// Text of a number cell as people saw it: `1.2345678E7` is 12345678, 178.80000000000001 is 178.8 (a spreadsheet shows
// 15 digits). Whole numbers stay digit for digit; one of 1E15 and more in scientific notation has lost digits and stays
// `1.23E+17`.
std::string plain_number(std::string_view stored);
// A date serial as text; `from_1904` for the other epoch. Nothing outside the calendar.
std::string serial_text(double serial, bool from_1904);
// Whether a number format shows dates or times: `yyyy-mm-dd`, not `0.00` nor `"day" 0`.
bool is_date_format(std::string_view format);
// A plain decimal as its percentage: `0.125` is `12.5%`.
std::string percent_text(std::string_view plain);

}  // namespace siyu
