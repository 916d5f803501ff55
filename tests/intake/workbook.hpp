// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zlib.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// Writes ZIP archives and workbooks for tests, by hand, so that odd ones can be written too.
class Zip {
  public:
    // `streamed` leaves the sizes out of the head, as programs do that cannot go back in what they write.
    void add(const std::string& name, const std::string& bytes, bool deflated = true, bool streamed = false) {
        const std::string packed = deflated ? deflate(bytes) : bytes;
        const auto crc = static_cast<std::uint32_t>(
            ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
        const std::string sizes = number(crc, 4) + number(packed.size(), 4) + number(bytes.size(), 4);
        const std::string head =
            number(20, 2) + number(streamed ? 8 : 0, 2) + number(deflated ? 8 : 0, 2) + number(0, 4);
        const std::string names = number(name.size(), 2) + number(0, 2);
        directory_ +=
            "PK\x01\x02" + number(20, 2) + head + sizes + names + number(0, 10) + number(data_.size(), 4) + name;
        data_ += "PK\x03\x04" + head + (streamed ? std::string(12, '\0') : sizes) + names + name + packed;
        if (streamed) data_ += "PK\x07\x08" + sizes;
        ++entries_;
    }
    std::string bytes() const {
        return data_ + directory_ + "PK\x05\x06" + number(0, 4) + number(entries_, 2) + number(entries_, 2) +
               number(directory_.size(), 4) + number(data_.size(), 4) + number(0, 2);
    }

  private:
    static std::string number(std::uint64_t value, int size) {
        std::string bytes;
        for (int i = 0; i < size; ++i, value >>= 8) bytes += static_cast<char>(value & 0xFF);
        return bytes;
    }
    static std::string deflate(const std::string& bytes) {
        z_stream state{};
        ::deflateInit2(&state, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
        std::string packed(::deflateBound(&state, bytes.size()), '\0');
        state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        state.avail_in = static_cast<uInt>(bytes.size());
        state.next_out = reinterpret_cast<Bytef*>(packed.data());
        state.avail_out = static_cast<uInt>(packed.size());
        ::deflate(&state, Z_FINISH);
        packed.resize(state.total_out);
        ::deflateEnd(&state);
        return packed;
    }

    std::string data_, directory_;
    std::size_t entries_ = 0;
};

// A workbook of one sheet: `rows` is what stands in <sheetData>, `strings` in <sst>. Styles: 0 plain, 1 date,
// 2 date and time by a format of its own, 3 percentage, 4 a quoted text with a d.
struct Workbook {
    std::string rows, strings;
    bool from_1904 = false, streamed = false;
    std::string prefix;       // of the element names, such as `x:`
    std::string behind = {};  // what stands behind <sheetData>

    std::string bytes() const {
        const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        const std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const std::string x = prefix, name = x.empty() ? "xmlns" : "xmlns:" + x.substr(0, x.size() - 1);
        const std::string open = " " + name + "=\"" + space + "\" xmlns:r=\"" + relation + "\">";
        Zip zip;
        zip.add("_rels/.rels",
                head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                true, streamed);
        zip.add("xl/workbook.xml",
                head + "<" + x + "workbook" + open + "<" + x + "workbookPr date1904=\"" + (from_1904 ? "1" : "0") +
                    "\"/><" + x + "sheets><" + x + "sheet name=\"一\" sheetId=\"3\" r:id=\"rId7\"/><" + x +
                    "sheet name=\"二\" sheetId=\"1\" r:id=\"rId1\"/></" + x + "sheets></" + x + "workbook>",
                true, streamed);
        zip.add("xl/_rels/workbook.xml.rels",
                head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
                    "/worksheet\" Target=\"worksheets/other.xml\"/><Relationship Id=\"rId7\" Type=\"" + relation +
                    "/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + relation +
                    "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" + relation +
                    "/styles\" Target=\"styles.xml\"/></Relationships>",
                false);
        zip.add("xl/worksheets/other.xml", head + "<" + x + "worksheet" + open + "</" + x + "worksheet>");
        zip.add("xl/worksheets/sheet1.xml",
                head + "<" + x + "worksheet" + open + "<" + x + "sheetData>" + rows + "</" + x + "sheetData>" + behind +
                    "</" + x + "worksheet>",
                true, streamed);
        zip.add("xl/sharedStrings.xml", head + "<" + x + "sst" + open + strings + "</" + x + "sst>");
        zip.add(
            "xl/styles.xml",
            head + "<" + x + "styleSheet" + open +
                "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
                "<numFmt numFmtId=\"165\" formatCode=\"0.0%\"/><numFmt numFmtId=\"166\" formatCode=\"0&quot; "
                "days&quot;\"/>"
                "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></" +
                x + "styleSheet>");
        return zip.bytes();
    }
};

}  // namespace siyu
