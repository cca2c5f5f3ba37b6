"""What was understood by another recipe is understood again, and of it only what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from config.policy import Policy, load_policy
from config.settings import Settings
from config.taxonomy import Category, Taxonomy, load_taxonomy
from indexer.base.ids import ChannelId, ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records import channels, items, outbox, to_understand, understood
from indexer.records.database import Database
from indexer.records.findings import findings
from indexer.records.review_queue import queue_entry
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.prepared import Understanding
from indexer.understanding.results import Facet, Tag
from indexer.understanding.understand import is_waiting, understand_all, understand_page, understand_waiting
from indexer.whitelist.records import Channel
from tests.steps import HashEmbedder, made_ready

TEXT = "周末一起来看月球车，讲节水和水效标识，联系人手机13800000000，名额有限，先到先得，现场还有互动实验。" * 3
OTHER = "厨余垃圾应当沥干水分再投放，大件垃圾要预约回收，电池交给专门的回收箱，旧衣服交给社区的回收点。" * 3
LATER = timedelta(hours=1)
TakeIn = Callable[..., ItemId]


class OtherModel(HashEmbedder):
    """Another model, which notes what it was given to embed."""

    def __init__(self, name: str = "model-a") -> None:
        self.name, self.asked = name, list[str]()

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().passages([f"{self.name}{text}" for text in texts])


@dataclass
class Deployment:
    """Its files and its model as they stand; `made` is what a process that starts now understands by."""

    policy: Policy
    taxonomy: Taxonomy
    embedder: OtherModel
    now: datetime

    @property
    def made(self) -> Understanding:
        made = made_ready(self.policy, self.taxonomy, self.embedder, read_at=self.now)
        self.embedder.asked.clear()  # the prototypes
        return made

    def without_rule(self, rule: str) -> "Deployment":
        rules = tuple(one for one in self.policy.rules if one.id != rule)
        return replace(self, policy=self.policy.model_copy(update={"rules": rules}))

    def with_form(self, form: Category) -> "Deployment":
        return replace(self, taxonomy=self.taxonomy.model_copy(update={"forms": (*self.taxonomy.forms, form)}))

    def of_model(self, name: str) -> "Deployment":
        return replace(self, embedder=OtherModel(name))


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What the records hold of an item's first version."""

    tags: list[Tag]
    rules: set[str]
    vectors: set[bytes]
    cluster: str
    state: State


@pytest.fixture
def deployment(now: datetime) -> Deployment:
    settings = Settings(_env_file=None)
    policy, taxonomy = load_policy(settings.policy_file), load_taxonomy(settings.taxonomy_file)
    return Deployment(policy, taxonomy, OtherModel(), now)


@pytest.fixture
def taken(
    database: Database,
    channel: Channel,
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    now: datetime,
) -> TakeIn:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), hosts=("b.example",)))

    def take(host: str = "a", number: int = 1, *, title: str = "海淀讲座：节约用水", text: str = TEXT) -> ItemId:
        url = f"http://{host}.example/art/{number}.html"
        candidate = make_candidate(channel=ChannelId(f"channel-{host}"), url=url, title=title, text=text)
        found = take_in(database, candidate, now=now).item
        assert found is not None
        return found

    return take


@pytest.fixture
def approve(database: Database, make_user: Callable[..., User], now: datetime) -> Callable[[ItemId], None]:
    """Make an item public, and have search told of all that waits."""

    def make_public(item: ItemId) -> None:
        who, pending = make_user(), State.PENDING
        desk.decide(database, item=item, version=1, state=pending, move=Move.APPROVE, who=who, why="", now=now)
        with database.transaction() as tx:
            claimed = outbox.claim_waiting(tx, holder="test", now=now, limit=10)
            outbox.done(tx, [row for row, _ in claimed], holder="test")

    return make_public


def stand(database: Database, item: ItemId, *, models: Sequence[str] = ("model-a", "model-b")) -> Stand:
    with database.reading() as tx:
        found = items.item(tx, item)
        assert found is not None
        return Stand(
            tags=understood.tags(tx, item, 1),
            rules={finding.rule for finding in findings(tx, item, 1)},
            vectors={vector for model in models for vector in understood.vectors_of(tx, model, [item]).values()},
            cluster=found.cluster,
            state=found.state,
        )


