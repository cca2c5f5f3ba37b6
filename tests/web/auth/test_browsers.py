"""web.auth.browsers: what a browser is called, of the many words that it says of itself."""

import pytest

from web.auth.browsers import OTHER_CHARS, browser_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/126.0 Safari/537.36", "Chrome · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari · iPhone"),
        (f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/126.0 Mobile MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.0; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("SomeAgent(x)", "SomeAgent"),
        ("x" * 500, "x" * OTHER_CHARS),
        ("(", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_what_it_is_and_not_by_what_it_passes_for(agent: str, name: str) -> None:
    assert browser_name(agent) == name
