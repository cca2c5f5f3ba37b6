"""crawler.dates.written: a script that does no more than write one day shows it."""

import pytest

from crawler.dates.written import CODE_CHARS, MOST_SCRIPTS, show_written_days
from crawler.extract.document import parse


def shown(code: str) -> str:
    page = parse(f"<html><body><p>发布时间：<script>{code}</script></p></body></html>")
    assert page is not None
    show_written_days(page)
    return "|".join(span.text or "" for span in page.iter("span"))


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("document.write(fmt('2026-09-30 10:00:00'))", "2026-09-30 10:00:00"),
        ("document.write(fmt('2026-09-30 00:00:00.0'))", "2026-09-30"),
        ('document.write("<span>2026-09-30<\\/span>");', "2026-09-30"),
        ("var d='2026年9月30日';document.write(d.substring(0,10));", "2026年9月30日"),
        ("document.write('报名截止：2026-09-30')", "报名截止：2026-09-30"),
    ],
)
def test_what_it_writes_stands_in_its_place(code: str, day: str) -> None:
    assert shown(code) == day


@pytest.mark.parametrize(
    "code",
    [
        "var day='2026-09-30';",
        "if(isNew('2026-09-30'))document.write('<img src=new.gif>')",
        "document.write(now > '2026-09-30' ? 'old' : 'new')",
        "document.write('2026-09-30');document.write('2026-10-18')",
        "document.write('2026-09-30 至 2026-10-18')",
        f"document.write('2026-09-30')//{'x' * CODE_CHARS}",
        "document.write('09-30')",
    ],
)
def test_what_hangs_on_more_or_names_several_days_stays_a_script(code: str) -> None:
    assert shown(code) == ""


def test_as_many_scripts_are_looked_at_as_an_honest_list_has() -> None:
    written = "</script><script>".join(["document.write('2026-09-30')"] * (MOST_SCRIPTS + 5))

    assert shown(written).count("2026") == MOST_SCRIPTS
