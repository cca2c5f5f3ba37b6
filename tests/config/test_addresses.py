"""config.addresses: where an address points, and what is wrong with one that points nowhere certain."""

import pytest

from config.addresses import AddressFault, BadAddress, Place, place_of


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://exam ple.com/", AddressFault.MISLEADING),
        ("http://example.com\\@other.example/", AddressFault.MISLEADING),
        ("http://ex\tample.com/", AddressFault.MISLEADING),
        ("http://example.com:99999/", AddressFault.MALFORMED),
        ("http://[::1", AddressFault.MALFORMED),
        ("http://" + "é" * 200 + ".example/", AddressFault.MALFORMED),
        ("ftp://example.com/", AddressFault.SCHEME),
        ("//example.com/", AddressFault.SCHEME),
        ("http://user:secret@example.com/", AddressFault.USER),
        ("http://", AddressFault.NO_HOST),
        ("http://a..b/", AddressFault.HOST),
        ("http://example.com:0/", AddressFault.HOST),
        ("http://example.com%2eother.example/", AddressFault.HOST),
    ],
)
def test_an_address_that_points_nowhere_certain_names_its_fault(url: str, fault: AddressFault) -> None:
    with pytest.raises(BadAddress) as refused:
        place_of(url)

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("url", "place", "netloc"),
    [
        ("http://WWW.Example.COM./a", Place(scheme="http", host="www.example.com", port=80), "www.example.com"),
        ("https://a.example:443/", Place(scheme="https", host="a.example", port=443), "a.example"),
        ("https://a.example:80/", Place(scheme="https", host="a.example", port=80), "a.example:80"),
        ("http://科普.example/", Place(scheme="http", host="xn--tkv944b.example", port=80), "xn--tkv944b.example"),
    ],
)
def test_a_host_is_known_by_one_spelling(url: str, place: Place, netloc: str) -> None:
    assert place_of(url) == place
    assert place.netloc == netloc
