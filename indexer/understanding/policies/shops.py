"""Find addresses of shops and the tokens that their apps open."""

import re
from collections.abc import Iterator
from itertools import chain

from config.policy import ShopRule
from indexer.understanding.policies.links import addresses_linked, host_of
from indexer.understanding.policies.near import Nearness
from indexer.understanding.policies.normal import Span, plain
from indexer.understanding.policies.parts import EXCERPT_CHARS, MOST_FINDINGS, Subject, apart, found_in, linked, parts
from indexer.understanding.results import Finding

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

NEAR_CHARS = 30
# An address as it is typed, with or without its scheme; Chinese characters and punctuation end it.
TYPED = re.compile(
    r"(?<![A-Za-z0-9@./?&=_-])(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,10}(?![A-Za-z0-9-])(?:[/?#:][!-~]*)?"
)
ENDING = re.compile(r"\.[A-Za-z]{2}")  # in each of them
TRAILING = ".,;:!?)]}'\""
SIGN = "[￥¥$₤€£₳¢₴ƒ฿元(（《/👉￡]"
# 1 Ab3dEf6hIj:/ stands for an address in what is copied into a shop's app.
OPENED = re.compile(r"(?<![A-Za-z0-9/.])(?P<token>[A-Za-z0-9]{8,14}):/(?!/)")
TOKEN = re.compile(rf"{SIGN}(?P<token>[A-Za-z0-9]{{8,14}})[￥¥$₤€£₳¢₴ƒ฿元)）》/👈￡ ]")


class ShopCheck:
    """One `shop` rule."""

    def __init__(self, rule: ShopRule) -> None:
        self._rule = rule
        self._below = tuple(host if host.startswith(".") else f".{host}" for host in rule.hosts)
        self._near = Nearness(tuple(map(plain, rule.words)), distance=NEAR_CHARS)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each address and token in the text, and for each address that is only linked."""
        found = [
            found_in(part, self._rule, span)
            for part in parts(subject, self._rule)
            for span in apart((*self._typed(part.cased), *self._tokens(part.cased, part.folded)))[:MOST_FINDINGS]
        ]
        typed = {one.excerpt for one in found}
        addresses = (address for address in dict.fromkeys(addresses_linked(subject)) if self._is_shop(address))
        return (
            found + [linked(self._rule, one) for one in addresses if one[:EXCERPT_CHARS] not in typed][:MOST_FINDINGS]
        )

    def _typed(self, text: str) -> Iterator[Span]:
        for match in TYPED.finditer(text) if ENDING.search(text) else ():
            address = match[0].rstrip(TRAILING)
            if self._is_shop(address):
                yield match.start(), match.start() + len(address)

    def _tokens(self, text: str, folded: str) -> Iterator[Span]:
        near = self._near.spans(folded)
        for match in chain(TOKEN.finditer(text), OPENED.finditer(text)) if near else ():
            token = match["token"]
            if _is_mixed(token) and self._near.has(match.span(), near):
                yield match.span("token")

    def _is_shop(self, address: str) -> bool:
        host = host_of(address if "//" in address else f"https://{address}")
        return host is not None and f".{host}".endswith(self._below)


def _is_mixed(token: str) -> bool:
    """Tell whether it is made by a machine: capitals and small letters, or letters and digits."""
    return not (token.isdigit() or token.isalpha()) or not (token.isupper() or token.islower() or token.isdigit())