def told(database: Database) -> list[ItemId]:
    with database.reading() as tx:
        return [item for _, item in outbox.waiting(tx, limit=10)]


def tag_by_hand(database: Database, item: ItemId) -> Tag:
    tag = Tag(facet=Facet.TOPIC, id="space", score=1.0, by="编辑甲")
    with database.transaction() as tx:
        found = items.item(tx, item)
        assert found is not None
        understood.save(
            tx,
            item,
            1,
            tags=[tag],
            findings=(),
            vector=None,
            embedder="none",
            cluster=found.cluster,
            at=found.created_at,
        )
    return tag


def test_a_changed_policy_makes_findings_new_and_nothing_else(
    database: Database, deployment: Deployment, taken: TakeIn, approve: Callable[[ItemId], None], now: datetime
) -> None:
    key = taken()
    by_hand = tag_by_hand(database, key)
    before = deployment.without_rule("phone-number").made
    understand_waiting(database, before, now=now)
    approve(key)
    old, after = stand(database, key), deployment.made

    done = [understand_waiting(database, after, now=now + LATER) for _ in range(2)]

    new = stand(database, key)
    assert done == [1, 0]
    assert new.rules - old.rules == {"phone-number"}
    assert replace(new, rules=old.rules) == old
    assert (by_hand in new.tags, len(new.vectors), new.state) == (True, 1, State.APPROVED)
    assert deployment.embedder.asked == []
    assert told(database) == []


def test_an_editor_is_shown_what_a_new_rule_finds_in_a_public_piece(
    database: Database, deployment: Deployment, taken: TakeIn, approve: Callable[[ItemId], None], now: datetime
) -> None:
    key = taken()
    understand_waiting(database, deployment.without_rule("phone-number").made, now=now)
    approve(key)

    understand_waiting(database, deployment.made, now=now + LATER)

    with database.reading() as tx:
        entry = queue_entry(tx, key, now=now)
    assert entry is not None
    assert entry.item.state is State.APPROVED
    assert "phone-number" in {finding.rule for finding in entry.findings}


def test_a_changed_taxonomy_makes_tags_new_and_tells_search_of_what_is_public(
    database: Database, deployment: Deployment, taken: TakeIn, approve: Callable[[ItemId], None], now: datetime
) -> None:
    key, waiting = taken(), taken("a", 2, text=OTHER)
    by_hand = tag_by_hand(database, key)
    understand_waiting(database, deployment.made, now=now)
    understand_waiting(database, deployment.made, now=now)
    approve(key)
    old, old_waiting = stand(database, key), stand(database, waiting)
    form = Category(id="visit", label="参观", label_en="Visit", keywords=("月球车", "实验"))
    changed = deployment.with_form(form).made

    done = [understand_waiting(database, changed, now=now + LATER) for _ in range(2)]

    new = stand(database, key)
    assert done == [2, 0]
    # The others may change too: another taxonomy has a tagger of its own.
    assert (Facet.FORM, "visit") in {(tag.facet, tag.id) for tag in new.tags}
    assert replace(new, tags=old.tags) == old
    assert by_hand in new.tags
    assert replace(stand(database, waiting), tags=old_waiting.tags) == old_waiting
    assert deployment.embedder.asked == []
    assert told(database) == [key]


