"""Name a browser from its User-Agent header."""

import re
from collections.abc import Mapping

# The first that fits: each browser also names those it wants to be taken for.
BROWSERS: Mapping[str, str] = {
    "MicroMessenger": "微信",
    "Edg": "Edge",
    "HuaweiBrowser": "华为浏览器",
    "QQBrowser": "QQ",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Mapping[str, str] = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
OTHER_CHARS = 40
PRODUCT = re.compile(r"[^\s(]+")


def browser_name(agent: str) -> str:
    """Return browser and system as people name them; of one we do not know the first word it says, at most 40 long."""
    named = [_first(BROWSERS, agent), _first(SYSTEMS, agent)]
    if known := [name for name in named if name]:
        return " · ".join(known)
    first = PRODUCT.match(agent)
    return first.group()[:OTHER_CHARS] if first else ""


def _first(names: Mapping[str, str], agent: str) -> str:
    return next((name for mark, name in names.items() if mark in agent), "")
