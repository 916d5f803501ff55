// SPDX-License-Identifier: Apache-2.0
#include "core/press/print.hpp"

#include <cairo-pdf.h>
#include <glib.h>

#include <algorithm>
#include <new>
#include <numeric>

#include "core/press/drawing.hpp"
#include "core/press/paper.hpp"
#include "core/press/plain_text.hpp"

namespace siyu {

namespace {

constexpr double a4_width = 595.276, a4_height = 841.89;
constexpr double points_per_pixel = 0.75;  // as CSS has it
constexpr double line_height = 1.4;        // of the letters' size
constexpr double gap = 8;                  // between two columns
constexpr const char* grey = "#666666";
constexpr const char* light = "#d0d7de";

class Sheets {
  public:
    // `pages`: how many there will be, for the foot.
    Sheets(cairo_surface_t* surface, const Print& print, int pages) : print_(print), paper_(surface, print.language) {
        paper_.at_foot = [this, pages](int n, double y) { foot(n, pages, y); };
    }

    // Returns how many pages it took.
    int fill() {
        words(print_.title, {18, print_.colour, true}, 2);
        if (!print_.subtitle.empty()) words(print_.subtitle, {10, grey}, 4);
        paper_.rule(print_.colour, 1.2);
        paper_.skip(10);
        for (std::size_t i = 0; i < print_.blocks.size(); ++i) {
            if (paper_.room() < std::min(paper_.height(), least(i))) paper_.next_page();
            put(print_.blocks[i]);
        }
        paper_.finish();
        return paper_.page();
    }

  private:
    using Kind = Print::Block::Kind;

    void put(const Print::Block& block) {
        switch (block.kind) {
            case Kind::heading: paper_.skip(6); return words(block.text, {13, print_.colour, true}, 4);
            case Kind::text: return words(block.text, {}, 5);
            case Kind::note: return words(block.text, {8.5, grey}, 5);
            case Kind::picture: return picture(block.svg);
            case Kind::table: return table(block);
        }
    }

    void words(const std::string& text, const Setting& setting, double below) {
        std::vector<Typeset> cells;
        cells.emplace_back(paper_.context(), text, setting);
        paper_.put(cells, {{0, Paper::width, false}}, setting.size * line_height, 0);
        paper_.skip(below);
    }

    // What has to find room on the page where a block begins: nothing that stands above something stays alone at the
    // foot, nor does a picture lose the words under it.
    double least(std::size_t block) const {
        constexpr double of_heading = 30, of_note = 18, of_table = 60;
        const auto is = [&](std::size_t i, Kind kind) {
            return i < print_.blocks.size() && print_.blocks[i].kind == kind;
        };
        const std::size_t next = block + 1;
        if (is(block, Kind::heading)) return of_heading + (next < print_.blocks.size() ? least(next) : 0);
        if (is(block, Kind::note))
            return of_note + (is(next, Kind::picture) || is(next, Kind::table) ? least(next) : 0);
        if (is(block, Kind::table)) return of_table;
        if (!is(block, Kind::picture)) return 0;
        const Drawing drawing(print_.blocks[block].svg);
        return drawing.height() * scale_of(drawing) + (is(next, Kind::note) ? of_note : 0);
    }

    double scale_of(const Drawing& drawing) const {
        return std::min({points_per_pixel, Paper::width / drawing.width(), paper_.height() / drawing.height()});
    }

    void picture(const std::string& svg) {
        const Drawing drawing(svg);
        const double scale = scale_of(drawing);
        if (drawing.height() * scale > paper_.room() + 0.01) paper_.next_page();
        cairo_save(paper_.pen());
        cairo_translate(paper_.pen(), Paper::left(), paper_.y());
        drawing.draw(paper_.pen(), scale);
        cairo_restore(paper_.pen());
        paper_.skip(drawing.height() * scale + 8);
    }

    // A table as it is set in letters of one size.
    struct Set {
        std::vector<Typeset> head;
        std::vector<std::vector<Typeset>> rows;
        std::vector<double> needed;  // by each column, so that nothing in it is broken
    };

    Set set(const Print::Block& block, double size) const {
        Set table;
        table.needed.resize(block.columns.size());
        const auto need = [&](std::size_t column, const Typeset& words) {
            if (column < table.needed.size())
                table.needed[column] = std::max(table.needed[column], words.natural_width());
        };
        for (const auto& title : block.columns) {
            table.head.emplace_back(paper_.context(), title, Setting{size, grey, true});
            need(table.head.size() - 1, table.head.back());
        }
        for (const auto& row : block.rows) {
            auto& cells = table.rows.emplace_back();
            for (const auto& cell : row) {
                cells.emplace_back(paper_.context(), cell.text, Setting{size, cell.colour, cell.strong});
                need(cells.size() - 1, cells.back());
            }
        }
        return table;
    }

