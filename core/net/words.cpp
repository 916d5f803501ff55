// SPDX-License-Identifier: Apache-2.0
#include "core/net/words.hpp"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/URI.h>
#include <Poco/UTF8Encoding.h>

#include <cerrno>

#include "core/base/error.hpp"
#include "core/net/trust.hpp"

namespace siyu {

std::string one_line(std::string_view words, const std::vector<std::string>& secrets) {
    constexpr std::size_t most = 400;
    std::string open(words.substr(0, 16 * most));
    for (const std::string& secret : secrets) {
        std::string in_a_query;
        Poco::URI::encode(secret, "?#/:;+@&=", in_a_query);
        for (const std::string& form : {secret, in_a_query})
            for (std::size_t at = 0; !form.empty() && (at = open.find(form, at)) != std::string::npos; at += 3)
                open.replace(at, form.size(), "***");
    }
    std::string line;
    const Poco::UTF8Encoding utf8;
    for (std::size_t i = 0; i < open.size();) {
        const auto* byte = reinterpret_cast<const unsigned char*>(open.data() + i);
        int length = utf8.sequenceLength(byte, 1);
        const bool whole = length > 0 && i + static_cast<std::size_t>(length) <= open.size() &&
                           Poco::UTF8Encoding::isLegal(byte, length);
        if (!whole) length = 1;
        if (line.size() + static_cast<std::size_t>(length) > most) break;
        if (!whole)
            line += '?';
        else if (*byte > ' ' && *byte != 0x7F)
            line.append(open, i, static_cast<std::size_t>(length));
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
        i += static_cast<std::size_t>(length);
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string words_of(const Poco::Exception& error, const std::vector<std::string>& secrets) {
    if (dynamic_cast<const Poco::TimeoutException*>(&error) || error.code() == EAGAIN) return sentence("net.silent");
    const bool closed = dynamic_cast<const Poco::Net::ConnectionResetException*>(&error) ||
                        dynamic_cast<const Poco::Net::ConnectionAbortedException*>(&error) ||
                        dynamic_cast<const Poco::Net::NoMessageException*>(&error) ||
                        dynamic_cast<const Poco::Net::SSLConnectionUnexpectedlyClosedException*>(&error) ||
                        error.message().find("unexpected eof") != std::string::npos;  // OpenSSL 3 says it so
    if (closed) return sentence("net.closed");
    if (dynamic_cast<const Poco::Net::HostNotFoundException*>(&error) ||
        dynamic_cast<const Poco::Net::NoAddressFoundException*>(&error))
        return sentence("net.no_host");
    if (dynamic_cast<const Poco::Net::ConnectionRefusedException*>(&error)) return sentence("net.no_answer");
    if (error.message().find("wrong version number") != std::string::npos) return sentence("net.not_tls");  // OpenSSL's
    const std::string certificate = take_certificate_words();
    return one_line(error.displayText() + (certificate.empty() ? "" : ": " + certificate), secrets);
}

}  // namespace siyu
