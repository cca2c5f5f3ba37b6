"""crawler.lists.records: rows that stand in a script take its place."""

import pytest

from crawler.lists.records import with_records

RECORD = "<record><![CDATA[<li><a href='/1.html'>雷电</a></li>]]></record>"


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='text/xml'><datastore><recordset>{RECORD}</recordset></datastore></script>",
        f"<script><recordset>\n{RECORD}</recordset></script>",
        f'<script type="text/xml"><!--<datastore>{RECORD}</datastore>--></script>',
        f"<script type='text/xml'><?xml version='1.0' encoding='utf-8'?><datastore>{RECORD}</datastore></script>",
        f"<datastore>{RECORD}</datastore>",
        f"<DATASTORE>{RECORD.replace('record', 'RECORD')}</DATASTORE>",
        "<recordset><record>&lt;li&gt;&lt;a href='/1.html'&gt;雷电&lt;/a&gt;&lt;/li&gt;</record></recordset>",
    ],
)
def test_the_records_of_a_script_stand_in_its_place(script: str) -> None:
    assert with_records(f"<p>前</p>{script}<p>后</p>").startswith(
        "<p>前</p><div class=\"list-records\"><li><a href='/1.html'>雷电</a></li></div>"
    )


def test_a_reference_with_endless_figures_ends_no_reading() -> None:
    record = f"<record>&lt;li&gt;雷电&#{'9' * 5000};&lt;/li&gt;</record>"

    assert "<li>雷电\N{REPLACEMENT CHARACTER}</li>" in with_records(f"<recordset>{record}</recordset>")


def test_what_comes_behind_the_records_stays() -> None:
    assert with_records(f"<script><datastore>{RECORD}</datastore></script><p>后</p>").endswith("</div><p>后</p>")


def test_rows_of_a_table_get_their_table() -> None:
    record = RECORD.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>")

    assert '<div class="list-records"><table><tr><td>' in with_records(f"<recordset>{record}</recordset>")


def test_the_next_group_is_a_link_to_the_next_page() -> None:
    group = "<nextgroup><![CDATA[<a href='/dataproxy.jsp?page=1'></a>]]></nextgroup>"

    assert "<a rel=next href='/dataproxy.jsp?page=1'></a>" in with_records(f"<datastore>{group}{RECORD}</datastore>")


def test_a_page_without_records_is_left_alone() -> None:
    assert with_records("<p>数据 datastore</p>") == "<p>数据 datastore</p>"
