"""Line 16: addresses that are not public, in every form; the guard's own answer is what counts."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

from crawler.guard import Place, refused_address
from tests.attack.tries import Try, report

# Outside the public internet by the registries of special-purpose addresses (IANA, read 2026-11), and what carries
# one of them inside.
PRIVATE_4_TEXT = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.0.1
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.171
    192.0.0.255 192.0.2.1 192.88.99.1 192.88.99.2 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1
    203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.254 255.255.255.255
"""
PRIVATE_6_TEXT = """
    :: ::1 ::2 ::ffff:0:0 fc00::1 fdff:ffff::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 feff::1 ff02::1 ff0e::1 100::1
    100:0:0:1::1 2001:db8::1 2001:2::1 2001:10::1 3fff::1 3fff:fff::1 5f00::1 64:ff9b:1::1
"""
PRIVATE = [*PRIVATE_4_TEXT.split(), *PRIVATE_6_TEXT.split()]
INSIDE = ["10.0.0.1", "127.0.0.1", "169.254.169.254", "172.16.5.5", "192.168.1.1", "100.64.1.1"]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "114.114.114.114",
    "223.5.5.5",
    "2400:3200::1",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
]
PLACE = Place(scheme="http", host="a.example", port=80)


def attack(folder: Path) -> Iterator[Try]:
    """Each address as a name might resolve to it."""
    _ = folder
    for address in [*PRIVATE, *_carriers()]:
        held = _is_refused(address)
        saw = "" if held else "let through"
        yield Try(part="16", kind="private addresses", what=address, held=held, saw=saw)
    for address in PUBLIC:
        refused = _is_refused(address)
        saw = "refused" if refused else ""
        yield Try(kind="public addresses", what=address, held=not refused, saw=saw)


def _is_refused(address: str) -> bool:
    return refused_address(address, place=PLACE, private_hosts=()) is not None


def _carriers() -> Sequence[str]:
    """IPv6 addresses that lead to an IPv4 address: mapped, compatible, 6to4, NAT64, Teredo, ISATAP."""
    made = []
    for inner in INSIDE:
        number = int(ip_address(inner))
        high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
        flipped = number ^ 0xFFFFFFFF
        made += [
            f"::ffff:{inner}",
            f"::{high}:{low}",
            f"2002:{high}:{low}::1",
            f"64:ff9b::{high}:{low}",
            f"2001:0:808:808:0:0:{flipped >> 16:x}:{flipped & 0xFFFF:x}",
            f"2400:3200::5efe:{high}:{low}",
            f"2400:3200::200:5efe:{high}:{low}",
            f"64:ff9b:1::{high}:{low}",
        ]
    return made


if __name__ == "__main__":
    report(attack)
