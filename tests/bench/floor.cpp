// SPDX-License-Identifier: Apache-2.0
// The least that an import can cost: reads CSV files, splits, converts, numbers the ids, writes columns, and nothing
// else. No checks, no quotes, no keys, no corrections, no transaction: README.md here.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::bench {
namespace {

namespace fs = std::filesystem;

// Ids in the order in which they came, found by open addressing.
class Numbers {
  public:
    Numbers() : slots_(1 << 12) {}
    std::uint32_t of(std::string_view text) {
        const std::uint64_t hash = hashed(text);
        std::size_t at = hash & (slots_.size() - 1);
        const auto mark = static_cast<std::uint32_t>(hash >> 32);
        for (; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1))
            if (slots_[at].mark == mark && known(slots_[at].number - 1) == text) return slots_[at].number - 1;
        slots_[at] = {mark, static_cast<std::uint32_t>(ends_.size() + 1)};
        texts_.append(text);
        ends_.push_back(texts_.size());
        const auto number = static_cast<std::uint32_t>(ends_.size() - 1);
        if (ends_.size() * 2 > slots_.size()) grow();
        return number;
    }
    const std::string& texts() const { return texts_; }

  private:
    struct Slot {
        std::uint32_t mark = 0, number = 0;  // 0: free
    };
    static std::uint64_t hashed(std::string_view text) {
        std::uint64_t hash = 0x9e3779b97f4a7c15U ^ text.size();
        const auto take = [&hash](std::uint64_t word) {
            hash = (hash ^ word) * 0xbf58476d1ce4e5b9U;
            hash ^= hash >> 29;
        };
        std::uint64_t word = 0;
        for (; text.size() >= 8; text.remove_prefix(8)) {
            std::memcpy(&word, text.data(), 8);
            take(word);
        }
        word = 0;
        std::memcpy(&word, text.data(), text.size());
        take(word);
        return hash ^ (hash >> 32);
    }
    std::string_view known(std::uint32_t number) const {
        const std::size_t from = number == 0 ? 0 : ends_[number - 1];
        return std::string_view(texts_).substr(from, ends_[number] - from);
    }
    void grow() {
        std::vector<Slot> wider(slots_.size() * 2);
        for (std::uint32_t number = 0; number < ends_.size(); ++number) {
            const std::uint64_t hash = hashed(known(number));
            std::size_t at = hash & (wider.size() - 1);
            while (wider[at].number != 0) at = (at + 1) & (wider.size() - 1);
            wider[at] = {static_cast<std::uint32_t>(hash >> 32), number + 1};
        }
        slots_.swap(wider);
    }
    std::vector<Slot> slots_;
    std::string texts_;
    std::vector<std::size_t> ends_;
};

std::int64_t digits(std::string_view text) {
    std::int64_t value = 0;
    for (const char digit : text) value = value * 10 + (digit - '0');
    return value;
}

std::int64_t seconds(std::string_view text) {
    if (text.size() < 10) return -1;
    auto year = static_cast<int>(digits(text.substr(0, 4))), month = static_cast<int>(digits(text.substr(5, 2)));
    const auto day = static_cast<int>(digits(text.substr(8, 2)));
    // Days since 1970 with the year beginning in March.
    if (month <= 2) --year, month += 12;
    const std::int64_t days =
        365LL * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 719'469;
    std::int64_t time = days * 86'400;
    if (text.size() >= 19)
        time += digits(text.substr(11, 2)) * 3600 + digits(text.substr(14, 2)) * 60 + digits(text.substr(17, 2));
    return time;
}

std::int64_t hundredths(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return digits(text) * 100;
    const std::string_view after = text.substr(dot + 1, 2);
    return digits(text.substr(0, dot)) * 100 + digits(after) * (after.size() == 1 ? 10 : 1);
}

enum class Form { id, time, number };

