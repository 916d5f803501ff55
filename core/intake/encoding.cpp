// SPDX-License-Identifier: Apache-2.0
#include "core/intake/encoding.hpp"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/form.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t piece = std::size_t{256} * 1024;
// GBK text that happens to begin with this many valid UTF-8 characters does not occur: such a file is damaged UTF-8.
// Those of two bytes say nothing: 元 and 双 in GBK are such.
constexpr std::size_t surely_utf8 = 8;

std::uint64_t count_lines(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// What the first bytes of the usual wrong files are, and the sentence for each.
constexpr std::array<std::pair<std::string_view, const char*>, 9> strangers{{
    {"\xD0\xCF\x11\xE0", "intake.old_excel"},
    {"%PDF", "intake.pdf"},
    {"PK\x03\x04", "intake.no_sheet"},
    {"\x89PNG", "intake.binary"},
    {"\x1F\x8B", "intake.binary"},
    {"\xFF\xD8\xFF", "intake.binary"},
    {"Rar!", "intake.binary"},
    {"7z\xBC\xAF", "intake.binary"},
    {"\x7F"
     "ELF",
     "intake.binary"},
}};

void refuse_strangers(std::string_view head, const std::string& name) {
    for (const auto& [signature, sentence] : strangers)
        if (head.starts_with(signature)) throw Error(Error::refused, sentence, {{"file", name}});
    if (is_events(head)) return;
    // An .xls of many a back office is a web page: it would be read as a table of one column.
    const std::string begin = folded(head.substr(0, 256));
    for (const std::string_view tag : {"<!doctype", "<html", "<table", "<?xml", "<head", "<meta"})
        if (begin.starts_with(tag)) throw Error(Error::refused, "intake.web_page", {{"file", name}});
}

}  // namespace

std::string_view to_string(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: return "UTF-8";
        case Encoding::gb18030: return "GB18030";
        case Encoding::utf16le: return "UTF-16LE";
        case Encoding::utf16be: return "UTF-16BE";
    }
    return {};
}

std::optional<Encoding> parse_encoding(std::string_view text) {
    const std::string name = folded(text);
    if (name == "utf-8" || name == "utf8") return Encoding::utf8;
    if (name == "gb18030" || name == "gbk" || name == "gb2312") return Encoding::gb18030;
    if (name == "utf-16le") return Encoding::utf16le;
    if (name == "utf-16be") return Encoding::utf16be;
    return std::nullopt;
}

