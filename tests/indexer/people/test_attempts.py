"""Whom a wrong password counts for."""

import pytest

from indexer.people.attempts import network, of_device, of_stranger, shortened


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:49152", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::3]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("unknown", "unknown"),
        ("999.1.1.1", "unknown"),
    ],
)
def test_a_client_is_an_ipv4_address_or_64_bits_of_an_ipv6_one(address: str, client: str) -> None:
    assert network(address) == client


@pytest.mark.parametrize(
    ("address", "shown"),
    [("203.0.113.7", "203.0.113.*"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("here", "")],
)
def test_an_address_is_shown_without_its_end(address: str, shown: str) -> None:
    assert shortened(address) == shown


def test_keys_hold_nothing_that_was_typed_and_differ_by_name_address_and_device() -> None:
    counted = [
        *of_stranger("a", "192.0.2.1"),
        *of_stranger("a", "192.0.2.2"),
        *of_stranger("b", "192.0.2.1"),
        *of_device("a", "d"),
        *of_device("b", "d"),
    ]

    assert {len(one.key) for one in counted} == {64}
    assert len({one.key for one in counted}) == 3 + 2 + 2 + 1 + 1


def test_any_text_can_be_counted() -> None:
    assert of_stranger("\ud800\0" * 100_000, "\ud800")[0].key
