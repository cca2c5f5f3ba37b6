"""Find links to hosts that are not registered for the unit."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import lxml.html
from lxml.etree import ParserError

from config.addresses import BadAddress, Place, place_of
from config.policy import LinksRule
from config.words import Severity
from indexer.understanding.policies.parts import EXCERPT_CHARS, MOST_FINDINGS, READ_CHARS, Subject
from indexer.understanding.results import Finding

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

TYPED = re.compile(r"https?://[^\s\"'<>()（）【】《》，。；！？、“”‘’]+", re.IGNORECASE)
BEGUN = "://"  # in each of them
USER = re.compile(r"^(https?://)[^/?#@]*@", re.IGNORECASE)  # who reads, not what is read
HTML_CHARS = 2_000_000  # read of a body; none that is taken in today is longer
SHORT = "短链接看不出真正的去处。"


class LinksCheck:
    """One `links` rule."""

    def __init__(self, rule: LinksRule) -> None:
        self._rule = rule
        self._exact = frozenset(host for host in rule.hosts if not host.startswith("."))
        self._below = tuple(host for host in rule.hosts if host.startswith("."))

    def findings(self, subject: Subject) -> list[Finding]:
        """Return a finding for each address outside, once; the span is the address itself."""
        found: list[Finding] = []
        for address in dict.fromkeys(_addresses(subject)):
            if len(found) < MOST_FINDINGS and (why := self._why(address, subject.hosts)) is not None:
                found.append(self._finding(address, why))
        return found

    def _why(self, address: str, registered: frozenset[str]) -> str | None:
        try:
            place = _place(address)
        except BadAddress:  # an address that nobody can open rightly: an editor should see it
            return ""
        host = place.host
        if self._is_short(host):
            return SHORT
        if host in registered or place.netloc in registered or host in self._exact:
            return None
        return None if f".{host}".endswith(self._below or ("\0",)) else ""

    def _is_short(self, host: str) -> bool:
        return host in self._rule.short_links

    def _finding(self, address: str, why: str) -> Finding:
        return Finding(
            rule=self._rule.id,
            rule_version=self._rule.version,
            severity=Severity(self._rule.severity.value),
            where="links",
            start=0,
            end=len(address),
            excerpt=address[:EXCERPT_CHARS],
            message=f"{self._rule.message}{why}",
        )


def host_of(address: str) -> str | None:
    """Return the host of an absolute address, lower case; None where there is none."""
    try:
        return _place(address).host
    except BadAddress:
        return None


def addresses_linked(subject: Subject) -> Iterator[str]:
    """Yield the absolute addresses of the body's links and of codes in its pictures, as they are written."""
    yield from (code for code in subject.codes if code.lower().startswith(("http://", "https://")))
    yield from _hrefs(subject.html[:HTML_CHARS])


@lru_cache(maxsize=1)  # several rules read the links of one body, one after the other
def _hrefs(html: str) -> Sequence[str]:
    if not html.strip():
        return ()
    try:
        body = lxml.html.fragment_fromstring(html, create_parent="div")
    except ParserError:  # nothing but comments: no link either
        return ()
    every = ((link.get("href") or "").strip() for link in body.iter("a"))
    return tuple(href for href in every if href.lower().startswith(("http://", "https://", "//")))


def _addresses(subject: Subject) -> Iterator[str]:
    """Addresses that a reader can follow: of the body's links, and those typed in its text."""
    yield from addresses_linked(subject)
    typed = subject.text[:READ_CHARS]
    yield from TYPED.findall(typed) if BEGUN in typed else ()


def _place(address: str) -> Place:
    return place_of(USER.sub(r"\1", f"https:{address}" if address.startswith("//") else address))
