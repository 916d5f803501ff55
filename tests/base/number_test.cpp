// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/base/value.hpp"
#include "tenants/agreement.hpp"

namespace siyu {
namespace {

TEST(Fraction, FormsOfNumbersAreReadExactly) {
    EXPECT_EQ(Fraction::parse("12.5%"), Fraction(1, 8));
    EXPECT_EQ(Fraction::parse("0.125"), Fraction(1, 8));
    EXPECT_EQ(Fraction::parse("¥1,234.50"), Fraction(2469, 2));
    EXPECT_EQ(Fraction::parse("-3"), Fraction(-3));
    EXPECT_EQ(Fraction::parse("20元"), Fraction(20));
    for (const char* text : {"", "-", "1.2.3", "1,23", "12,34.5", "abc", "1e5", "%", "1 2"})
        EXPECT_FALSE(Fraction::parse(text)) << text;
}

TEST(Fraction, RoundsHalfAwayFromZero) {
    EXPECT_EQ(Fraction(1, 8).rounded(2), "0.13");
    EXPECT_EQ(Fraction(-1, 8).rounded(2), "-0.13");
    EXPECT_EQ(Fraction(1, 3).rounded(4), "0.3333");
    EXPECT_EQ(Fraction(5, 2).rounded(0), "3");
    EXPECT_EQ(Fraction(-1, 1000).rounded(2), "0.00");
    EXPECT_EQ(Fraction(1999, 1000).rounded(2), "2.00");
}

TEST(Fraction, CeilingIsTheNextWholeNumber) {
    EXPECT_EQ(Fraction(5, 2).ceiling(), Fraction(3));
    EXPECT_EQ(Fraction(4, 2).ceiling(), Fraction(2));
    EXPECT_EQ(Fraction(0).ceiling(), Fraction(0));
}

TEST(Fraction, TextIsReadBackTheSame) {
    for (const Fraction& f : {Fraction(1, 3), Fraction(-7, 2), Fraction(0), Fraction(INT64_MAX)})
        EXPECT_EQ(Fraction::parse_exact(f.exact_text()), f);
    EXPECT_FALSE(Fraction::parse_exact("3"));
    EXPECT_FALSE(Fraction::parse_exact("1/0"));
}

// Trap 14: three values that are not 0.
TEST(Value, EmptyDenominatorHasNoValueAndIsNotZero) {
    EXPECT_FALSE(ratio(Value(0), Value(0)));
    EXPECT_EQ(ratio(Value(5), Value(0)).gap(), Gap::no_value);
    EXPECT_EQ(ratio(Value(Gap::not_ready), Value(3)).gap(), Gap::not_ready);
    EXPECT_EQ(ratio(Value(0), Value(3)), Value(0));
    EXPECT_NE(Value(Gap::no_value), Value(0));
}

TEST(Agreement, FirstTermsAlsoHoldBeforeTheirFirstDay) {
    Agreement agreement;
    const Day november = *day_of(2026, 11, 1), december = *day_of(2026, 12, 1);
    agreement.set("monthly_fee", november, "3000");
    agreement.set("monthly_fee", december, "4000.50");
    EXPECT_EQ(agreement.monthly_fee(november - 100), 300000);
    EXPECT_EQ(agreement.monthly_fee(december - 1), 300000);
    EXPECT_EQ(agreement.monthly_fee(december), 400050);
    EXPECT_EQ(agreement.floor(november), Fraction(4, 5));
}

TEST(Agreement, LaterTermsDoNotHoldBeforeTheirDay) {
    Agreement agreement;
    const Day november = *day_of(2026, 11, 1);
    agreement.set("monthly_fee", november - 30, "3000");
    agreement.set("floor", november, "0.9");
    EXPECT_EQ(agreement.floor(november - 1), Fraction(4, 5));
    EXPECT_EQ(agreement.floor(november), Fraction(9, 10));
    EXPECT_EQ(agreement.monthly_fee(november - 100), 300000);
}

TEST(Agreement, UnknownKeysAndBadValuesAreRefused) {
    EXPECT_THROW(Agreement::check("flor", "0.8"), Error);
    EXPECT_THROW(Agreement::check("floor", "eight"), Error);
    EXPECT_THROW(Agreement::check("floor", "1.2"), Error);
    EXPECT_THROW(Agreement::check("monthly_fee", "10.001"), Error);
    EXPECT_THROW(Agreement::check("required", "joins,order"), Error);
    EXPECT_THROW(Agreement::check("survey_scale", "5-1"), Error);
    EXPECT_NO_THROW(Agreement::check("required", "[\"joins\", \"orders\"]"));
    EXPECT_NO_THROW(Agreement::check("bonus", "gmv 2%"));
    EXPECT_NO_THROW(Agreement::check("plugin.anything", "x"));
}

}  // namespace
}  // namespace siyu
