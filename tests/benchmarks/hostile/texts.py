"""Texts made to be slow to read."""

from collections.abc import Mapping

from tests.benchmarks.hostile.shapes import Shape, again

PROSE = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠。"
TEXTS: Mapping[str, Shape] = {
    "prose": again(PROSE),
    "one long word": again("a"),
    "at signs": again("a@"),
    "no at sign at last": again("a"),
    "digits": again("1"),
    "digits and dots": again("1."),
    "digits and blanks": again("1 "),
    "round brackets": again("("),
    "half brackets": again("(a"),
    "years": again("年"),
    "numbers of years": again("二〇"),
    "dates": again("2026-09-17 "),
    "dates with clocks": again("2026年9月17日 10:00 "),
    "half dates": again("17. September "),
    "colons": again("作者："),
    "slashes": again("记者/"),
    "telephones": again("13800138000 "),
    "addresses": again("http://a.example/{n} "),
    "words of rules": again("最高级 免费 加微信 "),
    "quotation marks": again("“”"),
    "full stops": again("。"),
    "line ends": again("\n"),
    "blanks": again(" "),
    "blanks before a letter": again(" " * 400 + "a"),
    "dashes": again("-"),
    "separators": again("a_"),
    "entities": again("&amp;"),
    "broken entities": again("&amp"),
    "less-than signs": again("<"),
    "emoji": again("👩‍🚀"),
    "combining marks": again("\u0301"),
    "capitals that grow": again("İ"),
    "ligatures": again("ﷺ"),
    "full width": again("Ａ１"),
    "sentences": again("甲{n}。"),
    "the same sentence": again("甲。"),
    "one letter": again("月"),
}
