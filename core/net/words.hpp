// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Exception.h>

#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// What another machine said, as one line of UTF-8 of at most 400 bytes: without control characters, with a question
// mark for what is no UTF-8, and with asterisks for each of the secrets, as it is and as it stands in a query.
std::string one_line(std::string_view words, const std::vector<std::string>& secrets = {});

// Why a connection failed: a sentence of ours where there is one (`sentence("net.…")`), else the system's words.
std::string words_of(const Poco::Exception& error, const std::vector<std::string>& secrets = {});

}  // namespace siyu
