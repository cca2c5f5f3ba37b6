"""crawler.lists.columns: which of a row's days is that of publication, by the heading of its column."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.columns import day_in_column
from crawler.lists.fields import fields_of
from tests.crawler.lists.test_periods import days

TITLE = "<a href='/a/{n}1.html'>第{n}次观察的完整记录</a>"


def table(*headings: str) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in ("名称", *headings))
    rows = (f"<tr><td>{TITLE.format(n=n)}</td><td>2026-08-0{n}</td><td>2026-09-0{n}</td></tr>" for n in range(1, 4))
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


@pytest.mark.parametrize(
    ("headings", "month"),
    [
        (("成文日期", "发布日期"), "09"),
        (("发布时间", "截止日期"), "08"),
        (("信息公开日期", "生效日期"), "08"),
        (("生效日期", "失效日期"), None),
        (("发布日期", "公布日期"), None),
        (("开始", "结束"), None),
        (("发布日期",), "08"),
    ],
)
def test_the_column_of_publication_counts(headings: tuple[str, ...], month: str | None) -> None:
    assert days(table(*headings)) == [f"2026-{month}-0{n}" if month else "None" for n in range(1, 4)]


def test_a_row_that_is_none_of_a_table_has_no_columns() -> None:
    row = fragment("<p>2026-09-30</p>")

    assert day_in_column(row, fields_of([row])) is None
