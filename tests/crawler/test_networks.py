"""crawler.networks: what is on the public internet, whatever this Python thinks of it."""

import ipaddress

import pytest

from crawler.networks import is_public

# One address of each block, its first and its last where the block's border matters.
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - an address that must be refused
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.10",
    "192.0.0.170",
    "192.0.0.255",
    "192.0.2.1",
    "192.88.99.0",
    "192.88.99.1",
    "192.88.99.255",
    "192.168.0.0",
    "192.168.255.255",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::93.184.216.34",
    "::127.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::93.184.216.34",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:1::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:30::1",
    "2001:1ff:ffff::1",
    "2001:db8::1",
    "2002::1",
    "2002:5db8:d822::1",
    "2002:7f00:1::",
    "3fff::1",
    "3fff:fff:ffff::1",
    "5f00::1",
    "4000::1",
    "fc00::1",
    "fdff:ffff::1",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "fec0::1",
    "feff:ffff::1",
    "ff02::1",
    "2606:2800:220:1:0:5efe:7f00:1",
    "2606:2800:220:1:200:5efe:10.0.0.1",
    "2606:2800:220:1:0:5efe:93.184.216.34",
    "fe80::5efe:192.0.2.1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:da8::1",
    "2003::1",
    "2400:3200::1",
    "2408:8756::1",
    "2606:2800:220:1:248:1893:25c8:1946",
    "2606:2800:220:1:100:5efe:5db8:d822",
    "3ffe:ffff::1",
    "3fff:1000::1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_a_special_block_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_beside_the_special_blocks_is_public(address: str) -> None:
    assert is_public(address)


def test_nothing_is_public_that_python_knows_to_be_private() -> None:
    step = 2**32 // 9973
    known = [ipaddress.IPv4Address(number) for number in range(0, 2**32, step)]

    assert [str(number) for number in known if number.is_private and is_public(str(number))] == []


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="example"):
        is_public("www.example.com")
