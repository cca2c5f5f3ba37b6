"""Where a person is sent to authorise."""

from urllib.parse import parse_qs, urlsplit

from indexer.connections.authorising import authorising_path


def test_a_person_is_sent_with_the_code_and_the_way_back() -> None:
    back = "https://a.example/connect/component/return?state=x.y-z&a=1"
    parts = urlsplit(authorising_path("wx1", code="p&1", back=back))

    assert parts.path == "/cgi-bin/componentloginpage"
    assert parse_qs(parts.query) == {
        "component_appid": ["wx1"],
        "pre_auth_code": ["p&1"],
        "redirect_uri": [back],
        "auth_type": ["1"],
    }
