"""Who runs the site and how to reach them: the words of the settings, with links where they are safe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.settings import Settings

ICP_REGISTER, POLICE_REGISTER = "https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/"
LINKED = re.compile(
    r"(?P<https>https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:/[\w./~%?&=#+-]*)?)"
    r"|(?P<mailto>[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)"
    r"|(?P<tel>(?<![\w+])\+?\d[\d -]{5,18}\d(?!\w))",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text and the address it leads to: https, mailto or tel; None where it is text alone."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the footer says. filings: the numbers under which the site is registered."""

    operator: str
    contact: Sequence[Words]
    filings: Sequence[Words]


def imprint(settings: Settings) -> Imprint:
    """Return what these settings say; what they leave empty is left out."""
    filings = (
        Words(settings.icp_number, ICP_REGISTER),
        Words(settings.police_number, POLICE_REGISTER),
        Words(settings.site_code),
    )
    return Imprint(
        operator=settings.operator_name,
        contact=linked(settings.operator_contact),
        filings=[filing for filing in filings if filing.text],
    )


def linked(text: str) -> list[Words]:
    """Return the whole text in order, each web address (https), e-mail address and telephone number with its link."""
    found, at = [], 0
    for match in LINKED.finditer(text):
        if match.start() > at:
            found.append(Words(text[at : match.start()]))
        found.append(Words(match.group(), _href(match)))
        at = match.end()
    if at < len(text):
        found.append(Words(text[at:]))
    return found


def _href(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "tel":
        return "tel:" + "".join(char for char in text if char in "+0123456789")
    return text if match.lastgroup == "https" else f"mailto:{text}"
