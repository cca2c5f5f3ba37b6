"""Where only the background is another one, what is related is judged again and all else stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from config.policy import Policy
from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records import related, understood
from indexer.records.database import Database
from indexer.understanding.backgrounds import Ground
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.prepared import Understanding
from indexer.understanding.recipe import Work, recipe_of
from indexer.understanding.related.background import LEAST, background_of
from indexer.understanding.renewing import renew_page
from indexer.understanding.understand import understand_waiting
from indexer.whitelist.records import Channel
from tests.steps import HashEmbedder, made_ready

ONE = ("月球车玉兔醒来", "9月17日，玉兔在月球背面度过第14个夜晚，气温零下180度，太阳翼重新展开。")
TWO = ("零下180度也不怕", "据示例台9月17日消息，月球背面的玉兔又醒了，第14个夜晚之后它张开太阳翼。")
NO_RULES = Policy(version=1)
LATER = timedelta(hours=1)


class OneWay(HashEmbedder):
    """A model whose vectors lie close together, as those of e5 do."""

    asked = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        every = super().passages(texts) * 0.1 + 1 / np.sqrt(self.dimensions)
        return np.asarray(every / np.linalg.norm(every, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def pair(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> tuple[ItemId, ItemId]:
    """Two reports that share their rare words."""
    taken = [
        take_in(database, make_candidate(url=f"{channel.address}/{number}.html", title=title, text=text), now=now).item
        for number, (title, text) in enumerate((ONE, TWO))
    ]
    first, second = taken
    assert first is not None
    assert second is not None
    return first, second


@pytest.fixture
def understanding(now: datetime) -> Understanding:
    return made_ready(NO_RULES, load_taxonomy(Settings(_env_file=None).taxonomy_file), OneWay(), read_at=now)


def on_another_ground(known: Understanding, *, read_at: datetime) -> Understanding:
    random = np.random.default_rng(1).standard_normal((LEAST, HashEmbedder.dimensions)) + 10
    ground = Ground(background_of(random.astype(np.float32)), digest="other", number=1)
    recipe = recipe_of(NO_RULES, known.taxonomy, known.embedder.name, read_at=read_at, ground=ground.digest)
    return replace(known, ground=ground, recipe=recipe)


def test_another_background_judges_pairs_again_and_embeds_nothing(
    database: Database, understanding: Understanding, pair: tuple[ItemId, ItemId], now: datetime
) -> None:
    understand_waiting(database, understanding, now=now)
    with database.reading() as tx:
        [before] = related.touching(tx, pair[0], limit=5)
        vectors = understood.vectors_of(tx, understanding.embedder.name, pair)
    assert isinstance(understanding.embedder, OneWay)
    asked, changed = understanding.embedder.asked, on_another_ground(understanding, read_at=now + LATER)

    done = [understand_waiting(database, changed, now=now + 2 * LATER) for _ in range(2)]

    with database.reading() as tx:
        after = related.touching(tx, pair[0], limit=5)
        recipes = set(understood.recipes(tx, pair).values())
        assert understood.vectors_of(tx, understanding.embedder.name, pair) == vectors
    assert (done, understanding.embedder.asked, recipes) == ([2, 0], asked, {changed.recipe.text})
    assert [one.score for one in after] != [before.score]


def test_what_another_process_holds_by_now_is_left_to_it(
    database: Database, understanding: Understanding, pair: tuple[ItemId, ItemId], now: datetime
) -> None:
    understand_waiting(database, understanding, now=now)
    changed = on_another_ground(understanding, read_at=now + LATER)
    with database.reading() as tx:
        before, page = related.touching(tx, pair[0], limit=5), understood.newest_of(tx, pair)
        held = understood.vectors_of(tx, understanding.embedder.name, pair)
    vectors = {item: np.frombuffer(raw, dtype=np.float32) for item, raw in held.items()}

    work = frozenset({Work.RELATED})
    renew_page(database, changed, page, work=work, vectors=vectors, now=now + 2 * LATER, holder="who lost them")

    with database.reading() as tx:
        assert related.touching(tx, pair[0], limit=5) == before
        assert set(understood.recipes(tx, pair).values()) == {understanding.recipe.text}
