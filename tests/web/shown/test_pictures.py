"""web.shown.pictures: a page shows our copies or a drawing, and names no other host."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from lxml.html import fragment_fromstring

from crawler.extract.clean import clean
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Media, MediaKind, Version
from indexer.catalogue.pictures import PictureRefusal, PictureUse
from indexer.records import items
from indexer.records.database import Database
from tests.web.kept import picture
from web.shown.pictures import IN_TEXT, body, drawn, element, shown, whole_address

URLS = [f"http://a.example/{number}.jpg" for number in range(4)]
ELSEWHERE = re.compile(r"(?:src|srcset|href|poster)=\"(?!/[^/]|http://localhost/)[^\"]*")


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.fixture
def version(database: Database, make_item: Callable[..., Item]) -> Callable[[str], Version]:
    """A version with this HTML and four pictures."""
    media = tuple(Media(kind=MediaKind.IMAGE, url=url, title=f"图{n}") for n, url in enumerate(URLS))

    def of(html: str) -> Version:
        item = make_item(html=clean(html, "http://a.example/"), media=media)
        with database.reading() as tx:
            found = items.version(tx, item.id, 1)
        assert found is not None
        return found

    return of


def use(position: int, **fields: object) -> PictureUse:
    made = PictureUse(item=ItemId("i"), version=1, position=position, url=URLS[position])
    return replace(made, **fields)  # type: ignore[arg-type]  # of any of its fields


def test_a_picture_is_shown_in_two_widths_and_two_formats_with_its_room(app: Flask) -> None:
    found = fragment_fromstring(str(element(picture(), alt='说"明" <b>', sizes=IN_TEXT)))

    (image,), (source,) = found.iter("img"), found.iter("source")
    assert (image.get("width"), image.get("height"), image.get("loading")) == ("1080", "720", "lazy")
    assert image.get("alt") == '说"明" <b>'
    assert source.get("type") == "image/webp"
    for node, format in ((image, "jpg"), (source, "webp")):
        names = [picture().name(width, format) for width in (480, 1080)]
        assert node.get("srcset") == f"/media/{names[0]} 480w, /media/{names[1]} 1080w"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "本站没有收录这张图片"),
        (use(0), "图片正在获取"),
        (use(0, refused=PictureRefusal.GONE), "本站没有收录这张图片"),
    ],
)
def test_where_there_is_none_a_drawing_of_ours_stands_in_its_place(said: PictureUse | None, words: str) -> None:
    found = str(drawn(said, alt="蜻蜓"))

    assert "/static/no-picture.svg" in found
    assert words in found
    assert "蜻蜓" in found


def test_an_editor_reads_why_there_is_none_and_a_dot_is_missed_by_nobody() -> None:
    refused = use(0, refused=PictureRefusal.FOREIGN_HOST)

    assert "没有登记" in str(drawn(refused, is_for_editors=True))
    assert "没有登记" not in str(drawn(refused))
    assert str(drawn(use(0, refused=PictureRefusal.TOO_SMALL), alt="<x²>")) == "&lt;x²&gt;"


def test_the_html_of_a_piece_names_our_copies_alone(version: Callable[[str], Version]) -> None:
    html = "".join(f'<p>一<img src="{url}" alt="&quot;&gt;{n}">二</p>' for n, url in enumerate(URLS[:3]))
    html += '<p><a href="/more.html"><img src="http://other.example/x.png?a=1&b=2"></a></p>'
    uses = {0: use(0, picture=picture(1)), 1: use(1, refused=PictureRefusal.GONE), 3: use(3, picture=picture(3))}

    found = body(version(html), uses)

    links = re.sub(r'<a href="http://a.example/more.html"', "", str(found.html))
    assert ELSEWHERE.findall(links) == []
    assert str(found.html).count("/static/no-picture.svg") == 3
    assert picture(1).hash in found.html
    assert found.html.count("<p>") == 4
    assert [one.medium.url for one in found.others] == [URLS[3]]
    assert picture(3).hash in found.others[0].element


def test_programs_get_whole_addresses(version: Callable[[str], Version]) -> None:
    found = body(version(f'<img src="{URLS[0]}">'), {0: use(0, picture=picture())}, is_absolute=True)

    assert 'src="http://localhost/media/' in found.html
    assert whole_address(picture()) == f"http://localhost/media/{picture().name(1080, 'jpg')}"


def test_a_label_that_a_machine_made_it_stands_beside_the_picture(version: Callable[[str], Version]) -> None:
    labelled = replace(picture(), ai_label="AI生成")

    found = body(version(f'<img src="{URLS[0]}">'), {0: use(0, picture=labelled)})

    assert "AI生成" in found.html
    one = shown(Media(kind=MediaKind.IMAGE, url=URLS[0], ai_label="由AI绘制"), use(0, picture=labelled), sizes=IN_TEXT)
    assert one.ai_label == "由AI绘制"


def test_a_film_without_a_cover_has_no_picture_and_no_drawing() -> None:
    found = shown(Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4"), None, sizes=IN_TEXT)

    assert (str(found.element), found.ai_label) == ("", "")
