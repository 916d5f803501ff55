// SPDX-License-Identifier: Apache-2.0
#include "core/intake/events.hpp"

#include <gmock/gmock.h>

#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

TEST(Events, EventsAcrossBufferEdgesStayWhole) {
    const Scratch scratch;
    std::string text;
    Records expected;
    for (int i = 0; text.size() < 300'000; ++i) {
        const std::string name(static_cast<std::size_t>(i % 97), '>'), time = std::to_string(i);
        text += time + " <xml><T>" + time + "</T><N><![CDATA[" + name + "</xml>]]></N></xml>\n";
        expected.push_back({time, name + "</xml>"});
    }
    EXPECT_EQ(Table(scratch.file("a.xml", text)).records, expected);
}

TEST(Events, AnEventThatIsTooLargeIsSetAsideAndReadingGoesOn) {
    const Scratch scratch;
    const std::string big(3 * largest_record, 'x');
    for (const std::string end : {"</N></xml>", ""}) {
        const auto path =
            scratch.file("a.xml", "<xml><N>1</N></xml>\n<xml><N>" + big + end + "\n<xml><N>2</N></xml>\n");
        EXPECT_EQ(Table(path).records, (Records{{"1"}, {"intake.record_too_large"}, {"2"}}));
        EventReader reader{File(path)};
        reader.next();
        ASSERT_EQ(reader.next(), TableReader::Found::broken);
        EXPECT_LT(reader.record().size(), 300U);
        reader.next();
        EXPECT_EQ(reader.line(), 3);
    }
}

TEST(Events, ABrokenEventIsGivenBackAsItStands) {
    const Scratch scratch;
    EventReader reader{File(scratch.file("a.xml", "<xml><N>1</N></xml>\nnow <xml><N>2</M></xml> then\n"))};
    reader.next();
    ASSERT_EQ(reader.next(), TableReader::Found::broken);
    EXPECT_EQ(reader.record(), "<xml><N>2</M></xml>");
    EXPECT_EQ(reader.next(), TableReader::Found::end);
    EXPECT_EQ(reader.bytes_read(), reader.bytes_total());
}

}  // namespace
}  // namespace siyu
