// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/intake/workbook.hpp"

namespace siyu {

// A workbook of several sheets, with texts in their cells.
struct Book {
    struct Sheet {
        std::string name;
        std::vector<std::vector<std::string>> rows;
        std::string state = "visible";
    };
    std::vector<Sheet> sheets;

    std::string bytes() const {
        const std::string main = "\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        std::string names, relations;
        Zip zip;
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            const std::string number = std::to_string(i + 1), part = "worksheets/sheet" + number + ".xml";
            names += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" state=\"" + sheets[i].state +
                     "\" r:id=\"r" + number + "\"/>";
            relations +=
                "<Relationship Id=\"r" + number + "\" Type=\"" + office + "/worksheet\" Target=\"" + part + "\"/>";
            std::string rows;
            for (const auto& row : sheets[i].rows) {
                rows += "<row>";
                for (const auto& cell : row) rows += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
                rows += "</row>";
            }
            zip.add("xl/" + part, "<worksheet xmlns=" + main + "><sheetData>" + rows + "</sheetData></worksheet>");
        }
        zip.add("_rels/.rels", "<Relationships><Relationship Id=\"r1\" Type=\"" + office +
                                   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        zip.add("xl/workbook.xml",
                "<workbook xmlns=" + main + " xmlns:r=\"" + office + "\"><sheets>" + names + "</sheets></workbook>");
        zip.add("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
        return zip.bytes();
    }
};

}  // namespace siyu
