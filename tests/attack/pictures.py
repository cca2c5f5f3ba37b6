"""Hostile pictures: bombs, drawings with script, polyglots, lying types, endless and broken answers, redirects inwards.

All stand in one article before a good picture. Held means: kept is nothing but pixels of our own encoding, the good one
among them; refused is what is none; nothing of it reaches a page; and no other host was asked.
"""

import io
import json
import re
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from tests.attack.deployment import EDITOR, Deployment, site_channel
from tests.attack.hostile_site import answer, article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import Visitor

MARK = b"alert('mark')"
TITLE, MEBIBYTE = "图片攻击", 1024 * 1024
MOST_SECONDS = 150.0  # for all of them together
STEP = """
from config.settings import load_settings
from crawler.pictures.step import make
from indexer.commands.opening import open_records
from indexer.work.runner import run_pending

settings = load_settings()
for _ in run_pending([make(settings, open_records(settings))]):
    pass
"""
FIRST_BYTES = {"webp": b"RIFF", "jpg": b"\xff\xd8\xff"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="' + MARK + b'"><script>' + MARK + b"</script></svg>"


def attack(folder: Path) -> Iterator[Try]:
    """Collect the article, fetch its pictures, and look at store, records and pages."""
    with hostile_site() as site, hostile_site() as other:
        other.otherwise = answer(_picture("PNG"), kind="image/png")
        deployment = Deployment(
            folder, private_hosts=json.dumps([site.host]), picture_delay_seconds="0", picture_seconds="3",
            fetch_seconds="5", picture_bytes=str(2 * MEBIBYTE), item_pictures="100",
        )  # fmt: skip
        deployment.add_editors()
        bad = answers(other.origin)
        for number, whole in enumerate(bad.values()):
            site.answers[f"/p/{number}.jpg"] = whole
        site.answers["/p/good.jpg"] = answer(_picture("JPEG"), kind="image/jpeg")
        names = [*(f"/p/{number}.jpg" for number in range(len(bad))), "/p/good.jpg"]
        site.page("/article.html", article(TITLE, more="".join(f'<p><img src="{name}"></p>' for name in names)))
        site.listing("/list.html", {"/article.html": TITLE})
        deployment.whitelist([site_channel("pictures", site.host)])
        began = time.monotonic()
        deployment.crawl(collect_only=True)
        _fetch(deployment)
        seconds = time.monotonic() - began
        yield from _kept(deployment, bad, asked=other.asked, origin=site.origin)
        yield from _shown(deployment)
        saw = "" if seconds < MOST_SECONDS else f"{seconds:.0f} s"
        yield Try(kind="hostile pictures take no time from others", what="all of them", held=not saw, saw=saw)


def _fetch(deployment: Deployment) -> None:
    """The step alone: what understands pieces would take longer than all the attacks."""
    subprocess.run([sys.executable, "-c", STEP], env=deployment.environment, capture_output=True, check=True)


def _kept(deployment: Deployment, bad: Mapping[str, bytes], *, asked: list[str], origin: str) -> Iterator[Try]:
    rows = dict(deployment.rows("SELECT url, coalesce(hash, refused, 'waits') FROM picture_uses"))
    files = list((deployment.folder / "media").glob("*/*"))
    for number, what in enumerate(bad):
        became = str(rows.get(f"{origin}/p/{number}.jpg", "nothing"))
        copies = [file for file in files if file.name.startswith(became)]
        saw = "; ".join(file.name for file in copies if not _is_ours(file)) or ("" if became != "nothing" else became)
        yield Try(kind="hostile pictures", what=what, held=not saw, saw=saw)
    good = str(rows.get(f"{origin}/p/good.jpg"))
    is_kept = any(file.name.startswith(good) for file in files)
    yield Try(kind="hostile pictures", what="the good one behind them", held=is_kept, saw="" if is_kept else good)
    saw = f"another host was asked for {asked[:3]}" if asked else ""
    yield Try(kind="pictures of other hosts", what="redirects", held=not asked, saw=saw)


def _is_ours(file: Path) -> bool:
    """Whether a file of the store is a picture of its name's format and holds nothing of theirs."""
    body = file.read_bytes()
    begins = FIRST_BYTES.get(file.suffix.removeprefix("."), b"\0")
    return body.startswith(begins) and MARK not in body and Image.open(io.BytesIO(body)).size[0] <= 1080


def _shown(deployment: Deployment) -> Iterator[Try]:
    with deployment.serving() as address:
        editor = Visitor(address)
        editor.sign_in(EDITOR)
        desk = editor.get(f"/review/items/{deployment.titles()[TITLE]}").text
        found = re.findall(r"<(?:img|source|iframe)\b[^>]*?(?:src|srcset)=\"(?!/[^/])[^\"]*", desk)
        saw = str(found[:3]) if found or MARK.decode() in desk or "/media/" not in desk else ""
        yield Try(
            kind="pages name our copies alone", what="desk, and as the public would see it", held=not saw, saw=saw
        )
        copies = [file.name for file in (deployment.folder / "media").glob("*/*")]
        for name in [*copies, "..%2f..%2fcarnival.db", f"{'0' * 64}-480.svg"]:
            got = editor.session.get(f"{address}/media/{name}", timeout=30)
            kind = got.headers.get("Content-Type", "")
            is_served = got.status_code == 200
            held = is_served == (name in copies) and (not is_served or kind in ("image/webp", "image/jpeg"))
            held = held and got.headers.get("X-Content-Type-Options") == "nosniff"
            yield Try(
                kind="copies as they are served", what=name, held=held, saw="" if held else f"{got.status_code} {kind}"
            )


def answers(elsewhere: str) -> Mapping[str, bytes]:
    """Return whole answers by what is wrong with them; elsewhere: a site that is not registered."""
    redirect = "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n"
    png, jpeg, gif = _picture("PNG"), _picture("JPEG"), _picture("GIF")
    polyglot = gif[:6] + b"/*" + gif[8:] + b"*/=1;" + MARK
    commented = jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(MARK) + 10) + b"<script>" + MARK + jpeg[2:]
    return {
        "PNG of 60,000 × 60,000": _as(_png(60_000, 60_000)),
        "PNG of 2³¹ × 2³¹": _as(_png(2**31 - 1, 2**31 - 1)),
        "PNG of 6,000 × 6,000 in one colour": _as(_picture("PNG", 6000)),
        "PNG whose data unpack to 64 MB": _as(_png(5000, 5000, data=zlib.compress(b"\0" * (1 << 26), 9))),
        "PNG with a text chunk of 64 MB": _as(_png(64, 64, text=zlib.compress(b"a" * (1 << 26), 9))),
        "GIF of 65,535 × 65,535": _as(b"GIF89a" + struct.pack("<HH", 65535, 65535) + gif[10:]),
        "GIF of 3,000 frames": _as(_frames(3000)),
        "WebP of 16,383 × 16,383": _as(_webp_head(16_383, 16_383)),
        "BMP of 2³¹ × 1": _as(
            b"BM" + struct.pack("<IHHI", 100, 0, 0, 54) + struct.pack("<IiiHH", 40, 2**31 - 1, 1, 1, 24) + b"\0" * 24
        ),
        "JPEG of 65,500 × 65,500": _as(jpeg.replace(struct.pack(">HH", 64, 64), struct.pack(">HH", 65500, 65500), 1)),
        "SVG with script": _as(SVG, kind="image/svg+xml"),
        "SVG called PNG": _as(SVG, kind="image/png"),
        "SVG with entities that grow": _as(b'<!DOCTYPE s [<!ENTITY a "aaaa">]>' + SVG),
        "HTML called JPEG": _as(b"<!doctype html><script>" + MARK + b"</script>", kind="image/jpeg"),
        "PNG called HTML": _as(png, kind="text/html"),
        "GIF that is JavaScript": _as(polyglot, kind="image/gif"),
        "JPEG with HTML in its comment": _as(commented),
        "JPEG with HTML behind its end": _as(jpeg + b"<script>" + MARK + b"</script>"),
        "PNG with a PHP text": _as(_png(64, 64, text=zlib.compress(b"<?php " + MARK))),
        "ZIP behind a JPEG": _as(jpeg + b"PK\x03\x04" + MARK),
        "PDF called picture": _as(b"%PDF-1.7\n" + MARK, kind="image/png"),
        "PostScript called picture": _as(
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + MARK, kind="image/jpeg"
        ),
        "JPEG cut in the middle": _as(jpeg[: len(jpeg) // 2]),
        "PNG cut in the middle": _as(png[: len(png) // 2]),
        "nothing": _as(b""),
        "one null byte": _as(b"\0"),
        "more than the limit": _as(jpeg + b"\0" * (3 * MEBIBYTE)),
        "less than was promised": b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + jpeg[:200],
        "chunks that never end": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"8000\r\n"
        + b"x" * 0x8000
        + b"\r\n",
        "gzip that unpacks to 64 MB": answer(_gzipped(), headers="Content-Encoding: gzip\r\n", kind="image/png"),
        "a redirect to another host": redirect.format(f"{elsewhere}/x.png").encode(),
        "a redirect to metadata": redirect.format("http://169.254.169.254/latest/meta-data").encode(),
        "a redirect to a file": redirect.format("file:///etc/passwd").encode(),
        "a redirect to itself": redirect.format("?again").encode(),
        "a status that is none": b"HTTP/1.1 abc OK\r\n\r\n",
    }


def _as(body: bytes, *, kind: str = "image/jpeg") -> bytes:
    return answer(body, kind=kind)


def _picture(kind: str, side: int = 64) -> bytes:
    image, out = Image.new("RGB", (side, side), (200, 30, 30)), io.BytesIO()
    image.paste((30, 30, 200), (side // 2, 0, side, side))
    image.save(out, kind)
    return out.getvalue()


def _png(width: int, height: int, *, data: bytes = b"", text: bytes = b"") -> bytes:
    rows = data or zlib.compress(b"\0" * min(height * (3 * width + 1), 1 << 16))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    chunks += [(b"zTXt", b"Comment\0\0" + text)] if text else []
    chunks += [(b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _frames(count: int) -> bytes:
    frames, out = [Image.new("P", (64, 64), number % 250) for number in range(count)], io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], optimize=False)
    return out.getvalue()


def _webp_head(width: int, height: int) -> bytes:
    extended = struct.pack("<I", 0x10)[:4] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = b"VP8X" + struct.pack("<I", 10) + extended
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def _gzipped() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(64)) + packer.flush()


if __name__ == "__main__":
    report(attack)
