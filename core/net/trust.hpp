// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>

#include <string>

namespace siyu {

// How every encrypted connection of ours is made: TLS 1.2 or later, the other side's certificate checked against the
// system's authorities and those of the file (empty: none), and its name against the host that we asked for. Throws
// Poco's exceptions where the file cannot be read.
Poco::Net::Context::Ptr trust(const std::string& authority);

// Why a certificate was refused on this thread since the last call; empty where none was.
std::string take_certificate_words();

}  // namespace siyu
