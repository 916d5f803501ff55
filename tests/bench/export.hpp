// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace siyu::bench {

// One file, written by the megabyte.
class File {
  public:
    File(const std::filesystem::path& path, std::string_view header)
        : handle_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (handle_ < 0) throw std::runtime_error("cannot write " + path.string());
        buffer_.reserve(full + 4096);
        text(header);
        buffer_ += '\n';
    }
    ~File() {
        flush();
        close(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    File& text(std::string_view words) {
        buffer_.append(words);
        return *this;
    }
    File& comma() {
        buffer_ += ',';
        return *this;
    }
    File& cell(std::string_view words) { return text(words).comma(); }
    File& number(std::int64_t value, int width = 0) {
        std::array<char, 24> digits;
        std::size_t at = digits.size();
        do {
            digits[--at] = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value > 0 || static_cast<int>(digits.size() - at) < width);
        return text({digits.data() + at, digits.size() - at});
    }
    File& money(std::int64_t fen) {
        number(fen / 100);
        buffer_ += '.';
        return number(fen % 100, 2);
    }
    void end() {
        buffer_ += '\n';
        if (buffer_.size() >= full) flush();
    }

  private:
    static constexpr std::size_t full = 1 << 20;
    void flush() {
        std::size_t done = 0;
        while (done < buffer_.size()) {
            const ssize_t written = write(handle_, buffer_.data() + done, buffer_.size() - done);
            if (written < 0) {
                std::perror("write");
                std::exit(4);
            }
            done += static_cast<std::size_t>(written);
        }
        buffer_.clear();
    }
    int handle_;
    std::string buffer_;
};

// The tables of a run of days, one file for each fact that happens.
class Export {
  public:
    explicit Export(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
    }
    File& operator()(std::string_view fact) {
        const auto found = files_.find(fact);
        if (found != files_.end()) return *found->second;
        return *files_.emplace(fact, std::make_unique<File>(folder_ / (std::string(fact) + ".csv"), headers.at(fact)))
                    .first->second;
    }

  private:
    static inline const std::map<std::string_view, std::string_view> headers{
        {"touches", "date,channel,touches,cost,campaign"},
        {"joins", "joined_at,customer_id,guide_id,group_id,channel,inviter_id,post_id"},
        {"leaves", "left_at,customer_id,guide_id,group_id"},
        {"interactions", "at,customer_id,kind,guide_id,group_id,campaign"},
        {"guide_actions", "at,guide_id,kind,target,count"},
        {"tickets", "ticket_id,opened_at,first_response_at,resolved_at,customer_id,guide_id"},
        {"surveys", "at,score,response_id,customer_id,guide_id"},
        {"orders", "order_id,paid_at,amount,customer_id,guide_id,channel,path,category,refunded,refunded_at"},
        {"refunds", "refund_id,order_id,at,amount"},
        {"posts", "post_id,posted_at,koc_id,platform,url"},
        {"guide_days", "date,guide_id,chats,messages,reply_percentage,avg_reply_minutes,negative_feedback"},
        {"group_days", "date,group_id,members,new_members,active_members,messages"},
        {"brand_sales", "date,channel,gmv"},
        {"groups", "group_id,name,tier,guide_id"},
        {"kocs", "koc_id,name,status,since"},
    };
    std::filesystem::path folder_;
    std::map<std::string_view, std::unique_ptr<File>> files_;
};

}  // namespace siyu::bench
