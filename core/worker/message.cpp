// SPDX-License-Identifier: Apache-2.0
#include "core/worker/message.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr std::size_t head = 5;  // size of the body, kind

[[noreturn]] void lost() { throw Error(Error::unreachable, "worker.lost"); }

}  // namespace

std::string framed(Message::Kind kind, std::string_view body) {
    const auto size = static_cast<std::uint32_t>(body.size());
    std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
    bytes += kind;
    return bytes.append(body);
}

std::optional<Message> Inbox::next() {
    const std::size_t left = bytes_.size() - taken_;
    if (left < head) return std::nullopt;
    std::uint32_t size = 0;
    std::memcpy(&size, bytes_.data() + taken_, sizeof size);
    if (size > largest_message) throw Error(Error::refused, "worker.bad_message");
    if (left < head + size) return std::nullopt;
    Message message{bytes_[taken_ + 4], bytes_.substr(taken_ + head, size)};
    taken_ += head + size;
    return message;
}

void Wire::send(Message::Kind kind, std::string_view body) {
    const std::string bytes = framed(kind, body);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t done = ::write(socket_, bytes.data() + sent, bytes.size() - sent);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) lost();
        sent += static_cast<std::size_t>(done);
    }
}

Message Wire::receive() {
    if (auto message = next()) return *std::move(message);
    lost();
}

std::optional<Message> Wire::next() {
    char piece[std::size_t{1} << 16];
    while (true) {
        if (auto message = inbox_.next()) return message;
        const ssize_t got = ::read(socket_, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        inbox_.add({piece, static_cast<std::size_t>(got)});
    }
}

}  // namespace siyu
