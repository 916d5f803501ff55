// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <functional>

#include "tests/intake/scratch.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu {
namespace {

std::string repeated(std::size_t count, const std::function<std::string(std::size_t)>& one) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += one(i);
    return all;
}

// The same table with so many columns in every form that tables have.
std::vector<std::pair<std::string, std::string>> tables_with(std::size_t columns) {
    const auto name = [](std::size_t i) { return "n" + std::to_string(i); };
    const auto cells = repeated(columns, [&](std::size_t i) { return (i ? "," : "") + name(i); });
    const auto keys =
        repeated(columns, [&](std::size_t i) { return std::string(i ? "," : "") + "\"" + name(i) + "\":\"1\""; });
    const auto elements = repeated(columns, [&](std::size_t i) { return "<" + name(i) + ">1</" + name(i) + ">"; });
    const auto row =
        repeated(columns, [&](std::size_t i) { return "<c t=\"inlineStr\"><is><t>" + name(i) + "</t></is></c>"; });
    return {
        {"a.csv", cells + "\n1\n"},
        {"title.csv", "a title\n" + cells + "\n1\n"},
        {"a.json", "{\"rows\":[{" + keys + "}]}"},
        {"a.jsonl", repeated(columns, [&](std::size_t i) { return "{\"" + name(i) + "\":\"1\"}\n"; })},
        {"a.xml", "<xml>" + elements + "</xml>\n"},
        {"a.xlsx",
         Workbook{"<row r=\"1\">" + row + "</row><row r=\"2\"><c><v>1</v></c></row>", "", false, false, ""}.bytes()},
    };
}

TEST(Limits, ATableHasNoMoreThan2000Columns) {
    const Scratch scratch;
    const auto header_of = [&](const std::string& name, const std::string& bytes) {
        const auto reader = TableReader::open(scratch.file(name, bytes));
        if (name == "title.csv") reader->next_header();
        EXPECT_NE(reader->next(), TableReader::Found::end) << name;
        return reader->header().size();
    };
    for (const auto& [name, bytes] : tables_with(2000)) EXPECT_EQ(header_of(name, bytes), 2000U) << name;
    for (const auto& [name, bytes] : tables_with(2001)) {
        const Note note = refusal([&, &name = name, &bytes = bytes] { header_of(name, bytes); });
        EXPECT_EQ(note.id, "intake.too_many_columns") << name;
        EXPECT_EQ(with(note, "most"), "2000");
        EXPECT_THAT(with(note, "file"), testing::EndsWith(name));
    }
}

TEST(Limits, AFormattedSheetIsAsWideAsItsNames) {
    const Scratch scratch;
    const auto row = [](const std::string& number, const std::string& last) {
        return "<row r=\"" + number + "\"><c r=\"A" + number + "\"><v>1</v></c><c r=\"XFC" + number +
               "\" s=\"1\"/><c r=\"XFD" + number + "\" t=\"inlineStr\"><is><t>" + last + "</t></is></c></row>";
    };
    const auto bytes = [&](const std::string& rows) { return Workbook{rows, "", false, false, ""}.bytes(); };
    const Table table(scratch.file("a.xlsx", bytes(row("1", " ") + row("2", "x") + row("3", " "))));
    EXPECT_EQ(table.header.size(), 1U);
    EXPECT_EQ(table.records, (Records{{"intake.too_many_cells"}, {"1"}}));
    const auto wide = scratch.file("b.xlsx", bytes(row("1", "x") + row("2", "x")));
    EXPECT_EQ(refusal([&] { TableReader::open(wide); }).id, "intake.too_many_columns");
}

std::string workbook_with(std::size_t sheets) {
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const auto number = [](std::size_t i) { return std::to_string(i); };
    Zip zip;
    zip.add("_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
                               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    zip.add("xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" + relation +
                "\"><sheets>" +
                repeated(sheets,
                         [&](std::size_t i) {
                             return "<sheet name=\"s" + number(i) + "\" sheetId=\"" + number(i + 1) + "\" r:id=\"r" +
                                    number(i) + "\"/>";
                         }) +
                "</sheets></workbook>");
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships>" + repeated(sheets, [&](std::size_t i) {
                                              return "<Relationship Id=\"r" + number(i) + "\" Type=\"" + relation +
                                                     "/worksheet\" Target=\"" + number(i) + ".xml\"/>";
                                          }) + "</Relationships>");
    for (std::size_t i = 0; i < sheets; ++i)
        zip.add("xl/" + number(i) + ".xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    return zip.bytes();
}

