"""Records of a trial: written flat and as JSON, read back, shortened, and which way is best."""

import json
from dataclasses import asdict, replace

import pytest
from pydantic import ValidationError

from config.words import ChannelKind
from indexer.base.ids import UnitId
from indexer.catalogue.items import Media, MediaKind
from indexer.whitelist.trials import (
    KEPT_MEDIA,
    KEPT_ROWS,
    Offer,
    Piece,
    Proposal,
    Row,
    Trial,
    proposal_of,
    trial_of,
)

FULL = Proposal(
    address="http://a.example/",
    unit=UnitId("unit-a"),
    source="site",
    hosts=("a.example", "b.example"),
    path="/kx/",
    options={"list": "ul a", "pages": "2"},
)
MEDIA = tuple(Media(kind=MediaKind.IMAGE, url=f"http://a.example/{number}.jpg") for number in range(KEPT_MEDIA + 1))
TRIAL = Trial(
    source="site",
    hosts=("a.example",),
    why="按列表页读取",
    rows=tuple(Row(url=f"http://a.example/{number}", title="霾") for number in range(KEPT_ROWS + 1)),
    listed=KEPT_ROWS + 1,
    pieces=(Piece(url="http://a.example/0", title="霾", media=MEDIA),),
    offers=(Offer(source="sitemap", address="http://a.example/sitemap.xml", articles=9),),
)


@pytest.mark.parametrize("proposal", [FULL, Proposal(address="http://a.example/")])
def test_a_proposal_is_the_same_after_it_was_written_flat(proposal: Proposal) -> None:
    flat = proposal.flat()

    assert all(isinstance(value, str) for value in flat.values())
    assert proposal_of(json.loads(json.dumps(flat))) == proposal


def test_a_trial_is_the_same_after_it_was_json() -> None:
    assert trial_of(json.loads(json.dumps(asdict(TRIAL)))) == TRIAL


@pytest.mark.parametrize("broken", [{}, {"source": "site", "hosts": [], "why": "", "rows": [{"url": 1}]}])
def test_what_is_no_trial_is_not_read_as_one(broken: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        trial_of(broken)


def test_of_a_long_list_the_beginning_is_kept_and_all_are_counted() -> None:
    kept = TRIAL.shortened()

    assert (len(kept.rows), kept.listed) == (KEPT_ROWS, KEPT_ROWS + 1)
    assert len(kept.pieces[0].media) == KEPT_MEDIA


@pytest.mark.parametrize(
    ("offered", "own", "best"),
    [
        (("feed", "sitemap"), 5, "feed"),
        (("sitemap",), 5, "sitemap"),
        ((), 5, "site"),
        (("sitemap",), 0, "sitemap"),
        ((), 0, None),
    ],
)
def test_a_feed_is_better_than_a_sitemap_and_that_than_a_list_page(
    offered: tuple[str, ...], own: int, best: str | None
) -> None:
    offers = tuple(Offer(source=kind, address=f"http://a.example/{kind}", articles=3) for kind in offered)

    found = replace(TRIAL, listed=own, offers=offers).best(FULL)

    assert (found.source if found else None) == best


@pytest.mark.parametrize(("source", "kind"), [("wechat_page", ChannelKind.WECHAT), ("site", ChannelKind.SITE)])
def test_an_account_is_told_by_its_source_and_a_site_may_list_articles_on_wechat(
    source: str, kind: ChannelKind
) -> None:
    assert replace(TRIAL, source=source, hosts=("a.example", "mp.weixin.qq.com")).kind is kind