class File::Handle {
  public:
    explicit Handle(int number) : number_(number) {}
    ~Handle() {
        if (number_ >= 0) ::close(number_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator int() const { return number_; }  // NOLINT(google-explicit-constructor): as the system calls want it

  private:
    int number_;
};

namespace {

[[noreturn]] void fail(const std::string& name, Error::Code code, const char* sentence, int why) {
    throw Error(code, sentence, {{"file", name}, {"why", std::strerror(why)}});
}

}  // namespace

File::File(const std::filesystem::path& path)
    : name_(path.string()), handle_(std::make_shared<Handle>(::open(path.c_str(), O_RDONLY | O_CLOEXEC))) {
    if (*handle_ < 0)
        errno == ENOENT || errno == ENOTDIR ? fail(name_, Error::wrong_use, "intake.no_file", errno)
                                            : fail(name_, Error::unreachable, "intake.unreadable", errno);
    struct stat status {};
    if (::fstat(*handle_, &status) != 0) fail(name_, Error::unreachable, "intake.unreadable", errno);
    // A pipe cannot be read twice, and its end is not known.
    if (!S_ISREG(status.st_mode)) fail(name_, Error::wrong_use, "intake.not_a_file", EINVAL);
    size_ = static_cast<std::uint64_t>(status.st_size);
}

File File::temporary(std::string name) {
    File file(std::move(name));
    std::error_code missing;
    std::string path = (std::filesystem::temp_directory_path(missing) / "siyu-XXXXXX").string();
    if (missing) fail(file.name_, Error::unreachable, "intake.no_room", missing.value());
    file.handle_ = std::make_shared<Handle>(::mkostemp(path.data(), O_CLOEXEC));
    if (*file.handle_ < 0 || ::unlink(path.c_str()) != 0) fail(file.name_, Error::unreachable, "intake.no_room", errno);
    return file;
}

std::size_t File::read(char* into, std::size_t capacity) {
    for (;;) {
        const auto got = ::pread(*handle_, into, capacity, static_cast<off_t>(place_));
        if (got >= 0) {
            place_ += static_cast<std::uint64_t>(got);
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) fail(name_, Error::unreachable, "intake.unreadable", errno);
    }
}

void File::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto done = ::pwrite(*handle_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (done < 0 && errno != EINTR) fail(name_, Error::unreachable, "intake.no_room", errno);
        if (done <= 0) continue;
        size_ += static_cast<std::uint64_t>(done);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

Script find_script(File& file, std::optional<Encoding> said) {
    const std::string name = file.name();
    file.seek(0);
    std::vector<char> buffer(std::min<std::uint64_t>(piece, file.size() + 1));
    std::size_t held = file.read(buffer.data(), buffer.size());
    const std::string_view head{buffer.data(), held};
    if (held == 0) throw Error(Error::refused, "intake.empty_file", {{"file", name}});

    Script script{said.value_or(Encoding::utf8), 0};
    if (head.starts_with("\xEF\xBB\xBF"))
        script = {Encoding::utf8, 3};
    else if (head.starts_with("\xFF\xFE"))
        script = {Encoding::utf16le, 2};
    else if (head.starts_with("\xFE\xFF"))
        script = {Encoding::utf16be, 2};
    refuse_strangers(head.substr(script.mark), name);

    const bool wide = script.encoding == Encoding::utf16le || script.encoding == Encoding::utf16be;
    bool valid = script.encoding == Encoding::utf8;
    std::uint64_t lines = 1;
    std::size_t long_characters = 0;
    if (!wide) {
        // One pass at the speed of memory: NUL bytes are in no table, bytes that are no UTF-8 may be GB18030.
        while (held > 0) {
            std::string_view text{buffer.data(), held};
            if (const auto nul = text.find('\0'); nul != std::string_view::npos)
                throw Error(Error::refused, "intake.binary", {{"file", name}});
            std::size_t good = held;
            if (valid) {
                good = valid_utf8(text, long_characters);
                lines += count_lines(text.substr(0, good));
                const bool more = file.place() < file.size();
                valid = good == held || (more && is_cut_utf8(text.substr(good)));
                if (!valid) good = held;
            }
            held -= good;
            std::memmove(buffer.data(), buffer.data() + good, held);
            const std::size_t got = file.read(buffer.data() + held, buffer.size() - held);
            if (got == 0) {
                valid = valid && held == 0;
                break;
            }
            held += got;
        }
        if (valid) return script;
        if (script.mark > 0 || said == Encoding::utf8 || long_characters >= surely_utf8)
            throw Error(Error::refused, "intake.broken_text",
                        {{"file", name}, {"encoding", "UTF-8"}, {"line", std::to_string(lines)}});
        script.encoding = Encoding::gb18030;
    }
    TextStream whole(file, script);
    buffer.resize(piece);
    while (whole.read(buffer.data(), buffer.size()) > 0) {
    }
    return script;
}

struct TextStream::Conversion {
    iconv_t handle;
    std::vector<char> bytes = std::vector<char>(piece);
    std::size_t held = 0;
    std::uint64_t lines = 1;
    bool ended = false;

    explicit Conversion(Encoding from) : handle(::iconv_open("UTF-8", std::string(to_string(from)).c_str())) {
        if (handle == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr): iconv's own way
            throw Error(Error::unreachable, "intake.no_converter", {{"encoding", std::string(to_string(from))}});
    }
    ~Conversion() { ::iconv_close(handle); }
    Conversion(const Conversion&) = delete;
    Conversion& operator=(const Conversion&) = delete;
};

TextStream::TextStream(File file, Script script) : file_(std::move(file)), script_(script) {
    file_.seek(script.mark);
    if (script.encoding != Encoding::utf8) conversion_ = std::make_unique<Conversion>(script.encoding);
}

TextStream::~TextStream() = default;

std::optional<std::string> converted(std::string_view bytes, Encoding from) {
    const iconv_t handle = ::iconv_open("UTF-8", std::string(to_string(from)).c_str());
    // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own way
    if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string text(4 * bytes.size(), '\0');
    char *in = const_cast<char*>(bytes.data()), *out = text.data();  // NOLINT: iconv takes no const
    std::size_t left = bytes.size(), room = text.size();
    const bool good = ::iconv(handle, &in, &left, &out, &room) != static_cast<std::size_t>(-1);
    ::iconv_close(handle);
    text.resize(text.size() - room);
    return good ? std::optional(text) : std::nullopt;
}

std::size_t TextStream::read(char* into, std::size_t capacity) {
    if (!conversion_) return file_.read(into, capacity);
    Conversion& c = *conversion_;
    for (;;) {
        if (!c.ended) {
            const std::size_t got = file_.read(c.bytes.data() + c.held, c.bytes.size() - c.held);
            c.held += got;
            c.ended = got == 0 && c.held < c.bytes.size();
        }
        if (c.held == 0) return 0;
        char* from = c.bytes.data();
        char* to = into;
        std::size_t room = capacity;
        const std::size_t done = ::iconv(c.handle, &from, &c.held, &to, &room);
        const int why = done == static_cast<std::size_t>(-1) ? errno : 0;
        std::memmove(c.bytes.data(), from, c.held);
        const std::string_view text{into, capacity - room};
        c.lines += count_lines(text);
        if (why == EILSEQ || (why == EINVAL && c.ended))
            throw Error(Error::refused,
                        script_.encoding == Encoding::gb18030 ? "intake.neither_encoding" : "intake.broken_text",
                        {{"file", file_.name()},
                         {"encoding", std::string(to_string(script_.encoding))},
                         {"line", std::to_string(c.lines)}});
        if (!text.empty()) return text.size();
    }
}

}  // namespace siyu
