"""What rows of the small made cases (`case_…`) ask beyond their kind: media, sounds, who did not write, mark-up."""

import re
from collections.abc import Mapping
from typing import Any

from crawler.extract.body.blocks import squeeze

Json = Mapping[str, Any]
BETWEEN_NAMES = re.compile(r"[\s,，、;；]+")


def compare_answer(answer: Json, expected: Json) -> list[str]:
    """Return what an answer of `carnival extract --json` misses of these fields, empty where it is met."""
    media = answer["media"]
    addresses = {medium["url"] for medium in media}
    audios = sum(medium["kind"] == "audio" for medium in media)
    authors = {squeeze(name) for name in BETWEEN_NAMES.split(answer.get("author") or "")}
    html = answer.get("html") or ""
    lines = [f"media: {url!r} is not among them" for url in expected.get("media") or () if url not in addresses]
    if expected.get("audios") is not None and audios != expected["audios"]:
        lines.append(f"audios: got {audios}, wanted {expected['audios']}")
    lines += [f"not_author: {name!r} is named" for name in expected.get("not_author") or () if squeeze(name) in authors]
    return lines + [
        f"html_contains: {piece!r} was lost" for piece in expected.get("html_contains") or () if piece not in html
    ]