def test_another_model_makes_new_vectors_and_the_same_clusters(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    first, copy, other = taken("a"), taken("b"), taken("a", 2, title="垃圾分类", text=OTHER)
    understand_waiting(database, deployment.made, now=now)
    old, changed = [stand(database, key) for key in (first, copy, other)], deployment.of_model("model-b")
    made = changed.made

    done = [understand_waiting(database, made, now=now + LATER, limit=1) for _ in range(4)]

    new = [stand(database, key) for key in (first, copy, other)]
    assert done == [1, 1, 1, 0]
    assert [one.cluster for one in new] == [one.cluster for one in old]
    assert [one.rules for one in new] == [one.rules for one in old]
    assert all(not one.vectors & before.vectors for one, before in zip(new, old, strict=True))
    assert [len(one.vectors) for one in new] == [1, 1, 1]
    assert len(changed.embedder.asked) == 2  # the copy has the words of the first


def test_a_new_copy_joins_its_original_whatever_model_that_was_understood_by(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    original = taken("a")
    understand_waiting(database, deployment.made, now=now)
    copy, made = taken("b"), deployment.of_model("model-b").made

    understand_waiting(database, made, now=now + LATER, limit=1)
    joined = stand(database, copy).cluster
    understand_waiting(database, made, now=now + LATER, limit=1)

    assert joined == stand(database, original).cluster
    assert stand(database, copy).cluster == stand(database, original).cluster


def test_new_pieces_are_understood_before_old_ones_are_again(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    taken("a", 1)
    understand_waiting(database, deployment.without_rule("phone-number").made, now=now)
    new, made = [taken("a", number, text=OTHER) for number in (2, 3)], deployment.made

    understand_waiting(database, made, now=now + LATER, limit=2)

    with database.reading() as tx:
        waiting = to_understand.waiting(tx, 10)
        differing = to_understand.count_differing(tx, recipe=made.recipe.text, read_at=made.recipe.read_at)
        done = understood.understood_of(tx, new)
    assert (waiting, differing, len(done)) == ([], 1, 2)


def test_what_is_interrupted_in_the_middle_goes_on_with_the_rest_oldest_first(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    keys = [taken("a", number) for number in range(1, 5)]
    understand_waiting(database, deployment.without_rule("phone-number").made, now=now)
    understand_waiting(database, deployment.made, now=now + LATER, limit=3)

    again = deployment.made

    with database.reading() as tx:
        left = to_understand.differing(tx, 10, recipe=again.recipe.text, read_at=now + LATER)
    assert ["phone-number" in stand(database, key).rules for key in keys] == [True, True, True, False]
    assert [item.id for item, _ in left] == keys[3:]
    assert understand_waiting(database, again, now=now + LATER) == 1
    assert not is_waiting(database, again.recipe)


def test_a_process_that_started_before_the_change_does_not_undo_it(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    key, older = taken(), deployment.without_rule("phone-number").made
    understand_waiting(database, older, now=now)
    newer = replace(deployment, now=now + LATER).made
    understand_waiting(database, newer, now=now + LATER)

    done = understand_waiting(database, older, now=now + 2 * LATER)

    assert done == 0
    assert not is_waiting(database, older.recipe)
    assert "phone-number" in stand(database, key).rules


def test_what_was_understood_before_recipes_were_noted_is_understood_again_once(
    database: Database, deployment: Deployment, make_item: Callable[..., Item], now: datetime
) -> None:
    item, made = make_item(text=TEXT), deployment.made
    assert is_waiting(database, made.recipe)

    done = [understand_waiting(database, made, now=now + LATER) for _ in range(2)]

    found = stand(database, item.id)
    assert done == [1, 0]
    rules = {"no-date", "phone-number"}
    assert (len(found.vectors), found.rules, len(deployment.embedder.asked)) == (1, rules, 1)


def test_a_version_that_a_newer_one_took_the_place_of_waits_no_longer(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    taken()
    understand_waiting(database, deployment.without_rule("phone-number").made, now=now)
    taken(text=OTHER)
    made = deployment.made

    done = [understand_waiting(database, made, now=now + LATER) for _ in range(2)]

    assert done == [1, 0]


def test_all_again_embeds_nothing_whose_words_are_the_same(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    key, made = taken(), deployment.made
    understand_waiting(database, made, now=now)
    old = stand(database, key)

    done = list(understand_all(database, made, now=now + LATER))

    assert done == [1]
    assert len(deployment.embedder.asked) == 1
    assert stand(database, key) == old


def test_a_page_of_versions_with_known_vectors_embeds_the_others(
    database: Database, deployment: Deployment, taken: TakeIn, now: datetime
) -> None:
    first, second = taken("a"), taken("a", 2, title="垃圾分类", text=OTHER)
    made = deployment.made
    (vector,) = deployment.embedder.passages(["已有的向量"])
    deployment.embedder.asked.clear()
    with database.reading() as tx:
        page = to_understand.waiting(tx, 10)

    understand_page(database, made, page, known_vectors={first: vector}, now=now)

    assert [passage.partition("\n")[0] for passage in deployment.embedder.asked] == ["垃圾分类"]
    assert stand(database, first).vectors == {vector.tobytes()}
    assert len(stand(database, second).vectors) == 1