Form form_of(std::string_view column) {
    for (const std::string_view time : {"date", "at", "joined_at", "left_at", "opened_at", "first_response_at",
                                        "resolved_at", "paid_at", "refunded_at", "posted_at", "since", "from", "to"})
        if (column == time) return Form::time;
    for (const std::string_view number :
         {"touches", "cost", "count", "score", "amount", "refunded", "chats", "messages", "reply_percentage",
          "avg_reply_minutes", "negative_feedback", "members", "new_members", "active_members", "gmv"})
        if (column == number) return Form::number;
    return Form::id;
}

void fail(const fs::path& path) {
    std::perror(path.c_str());
    std::exit(4);
}

class Table {
  public:
    Table(const fs::path& from, const fs::path& to, Numbers& ids) : ids_(ids) {
        in_ = open(from.c_str(), O_RDONLY | O_CLOEXEC);
        if (in_ < 0) fail(from);
        out_ = open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (out_ < 0) fail(to);
    }
    ~Table() {
        close(in_);
        close(out_);
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    std::int64_t read_all() {
        std::string buffer(1 << 20, '\0');
        std::size_t kept = 0;
        for (;;) {
            const ssize_t got = read(in_, buffer.data() + kept, buffer.size() - kept);
            if (got <= 0) break;
            std::string_view text(buffer.data(), kept + static_cast<std::size_t>(got));
            for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
                line(text.substr(0, end));
                text.remove_prefix(end + 1);
            }
            kept = text.size();
            std::memmove(buffer.data(), text.data(), kept);
        }
        flush();
        return rows_;
    }

  private:
    static constexpr std::size_t block = 1 << 16;

    void line(std::string_view text) {
        const bool header = columns_.empty();
        for (std::size_t place = 0;; ++place) {
            const auto* comma = static_cast<const char*>(std::memchr(text.data(), ',', text.size()));
            const std::string_view cell = comma ? text.substr(0, static_cast<std::size_t>(comma - text.data())) : text;
            if (header) {
                columns_.push_back({form_of(cell), {}});
                columns_.back().values.reserve(block);
            } else {
                Column& column = columns_[place];
                switch (column.form) {
                    case Form::id: column.values.push_back(cell.empty() ? 0 : ids_.of(cell) + 1); break;
                    case Form::time: column.values.push_back(static_cast<std::uint32_t>(seconds(cell))); break;
                    case Form::number: column.values.push_back(static_cast<std::uint32_t>(hundredths(cell))); break;
                }
            }
            if (!comma) break;
            text.remove_prefix(cell.size() + 1);
        }
        if (header) return;
        ++rows_;
        if (columns_.front().values.size() == block) flush();
    }
    void flush() {
        for (Column& column : columns_) {
            const std::size_t size = column.values.size() * sizeof(std::uint32_t);
            if (write(out_, column.values.data(), size) != static_cast<ssize_t>(size)) fail("write");
            column.values.clear();
        }
    }

    struct Column {
        Form form;
        std::vector<std::uint32_t> values;  // seconds to 2106, hundredths to 42 million
    };
    Numbers& ids_;
    int in_ = -1, out_ = -1;
    std::vector<Column> columns_;
    std::int64_t rows_ = 0;
};

}  // namespace
}  // namespace siyu::bench

int main(int count, char** words) {
    using namespace siyu::bench;
    namespace fs = std::filesystem;
    if (count != 3) {
        std::fputs("bench_floor FOLDER OUT: reads FOLDER/*.csv, writes their columns to OUT\n", stderr);
        return 2;
    }
    fs::create_directories(words[2]);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(words[1]))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Numbers ids;
    std::int64_t rows = 0;
    const auto began = std::chrono::steady_clock::now();
    for (const fs::path& file : files) rows += Table(file, fs::path(words[2]) / file.stem(), ids).read_all();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("%lld rows, %.3f s, %.3f s a million rows\n", static_cast<long long>(rows), took.count(),
                took.count() * 1e6 / static_cast<double>(std::max<std::int64_t>(rows, 1)));
}