    static bool is_number(const Print::Block& block, std::size_t column) {
        return column < block.numbers.size() && block.numbers[column];
    }

    // Columns get what they need; where that is too much, the widest ones share what the others leave.
    static std::vector<Paper::Column> columns_of(const Print::Block& block, const std::vector<double>& needed) {
        const std::size_t count = needed.size();
        std::vector<std::size_t> by_need(count);
        std::iota(by_need.begin(), by_need.end(), std::size_t{0});
        std::stable_sort(by_need.begin(), by_need.end(),
                         [&](std::size_t a, std::size_t b) { return needed[a] < needed[b]; });
        std::vector<Paper::Column> columns(count);
        double left_over = Paper::width - gap * static_cast<double>(count - 1);
        for (std::size_t n = 0; n < count; ++n) {
            auto& column = columns[by_need[n]];
            column.width = std::max(1.0, std::min(needed[by_need[n]], left_over / static_cast<double>(count - n)));
            left_over -= column.width;
        }
        double left = 0;
        for (std::size_t i = 0; i < count; ++i) {
            columns[i].width += std::max(0.0, left_over) / static_cast<double>(count);
            columns[i].left = left;
            columns[i].to_right = is_number(block, i);
            left += columns[i].width + gap;
        }
        return columns;
    }

    void table(const Print::Block& block) {
        constexpr double sizes[] = {8.5, 7.5, 6.5};  // smaller letters rather than broken figures
        constexpr double pad = 2.5, enough_for_words = 90;
        if (block.columns.empty()) return;
        Set table;
        double line = 0;
        for (const double size : sizes) {
            table = set(block, size);
            line = size * line_height;
            double wide = gap * static_cast<double>(block.columns.size() - 1);
            for (std::size_t i = 0; i < table.needed.size(); ++i)
                wide += is_number(block, i) ? table.needed[i] : std::min(table.needed[i], enough_for_words);
            if (wide <= Paper::width) break;
        }
        const auto columns = columns_of(block, table.needed);
        const auto put_head = [&] {
            paper_.put(table.head, columns, line, pad);
            paper_.rule(print_.colour, 0.8);
        };
        const double before = paper_.y();
        const int page = paper_.page();
        put_head();
        // A head that takes much of a page is not worth repeating, and one that takes all of it would never end.
        if (paper_.page() == page && paper_.y() - before < paper_.height() / 4) paper_.at_top = put_head;
        for (auto& cells : table.rows) {
            paper_.put(cells, columns, line, pad);
            paper_.rule(light, 0.4);
        }
        paper_.at_top = nullptr;
        paper_.skip(10);
    }

    void foot(int n, int pages, double y) const {
        const Setting setting{8, grey};
        const Typeset number(paper_.context(), std::to_string(n) + " / " + std::to_string(pages), setting);
        number.draw(paper_.pen(), 0, Paper::left(), y, Paper::width, true);
        Typeset line(paper_.context(), print_.footer, setting);
        line.break_at(Paper::width - 60);
        line.draw(paper_.pen(), 0, Paper::left(), y, Paper::width, false);
    }

    const Print& print_;
    Paper paper_;
};

using Surface = Held<cairo_surface_t, cairo_surface_destroy>;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

void describe(cairo_surface_t* surface, const Print& print) {
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(surface, what, plain_text(text).c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, print.title);
    say(CAIRO_PDF_METADATA_AUTHOR, print.author);
    const Held<GDateTime, g_date_time_unref> made(g_date_time_new_from_unix_utc(print.made_at));
    if (!made) return;
    const Held<char, g_free> text(g_date_time_format(made.get(), "%Y-%m-%dT%H:%M:%SZ"));
    say(CAIRO_PDF_METADATA_CREATE_DATE, text.get());
    say(CAIRO_PDF_METADATA_MOD_DATE, text.get());
}

}  // namespace

std::string print(const Print& print) {
    // Once to nowhere, for the number of pages.
    const Surface nowhere(cairo_pdf_surface_create(nullptr, a4_width, a4_height));
    const int pages = Sheets(nowhere.get(), print, 0).fill();
    std::string bytes;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, a4_width, a4_height));
    describe(surface.get(), print);
    Sheets(surface.get(), print, pages).fill();
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
    return bytes;
}

}  // namespace siyu
