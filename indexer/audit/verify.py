"""Whether the records say one thing: texts and hashes, items and their decisions, channels and their steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.base.ids import content_hash
from indexer.records import filed
from indexer.records.database import Database
from indexer.records.filed import FiledChannel, FiledDecision, FiledItem
from indexer.records.sqlite_file import integrity
from indexer.review.records import Move, State
from indexer.review.states import ALLOWED
from indexer.whitelist import states

BATCH = 200
FILE = "records"
NEXT: Mapping[tuple[str, str], str] = {(state, move): after for (state, move), after in ALLOWED.items()}
STEPS = {(before, found.after) for (before, _), found in states.ALLOWED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit. item: its id, or FILE where no single item is at fault."""

    item: str
    what: str


def verify(database: Database) -> Iterator[tuple[int, list[Fault]]]:
    """Yield (items looked at, faults found) batch by batch; the first looked at the file as a whole."""
    yield 0, list(_of_the_whole(database))
    for batch in filed.filed_items(database, batch=BATCH):
        yield len(batch), [Fault(item=item.id, what=what) for item in batch for what in faults_of(item)]


def faults_of(item: FiledItem) -> Iterator[str]:
    """Yield what is wrong with one item: its texts, and where it stands against the replay of its decisions. Pure."""
    numbers = [version.number for version in item.versions]
    if numbers != list(range(1, item.latest + 1)):
        held = ", ".join(map(str, numbers)) or "none"
        yield f"its newest version is number {item.latest}, but the versions there are {held}"
    for version in item.versions:
        if version.content_hash != content_hash(title=version.title, text=version.text, media=version.media):
            yield f"version {version.number} is not the text that was collected: its content hash differs"
    yield from _replayed(item, numbers)
    yield from _kept(item)


def faults_of_channel(channel: FiledChannel) -> Iterator[str]:
    """Yield what is wrong with a channel's status against its steps and the whitelist's law. Pure."""
    stood = channel.steps[0][0] if channel.steps else channel.status
    for before, after in channel.steps:
        if before != stood:
            yield f"a step of the channel {channel.id} starts at “{before}”, but it stood at “{stood}”"
        if before is not None and (before, after) not in STEPS:
            yield f"a step of the channel {channel.id} leads from “{before}” to “{after}”, which is not open"
        stood = after
    if stood != channel.status:
        yield f"the channel {channel.id} stands at “{channel.status}”, but its steps end at “{stood}”"


def _of_the_whole(database: Database) -> Iterator[Fault]:
    if database.file is not None:
        yield from (Fault(item=FILE, what=what) for what in integrity(database.file))
    for name in filed.missing_protections(database):
        yield Fault(item=FILE, what=f"the trigger {name} is gone: what was decided can be altered")
    with database.reading() as tx:
        lost, channels = filed.lost_decisions(tx), filed.filed_channels(tx)
    yield from (Fault(item=FILE, what=what) for channel in channels for what in faults_of_channel(channel))
    yield from (
        Fault(item=item, what=f"decision {decision} is of an item that is not there") for item, decision in lost
    )


def _replayed(item: FiledItem, numbers: Iterable[int]) -> Iterator[str]:
    known, done = set(numbers), dict[str, FiledDecision]()
    state, public = str(State.PENDING), None
    for each in item.decisions:
        if each.version not in known:
            yield f"decision {each.id} is of version {each.version}, which is not there"
        if (each.before, each.public_before) != (state, public):
            yield (
                f"decision {each.id} starts at {_place(each.before, each.public_before)},"
                f" but the item stood at {_place(state, public)}"
            )
        if (wanted := _outcome(each, done)) != (each.after, each.public_after):
            leads = f"leads to {_place(*wanted)}" if wanted else "is not open there"
            yield f"decision {each.id} ({each.move}) says {_place(each.after, each.public_after)}, but it {leads}"
        done[each.id] = each
        state, public = each.after, each.public_after
    if (item.state, item.public) != (state, public):
        explained = "no decision explains" if item.public is not None else "its decisions do not explain"
        yield (
            f"it stands at {_place(item.state, item.public)}, which {explained}: they end at {_place(state, public)}"
        )


def _kept(item: FiledItem) -> Iterator[str]:
    """What is kept beside an item to list it, against the decisions and the text that it comes from."""
    publication: tuple[object, object, object] = (None, None, None)
    for each in item.decisions:
        if each.public_after is None:
            publication = (None, None, None)
        elif each.public_before is None:
            publication = (each.sequence, each.at, each.at)
        elif each.public_before != each.public_after:
            publication = (*publication[:2], each.at)
    if item.publication != publication:
        yield (
            f"it is listed by publication {_publication(item.publication)}, but its decisions say"
            f" {_publication(publication)}"
        )
    if item.publication[0] is not None and item.true_order is not None and item.order != item.true_order:
        yield "its place among its copies is not what its text and the names of its unit say"


def _publication(kept: tuple[object, object, object]) -> str:
    number, since, version_since = kept
    return "none" if number is None else f"{number} of {since}, its version of {version_since}"


def _outcome(each: FiledDecision, done: Mapping[str, FiledDecision]) -> tuple[str, int | None] | None:
    """Where a decision must lead by the table of moves; None where it was not open, or takes back what is not there."""
    if each.move == Move.UNDO:
        undone = done.get(each.undoes or "")
        return (undone.before, undone.public_before) if undone else None
    if (after := NEXT.get((each.before, each.move))) is None:
        return None
    if each.move == Move.APPROVE:
        return after, each.version
    return after, None if each.move == Move.WITHDRAW else each.public_before


def _place(state: str, public: int | None) -> str:
    return f"“{state}” with {'nothing' if public is None else f'version {public}'} public"
