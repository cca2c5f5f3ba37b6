"""The footer: who runs the site, how to reach them, under which numbers."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from web.app.imprint import Words, linked
from web.app.site import EXTENSION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("contact@a.example", [Words("contact@a.example", "mailto:contact@a.example")]),
        (
            "电话 010-12345678，网址 https://a.example/联系",
            [
                Words("电话 "),
                Words("010-12345678", "tel:01012345678"),
                Words("，网址 "),
                Words("https://a.example/", "https://a.example/"),
                Words("联系"),
            ],
        ),
        ("+86 10 1234 5678", [Words("+86 10 1234 5678", "tel:+861012345678")]),
        ("javascript:alert(1)", [Words("javascript:alert(1)")]),
        ("http://a.example/", [Words("http://a.example/")]),
        ("https://<script>", [Words("https://<script>")]),
        ("周一至周五 9:00-17:00", [Words("周一至周五 9:00-17:00")]),
    ],
)
def test_only_web_mail_and_telephone_become_links(text: str, expected: list[Words]) -> None:
    assert linked(text) == expected


def with_settings(app: Flask, settings: Settings) -> FlaskClient:
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], settings=settings)
    return app.test_client()


def test_the_footer_names_who_runs_the_site(app: Flask, tmp_path: Path) -> None:
    settings = Settings(
        data_folder=tmp_path,
        operator_name="示例<组委会>",
        operator_contact='"><b>contact@a.example',
        icp_number="京ICP备0号",
        police_number="京公网安备 0号",
        site_code="bm0",
    )

    page = with_settings(app, settings).get("/").text

    assert "示例&lt;组委会&gt;" in page
    assert '<a href="mailto:contact@a.example"' in page
    assert '"><b>' not in page.partition('class="foot"')[2]
    assert [number for number in ("京ICP备0号", "京公网安备 0号", "bm0") if number not in page] == []


def test_what_is_not_set_is_left_out(app: Flask, tmp_path: Path) -> None:
    page = with_settings(app, Settings(data_folder=tmp_path)).get("/").text

    assert "主办单位" not in page
    assert "beian" not in page
