"""Values of a `Location` header that try to lead a reader elsewhere: a grammar of what programs read differently."""

import random
from collections.abc import Iterator

SCHEMES = (
    "http:", "https:", "hTTp:", "HTTPS:", "http", "", "", "", "httpss:",
    "http :", "\thttp:", " https:", "ht\ttp:", "h\nttp:",
    "http:http:", "https:http:", "javascript:", "file:", "ftp:", "data:",
    "view-source:http:", "//http:", "http%3a", "%68ttp:",
)  # fmt: skip
SEPARATORS = (
    "//", "/", "", "///", "////", "\\\\", "\\", "/\\", "\\/", "//\\", "\\//",
    "/\t/", "/\n/", "\t//", " //", "// ", "/ /",
    "/./", "/.//", "//./", "/%2f", "%2f%2f", "%5c%5c", "/%5c", "//;", "//?",
    "//#", "／／", "//\0", "//%00", "/\r/", "\x0b//",
)  # fmt: skip
USERS = (
    "", "", "", "", "OURS@", "OURS:80@", "user:secret@", "OURS%40", "OURS\\@",
    "OURS#@", "OURS?@", "OURS/@", "@", ":@", "a@OURS@",
    "OURS&@", "OURS%23@", "OURS%5c@", "OURS;@", "OURS\t@", "OURS ", "OURS,",
    "OURS%20", "OURS.", "OURS-", "x.OURS.", "OURS\0",
)  # fmt: skip
PORTS = (
    "", "", "", ":80", ":443", ":", ":0", ":08080", ":99999", ":x", ":80@", ":80:80",
    ":-1", ":８０", ":80%20", ": 80",
)  # fmt: skip
PATHS = (
    "", "/", "/x", "/x?y=z", "?OURS", "#OURS", "/@OURS", "\\@OURS", "/..//OURS",
    "/%2e%2e/", "/新闻", "/x y", "/\\OURS", ";OURS",
    "/?url=//OURS", "#@OURS/", "?@OURS/", "\t/x", "/x\n", "\0", "/\ud800",
    "/%zz", "//OURS/", "/x#\\", "&@OURS", "%00.OURS", "%0d%0a",
)  # fmt: skip
DRESSES = (
    "{}", "{}", "{}", "{}", " {}", "{} ", "\t{}\t", "\n{}", "\x1f{}", "\ufeff{}", "\xa0{}",
    "<{}>", "'{}'", "{};{}",
)  # fmt: skip
FULL_WIDTH, FULL_STOP = 0xFEE0, "。"


def locations(seed: int, *, ours: str, other: str) -> Iterator[bytes]:
    """Yield header values without end, always the same for a seed; ours, other: `host` or `host:port`."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    while True:
        host = _spelt(chance, chance.choice((other, other, other, ours)))
        value = "".join(chance.choice(part) for part in (SCHEMES, SEPARATORS, USERS)) + host
        value += chance.choice(PORTS) + chance.choice(PATHS)
        value = chance.choice(DRESSES).replace("{}", value).replace("OURS", ours)
        yield _encoded(chance, value)


def _spelt(chance: random.Random, host: str) -> str:
    """The host as somebody might write it who does not want it to be recognised."""
    match chance.randrange(12):
        case 0:
            return host.upper()
        case 1:
            return host + "."
        case 2:
            return host.replace(".", FULL_STOP)
        case 3:
            return "".join(chr(ord(sign) + FULL_WIDTH) if sign.isalnum() else sign for sign in host)
        case 4:
            return "".join(f"%{ord(sign):02x}" if sign.isalnum() else sign for sign in host)
        case 5:
            place = chance.randrange(len(host))
            return host[:place] + chance.choice("\t\n\r\0 \u200b\u00ad") + host[place:]
        case 6:
            return f"[{host}]"
        case _:
            return host


def _encoded(chance: random.Random, value: str) -> bytes:
    """UTF-8 as a rule, else what older servers send."""
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "gb18030", "latin-1"))
    return value.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")
