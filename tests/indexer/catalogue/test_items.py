"""A candidate has an address that can be opened and stored; whoever makes one is told at once."""

from collections.abc import Callable

import pytest

from indexer.catalogue.items import URL_CHARS, Candidate

START = "https://a.example/"


@pytest.mark.parametrize(
    "url", ["", "a.example/1.html", "ftp://a.example/1", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_an_address_that_is_not_http_is_refused(make_candidate: Callable[..., Candidate], url: str) -> None:
    with pytest.raises(ValueError, match=r"not http\(s\)"):
        make_candidate(url=url)


def test_an_address_that_no_column_holds_is_refused(make_candidate: Callable[..., Candidate]) -> None:
    longest = START + "x" * (URL_CHARS - len(START))

    assert make_candidate(url=longest).url == longest
    with pytest.raises(ValueError, match=f"is {URL_CHARS + 1} characters, at most {URL_CHARS}"):
        make_candidate(url=f"{longest}x")


def test_a_refusal_shows_only_the_beginning_of_a_long_text(make_candidate: Callable[..., Candidate]) -> None:
    with pytest.raises(ValueError, match="not http") as refused:
        make_candidate(url="x" * 5000)

    assert len(str(refused.value)) < 200
