"""Whatever is done in whatever order: the promises of the review desk hold after every step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.words import ChannelKind, WhitelistStatus
from indexer.audit.verify import verify
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, decisions, items, outbox, people, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move, State
from indexer.review.states import ALLOWED, MoveRefused, open_moves
from indexer.whitelist.records import Channel, Unit

BY_PERSON = st.sampled_from([Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW])
START = datetime(2026, 9, 17, tzinfo=UTC)


@contextmanager
def refusable() -> Iterator[None]:
    """A refused move writes nothing, which the invariants check; that it may be refused is the table's matter."""
    try:
        yield
    except MoveRefused:
        return


class Desk(RuleBasedStateMachine):
    """One item, edited at its source, decided on and undone at random."""

    def __init__(self, records_url: str) -> None:
        super().__init__()
        self.database = Database.open(records_url)
        self.now, self.texts = START, 0

    @initialize()
    def begin(self) -> None:
        channel = Channel(
            id=ChannelId("c"),
            unit=UnitId("u"),
            kind=ChannelKind.SITE,
            name="站",
            hosts=("a.example",),
            status=WhitelistStatus.APPROVED,
        )
        with self.database.transaction() as tx:
            channels.save_unit(tx, Unit(id=UnitId("u"), name="示例", short_name="示", system="区", district="东城区"))
            channels.save_channel(tx, channel)
            self.editor = people.add_user(tx, "编辑", role=Role.EDITOR, unit=None, password_hash="none")
            self.admin = people.add_user(tx, "管理员", role=Role.ADMIN, unit=None, password_hash="none")
        self.edit()

    @rule()
    def edit_and_understand(self) -> None:
        self.edit()
        self.understand()

    @rule()
    def edit(self) -> None:
        self.texts += 1
        candidate = Candidate(channel=ChannelId("c"), url="http://a.example/1", title="题", text=f"正文{self.texts}")
        taken = take_in(self.database, candidate, now=self.tick())
        assert taken.item is not None
        assert taken.outcome is (Outcome.NEW_ITEM if self.texts == 1 else Outcome.NEW_VERSION)
        self.item = taken.item

    @rule()
    def understand(self) -> None:
        item = self.read()[0]
        with self.database.transaction() as tx:
            understood.save(
                tx,
                item.id,
                item.latest,
                tags=[],
                findings=[],
                vector=None,
                embedder="none",
                cluster=item.cluster,
                at=self.now,
            )

    @rule(data=st.data(), by_admin=st.booleans())
    def decide_as_the_page_offers(self, *, data: st.DataObject, by_admin: bool) -> None:
        item, _ = self.read()
        move = data.draw(st.sampled_from(open_moves(item.state)))
        self.decide(move=move, behind=0, by_admin=by_admin, why="理由")

    @rule(move=BY_PERSON, behind=st.integers(0, 1), by_admin=st.booleans(), why=st.sampled_from(["", "理由"]))
    def decide(self, *, move: Move, behind: int, by_admin: bool, why: str) -> None:
        item = self.read()[0]
        with refusable():
            desk.decide(
                self.database,
                item=self.item,
                version=item.latest - behind,
                state=item.state,
                move=move,
                who=self.person(by_admin=by_admin),
                why=why,
                now=self.tick(),
            )

    @rule(move=BY_PERSON, seen=st.sampled_from(State), version=st.integers(1, 5))
    def decide_on_what_was_seen(self, *, move: Move, seen: State, version: int) -> None:
        item = self.read()[0]
        with refusable():
            desk.decide(
                self.database,
                item=self.item,
                version=version,
                state=seen,
                move=move,
                who=self.admin,
                why="理由",
                now=self.tick(),
            )
            assert (version, seen) == (item.latest, item.state)

    @precondition(lambda self: self.read()[1])
    @rule(data=st.data(), by_admin=st.booleans(), minutes=st.sampled_from([0, 31]))
    def undo(self, *, data: st.DataObject, by_admin: bool, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        _, before = self.read()
        named = data.draw(st.sampled_from([before[-1].id, *(one.id for one in before)]))
        who = self.person(by_admin=by_admin)
        with refusable():
            undone = desk.undo(self.database, item=self.item, decision=named, who=who, now=self.tick())
            assert undone.undoes == named
            original = next(one for one in before if one.id == undone.undoes)
            assert (undone.after, undone.public_after) == (original.before, original.public_before)
            assert original.move not in (Move.UNDO, Move.EDIT)

    @invariant()
    def the_audit_finds_no_fault(self) -> None:
        assert [fault for _, faults in verify(self.database) for fault in faults] == []

    @invariant()
    def the_state_is_the_sum_of_the_decisions(self) -> None:
        item, made = self.read()
        state, public = State.PENDING, None
        for one in made:
            assert (one.before, one.public_before) == (state, public)
            assert one.move is Move.UNDO or ALLOWED[one.before, one.move] is one.after
            state, public = one.after, one.public_after
        assert (item.state, item.public) == (state, public)

    @invariant()
    def only_a_version_that_was_approved_is_public(self) -> None:
        item, made = self.read()
        approved = {one.version for one in made if one.move is Move.APPROVE}
        assert item.public is None or item.public in approved
        assert (item.public is not None) is (item.state in (State.APPROVED, State.CHANGED))

    @invariant()
    def a_newer_version_than_the_public_one_waits_to_be_seen(self) -> None:
        item, made = self.read()
        assert item.state is not State.CHANGED or item.latest != item.public
        if item.state is State.APPROVED and item.latest != item.public:
            assert any(one.move is Move.REJECT and one.version == item.latest for one in made)

    @invariant()
    def search_was_told_of_every_change_of_what_is_public(self) -> None:
        _, made = self.read()
        with self.database.reading() as tx:
            assert outbox.depth(tx) == sum(one.public_before != one.public_after for one in made)

    def person(self, *, by_admin: bool) -> User:
        return self.admin if by_admin else self.editor

    def read(self) -> tuple[Item, list[Decision]]:
        with self.database.reading() as tx:
            item = items.item(tx, self.item)
            made = decisions.of_item(tx, self.item)
        assert item is not None
        return item, made

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def teardown(self) -> None:
        self.database.close()


EXAMPLES = {"sqlite": 20, "postgresql": 8}  # to make and delete a database on a server takes its time
TRIED = settings(
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a shorter counterexample is not worth minutes of commits to a disk
)


def test_whatever_is_done_the_promises_of_the_desk_hold(records_on: str, make_records: Callable[[], str]) -> None:
    class DeskOfNewRecords(Desk):
        def __init__(self) -> None:
            super().__init__(make_records())

    run_state_machine_as_test(DeskOfNewRecords, settings=settings(TRIED, max_examples=EXAMPLES[records_on]))
