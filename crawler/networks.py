"""Which IP addresses lie on the public internet: a table of our own, since Python's `is_global` moves with patches.

Source: IANA's special-purpose registries of IPv4 and IPv6 addresses and the IPv6 address space registry (RFC 6890 and
RFC 8190; read 2026-11). Refused is what they do not call globally reachable, and whole blocks where they single out a
few addresses of one that no site stands on.
"""

import ipaddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network, RFC 791
        "10.0.0.0/8",  # private use, RFC 1918
        "100.64.0.0/10",  # shared by carriers, RFC 6598
        "127.0.0.0/8",  # loopback, RFC 1122
        "169.254.0.0/16",  # link local, RFC 3927; metadata services of clouds
        "172.16.0.0/12",  # private use, RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890; .8 dummy, .9 and .10 anycast of PCP and TURN among them
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # 6to4 relay anycast, taken back by RFC 7526
        "192.168.0.0/16",  # private use, RFC 1918
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved, RFC 1112; broadcast, RFC 919
    )
)
# All that IANA has given out for public use. Outside it lie loopback, IPv4 inside IPv6 (::a.b.c.d, ::ffff:0:0/96),
# NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard (100::/64), segment routing (5f00::/16), unique local (fc00::/7),
# link local (fe80::/10), site local (fec0::/10) and multicast (ff00::/8).
PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, RFC 2928; Teredo, benchmarks and ORCHID among them
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, RFC 3056: an IPv4 address inside
        "3fff::/20",  # documentation, RFC 9637
    )
)
ISATAP, EITHER_SCOPE = 0x0000_5EFE, 0xFDFF_FFFF  # RFC 5214, 6.1: interface 0000:5efe or 0200:5efe, then an IPv4 address


def is_public(address: str) -> bool:
    """Tell whether an address (`1.2.3.4`, `2001:…`, with or without a zone) is on the public internet.

    An IPv6 address that carries an IPv4 one is not, whatever it carries. Raises ValueError for what is no address.
    """
    number = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in block for block in NOT_PUBLIC_4)
    is_isatap = (int(number) >> 32) & EITHER_SCOPE == ISATAP
    return number in PUBLIC_6 and not is_isatap and not any(number in block for block in NOT_PUBLIC_6)
