// SPDX-License-Identifier: Apache-2.0
#include "reports/document_bytes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "reports/document_fields.hpp"
#include "reports/section_markup.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_values = 2'000'000;
constexpr std::size_t most_cells = 100'000;
constexpr std::size_t most_digits = 600;  // more is no number any more when it is drawn
constexpr int most_levels = 16;

Error bad_document() { return {Error::refused, "report.error.bad_document"}; }

class Writer {
  public:
    template <typename T>
    static Json json_of(const T& made) {
        if constexpr (requires(Writer io) { fields(io, made); }) {
            Writer io;
            fields(io, made);
            return std::move(io.json_);
        } else if constexpr (std::is_enum_v<T>) {
            for (const auto& [word, text] : words<T>)
                if (word == made) return std::string(text);
            return {};
        } else {
            return made;  // text, bool, number
        }
    }
    static Json json_of(const Fraction& number) { return number.exact_text(); }
    static Json json_of(const Value& value) { return value ? json_of(*value) : json_of(value.gap()); }
    static Json json_of(const Block& block) {
        return std::visit(
            [](const auto& what) -> Json {
                return {{block_name<std::remove_cvref_t<decltype(what)>>, json_of(what)}};
            },
            block);
    }
    template <typename T>
    static Json json_of(const std::optional<T>& made) {
        return json_of(*made);
    }
    template <typename T>
    static Json json_of(const std::vector<T>& all) {
        Json json = Json::array();
        for (const T& one : all) json.push_back(json_of(one));
        return json;
    }

    template <typename T>
    void must(const char* key, const T& made) {
        json_.emplace(key, json_of(made));
    }
    template <typename T>
    void may(const char* key, const T& made) {
        if (!says_nothing(made)) must(key, made);
    }

  private:
    template <typename T>
    static bool says_nothing(const T& made) {
        return made == T{};
    }
    static bool says_nothing(const Value& value) { return value == Value(Gap::not_applicable); }
    template <typename T>
    static bool says_nothing(const std::optional<T>& made) {
        return !made;
    }
    template <typename T>
    static bool says_nothing(const std::vector<T>& all) {
        return all.empty();
    }

    Json json_ = Json::object();
};

class Reader {
  public:
    explicit Reader(const Json& json) : json_(json) {
        if (!json.is_object()) throw bad_document();
    }

    template <typename T>
    static void read(const Json& json, T& made) {
        if constexpr (requires(Reader io) { fields(io, made); }) {
            Reader io(json);
            fields(io, made);
            if (io.known_ != json.size()) throw bad_document();
        } else {
            static_assert(std::is_enum_v<T>);
            const std::string_view text = text_of(json);
            for (const auto& [word, known] : words<T>)
                if (known == text) {
                    made = word;
                    return;
                }
            throw bad_document();
        }
    }
    static void read(const Json& json, std::string& text) { text = text_of(json); }
    static void read(const Json& json, bool& flag) {
        if (!json.is_boolean()) throw bad_document();
        flag = json.get<bool>();
    }
    static void read(const Json& json, std::size_t& number) {
        if (!json.is_number_unsigned()) throw bad_document();
        number = json.get<std::size_t>();
    }
    static void read(const Json& json, Fraction& number) {
        const std::string& text = text_of(json);
        auto exact = text.size() <= most_digits ? Fraction::parse_exact(text) : std::nullopt;
        if (!exact) throw bad_document();
        number = *std::move(exact);
    }
    static void read(const Json& json, Value& value) {
        const std::string& text = text_of(json);
        if (text.find('/') == std::string::npos) {
            Gap gap{};
            read(json, gap);
            value = gap;
        } else {
            Fraction number;
            read(json, number);
            value = std::move(number);
        }
    }
    static void read(const Json& json, Block& block) {
        if (!json.is_object() || json.size() != 1) throw bad_document();
        const auto as = [&]<typename Kind>(Kind made) {
            if (!json.contains(block_name<Kind>)) return false;
            read(json.front(), made);
            block = std::move(made);
            return true;
        };
        if (!as(Paragraph{}) && !as(PageTable{}) && !as(Chart{}) && !as(Terms{}) && !as(Markup{})) throw bad_document();
    }
    template <typename T>
    static void read(const Json& json, std::optional<T>& made) {
        read(json, made.emplace());
    }
    template <typename T>
    static void read(const Json& json, std::vector<T>& all) {
        if (!json.is_array()) throw bad_document();
        all.reserve(json.size());
        for (const Json& one : json) read(one, all.emplace_back());
    }

    template <typename T>
    void must(const char* key, T& made) {
        const auto found = json_.find(key);
        if (found == json_.end()) throw bad_document();
        read(*found, made);
        ++known_;
    }
    template <typename T>
    void may(const char* key, T& made) {
        if (json_.contains(key)) must(key, made);
    }

  private:
    static const std::string& text_of(const Json& json) {
        if (!json.is_string()) throw bad_document();
        return json.get_ref<const std::string&>();
    }

    const Json& json_;
    std::size_t known_ = 0;
};

// Looks through the bytes without keeping anything: what is too deep, too much or odd is no document.
class Glance : public nlohmann::json_sax<Json> {
  public:
    bool null() override { return false; }
    bool boolean(bool) override { return one_more(); }
    bool number_integer(number_integer_t) override { return false; }
    bool number_unsigned(number_unsigned_t) override { return one_more(); }
    bool number_float(number_float_t, const string_t&) override { return false; }
    bool string(string_t&) override { return one_more(); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return deeper(); }
    bool key(string_t&) override { return true; }
    bool end_object() override { return --level_ >= 0; }
    bool start_array(std::size_t) override { return deeper(); }
    bool end_array() override { return --level_ >= 0; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  private:
    bool one_more() { return ++values_ <= most_values; }
    bool deeper() { return ++level_ <= most_levels && one_more(); }

    std::size_t values_ = 0;
    int level_ = 0;
};

Json parsed(std::string_view bytes) {
    if (bytes.size() > most_bytes) throw bad_document();
    Glance glance;
    if (!Json::sax_parse(bytes, &glance)) throw bad_document();
    return Json::parse(bytes);
}

// What every rendering relies on.
void check(Document& document) {
    if (document.language != "zh-CN" && document.language != "en") throw bad_document();
    std::size_t cells = 0;
    for (PagePart& part : document.parts)
        for (Block& block : part.blocks) {
            if (const auto* table = std::get_if<PageTable>(&block)) {
                if (table->columns.empty()) throw bad_document();
                for (const auto& row : table->rows) {
                    if (row.cells.size() != table->columns.size()) throw bad_document();
                    cells += row.cells.size();
                }
            }
            if (auto* markup = std::get_if<Markup>(&block)) try {
                    markup->html = section_markup(part.id, markup->html).html;
                } catch (const Error&) {
                    throw bad_document();
                }
        }
    if (cells > most_cells) throw bad_document();
}

}  // namespace

std::string write_document(const Document& document) {
    return Writer::json_of(document).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Document read_document(std::string_view bytes) {
    Document document;
    Reader::read(parsed(bytes), document);
    check(document);
    return document;
}

}  // namespace siyu