TEST(Limits, AWorkbookHasNoMoreThan200Sheets) {
    const Scratch scratch;
    EXPECT_EQ(tables_in(scratch.file("a.xlsx", workbook_with(200))).size(), 200U);
    const Note note = refusal([&] { tables_in(scratch.file("b.xlsx", workbook_with(201))); });
    EXPECT_EQ(note.id, "intake.too_many_sheets");
    EXPECT_EQ(with(note, "sheets"), "201");
    EXPECT_EQ(with(note, "most"), "200");
}

TEST(Limits, AnArchiveHasNoMoreThan1000SheetsAltogether) {
    const Scratch scratch;
    const std::string book = workbook_with(200);
    Zip zip;
    for (const char* name : {"a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx", "e.xlsx"}) zip.add(name, book);
    EXPECT_EQ(tables_in(scratch.file("a.zip", zip.bytes())).size(), 1000U);
    zip.add("f.csv", "a\n1\n");
    EXPECT_EQ(refusal([&] { tables_in(scratch.file("b.zip", zip.bytes())); }).id, "intake.too_many_entries");
}

TEST(Limits, JsonNamesThatNoColumnHasAreRefused) {
    const Scratch scratch;
    const std::string long_name(4097, 'x');
    for (const std::string& text :
         std::vector<std::string>{"{\"" + long_name + "\":[1,2]}", "{\"a\":{\"" + long_name.substr(2) + "\":1}}"}) {
        const Note note = refusal([&] { TableReader::open(scratch.file("a.json", text)); });
        EXPECT_EQ(with(note, "why"), sentence("intake.json_long_name"));
        EXPECT_EQ(with(note, "most"), "4096");
    }
}

TEST(Limits, WhatIsNeverClosedCostsOnlyItself) {
    const Scratch scratch;
    const auto read = [&](const std::string& text) { return Table(scratch.file("a.xml", text)).records; };
    const std::string good = "<xml><N><![CDATA[2]]></N></xml>\n", plain = "<xml><N>2</N></xml>\n";
    // An event that was cut off, and the next one with the end of its CDATA.
    EXPECT_EQ(read(plain + "<xml><M><![CDATA[1\n" + good), (Records{{"2"}, {"intake.broken_event"}, {"2"}}));
    // 2 MB of CDATA without an end.
    const auto open = [](std::size_t) { return std::string("<xml><![CDATA[]a]a]a"); };
    const Records records = read(good + repeated(100'000, open) + plain);
    ASSERT_EQ(records.size(), 100'002U);
    EXPECT_EQ(records.front(), std::vector<std::string>{"2"});
    EXPECT_EQ(records.back(), std::vector<std::string>{"2"});
    EXPECT_EQ(records[50'000], std::vector<std::string>{"intake.broken_event"});
    // Half a MiB of events in each other, all broken by what stands at the end.
    const auto inside = [](std::size_t) { return std::string("<xml><![CDATA["); };
    const auto loose = [](std::size_t) { return std::string("<a"); };
    for (const std::string& end : {std::string("]]>&</xml>"), "]]>" + repeated(100'000, loose)}) {
        const Records nested = read(good + repeated(35'000, inside) + end + "\n" + good);
        EXPECT_LT(nested.size(), 20U);  // of the first few each was looked at again
        EXPECT_EQ(nested.back(), std::vector<std::string>{"2"});
    }
    // Half an XML declaration, again and again.
    const auto declared = [](std::size_t) { return std::string("<xml></xml><?xml "); };
    EXPECT_EQ(read(good + repeated(100'000, declared) + good).size(), 100'002U);
}

}  // namespace
}  // namespace siyu
