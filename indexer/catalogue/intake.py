"""Candidate to item: the one way into the catalogue, or a refusal that the unit can read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Self

from config.addresses import host_of
from config.settings import DEFAULT_TEXT_CHARS
from indexer.base.actors import COLLECTOR
from indexer.base.ids import ClusterId, ItemId, canonical_key, content_hash, new_id
from indexer.base.text import storable_record
from indexer.catalogue.admission import account_of_page, admitted
from indexer.catalogue.evidence import Prepared, settle, write_all
from indexer.catalogue.items import Candidate, Evidence, Item, Version
from indexer.catalogue.looks import Look, first_look
from indexer.catalogue.pictures import PictureRefusal, PictureUse
from indexer.catalogue.shortening import Shortened, shorten
from indexer.catalogue.troubles import Refusal, RefusalReason, Trouble, refusal
from indexer.records import channels, items, ledger, looks, pictures, reads, refusals
from indexer.records import evidence as evidence_rows
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.seen_accounts import SeenAccount, add_seen
from indexer.review import states
from indexer.review.records import Decision, Move, State
from indexer.whitelist.picture_hosts import AllowedHosts, is_foreign
from indexer.whitelist.records import Channel


class Outcome(StrEnum):
    """What became of a candidate."""

    NEW_ITEM = "new_item"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """item: None only where the candidate was refused; refusal: only then."""

    outcome: Outcome
    item: ItemId | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A candidate as it comes, and when. evidence: the answer it was read from, kept with a new version.

    is_awaited: as of a version.
    """

    candidate: Candidate
    at: datetime
    evidence: Prepared | None = None
    is_awaited: bool = False


def take_in(
    database: Database,
    candidate: Candidate,
    *,
    now: datetime,
    text_chars: int = DEFAULT_TEXT_CHARS,
    evidence: Prepared | None = None,
    is_awaited: bool = False,
) -> Taken:
    """Make one candidate an item, a newer version of one, or a recorded refusal: `take_in_all` of one."""
    arrival = Arrival(candidate=candidate, at=now, evidence=evidence, is_awaited=is_awaited)
    (taken,) = take_in_all(database, [arrival], text_chars=text_chars)
    return taken


@again_if_contended
def take_in_all(
    database: Database, arrived: Sequence[Arrival], *, text_chars: int = DEFAULT_TEXT_CHARS
) -> Sequence[Taken]:
    """Make each candidate an item, a newer version of one, or a recorded refusal, all in one transaction.

    text_chars: characters of a candidate's text that are kept at most. Returns the outcomes in the candidates' order.
    Raises OSError where evidence cannot be written; then, as with every error, nothing was taken in.
    """
    pieces = [
        _Piece(short=shorten(storable_record(one.candidate), text_chars=text_chars), arrival=one) for one in arrived
    ]
    _write_evidence(database, pieces)
    with database.transaction() as tx:
        taken = _take(tx, pieces)
        settle([one.evidence for one in arrived if one.evidence is not None])
    return taken


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """What arrived, as much of it as is kept."""

    short: Shortened
    arrival: Arrival

    @property
    def candidate(self) -> Candidate:
        return self.short.candidate

    @cached_property
    def key(self) -> str:
        """Of an address that can be read."""
        return canonical_key(self.candidate.url)

    @cached_property
    def hash(self) -> str:
        return _hash(self.candidate)


def _take(tx: Transaction, pieces: Sequence[_Piece]) -> list[Taken]:
    """Whatever there is of them is read at once, and written at once: a batch costs hardly more than a piece."""
    vouching = channels.channels_by_id(tx, (piece.candidate.channel for piece in pieces))
    judged = [(piece, admitted(piece.candidate, vouching.get(piece.candidate.channel))) for piece in pieces]
    batch = _Batch.of(tx, [piece for piece, found in judged if isinstance(found, Channel)])
    taken = [
        batch.take(piece, found)
        if isinstance(found, Channel)
        else Taken(outcome=Outcome.REFUSED, refusal=_refusal(piece, vouching.get(piece.candidate.channel), found))
        for piece, found in judged
    ]
    items.add_items(tx, batch.new)
    items.add_versions(tx, batch.newer)
    pictures.refuse_at_once(tx, batch.foreign, PictureRefusal.FOREIGN_HOST)
    for piece, one in zip(pieces, taken, strict=True):
        if one.refusal is not None:
            _note(tx, piece.candidate, one.refusal)
    for newer, decision in batch.edits:  # each stands where the one before it led
        items.add_versions(tx, [newer])
        ledger.append(tx, decision)
    looks.add(tx, batch.looks)
    evidence_rows.add(tx, batch.kept)
    return taken


def _note(tx: Transaction, candidate: Candidate, refused: Refusal) -> None:
    refusals.add(tx, refused)
    account = account_of_page(candidate)
    if refused.reason is RefusalReason.ACCOUNT_UNCONFIRMED and account.has_number:
        add_seen(tx, SeenAccount(channel=candidate.channel, account=account, url=candidate.url, at=refused.at))


def hash_of(candidate: Candidate, *, text_chars: int = DEFAULT_TEXT_CHARS) -> str:
    """Return the content hash that a version made of this candidate would have."""
    return _hash(shorten(storable_record(candidate), text_chars=text_chars).candidate)


def _write_evidence(database: Database, pieces: Sequence[_Piece]) -> None:
    """Write the answers of what is news beside the store: before the transaction, in which others would wait for it.

    News is of what another text is held, or none; of what has no address that can be read, nothing will be.
    """
    wanted = [(piece, kept) for piece in pieces if (kept := piece.arrival.evidence) and host_of(piece.candidate.url)]
    if wanted:
        with database.reading() as tx:
            held = reads.newest_hashes(tx, (piece.key for piece, _ in wanted))
        write_all([kept for piece, kept in wanted if held.get(piece.key) != piece.hash])


def _refusal(piece: _Piece, channel: Channel | None, trouble: Trouble) -> Refusal:
    candidate, unit, at = piece.candidate, channel.unit if channel else None, piece.arrival.at
    return refusal(trouble, channel=candidate.channel, unit=unit, url=candidate.url, title=candidate.title, at=at)


@dataclass(kw_only=True)
class _Batch:
    """What is held of the pieces of a batch, and what is to be written of them: each is met by those before it.

    known: items by canonical key, with the content hash of each one's newest version.
    """

    known: dict[str, tuple[Item, str | None]]
    new: list[tuple[Item, Version]] = field(default_factory=list)
    newer: list[Version] = field(default_factory=list)
    edits: list[tuple[Version, Decision]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    kept: list[Evidence] = field(default_factory=list)
    foreign: list[tuple[PictureUse, datetime]] = field(default_factory=list)

    @classmethod
    def of(cls, tx: Transaction, pieces: Sequence[_Piece]) -> Self:
        """Hold the items of these pieces, which stay as they are to the end of the transaction."""
        held = items.locked_by_keys(tx, (piece.key for piece in pieces)) if pieces else {}
        hashes = reads.newest_hashes(tx, held)  # only now: while we waited for an item, it may have got a newer version
        return cls(known={key: (item, hashes.get(key)) for key, item in held.items()})

    def take(self, piece: _Piece, channel: Channel) -> Taken:
        """Take in a piece that its channel vouches for."""
        if piece.key not in self.known:
            return self._add(piece, channel)
        return self._update(piece, *self.known[piece.key])

    def _add(self, piece: _Piece, channel: Channel) -> Taken:
        candidate, evidence, now = piece.candidate, piece.arrival.evidence, piece.arrival.at
        item = Item(
            id=ItemId(new_id()),
            unit=channel.unit,
            channel=channel.id,
            key=piece.key,
            kind=candidate.kind,
            state=State.PENDING,
            latest=1,
            public=None,
            cluster=ClusterId(new_id()),
            created_at=now,
        )
        self.new.append((item, self._version(piece, item.id, number=1)))
        self.foreign += [(use, now) for use in _foreign_pictures(candidate, item.id, channel)]
        is_page = evidence is not None and evidence.received.is_page
        self.looks.append(first_look(item.id, host=host_of(candidate.url), is_page=is_page, now=now))
        self.known[piece.key] = item, piece.hash
        return Taken(outcome=Outcome.NEW_ITEM, item=item.id)

    def _update(self, piece: _Piece, known: Item, newest_hash: str | None) -> Taken:
        """Another channel may point to an item, but only its own may change it: else one unit could edit another's."""
        if known.channel != piece.candidate.channel or newest_hash == piece.hash:
            return Taken(outcome=Outcome.UNCHANGED, item=known.id)
        newer, edited = self._version(piece, known.id, number=known.latest + 1), replace(known, latest=known.latest + 1)
        if known.state is State.PENDING:  # nobody has decided on it: there is nothing to record
            self.newer.append(newer)
        else:
            made = states.decide(edited, Move.EDIT, decision=new_id(), who=COLLECTOR, why="", at=piece.arrival.at)
            self.edits.append((newer, made))
            edited = replace(edited, state=made.after, public=made.public_after)
        self.known[piece.key] = edited, piece.hash
        return Taken(outcome=Outcome.NEW_VERSION, item=known.id)

    def _version(self, piece: _Piece, item: ItemId, *, number: int) -> Version:
        candidate = piece.candidate
        if piece.arrival.evidence is not None:
            self.kept.append(piece.arrival.evidence.keep(item, number))
        return Version(
            item=item,
            number=number,
            url=candidate.url,
            title=candidate.title,
            author=candidate.author,
            account=candidate.account,
            published=candidate.published,
            html=candidate.html,
            text=candidate.text,
            media=candidate.media,
            content_hash=piece.hash,
            collected_at=piece.arrival.at,
            omitted_chars=piece.short.omitted_chars,
            is_awaited=piece.arrival.is_awaited,
        )


def _foreign_pictures(candidate: Candidate, item: ItemId, channel: Channel) -> list[PictureUse]:
    """The pictures of a new item that are never asked for, the most of many a page: no worker needs to take them up."""
    allowed = AllowedHosts(channel)
    return [
        PictureUse(item=item, version=1, position=place, url=medium.picture)
        for place, medium in enumerate(candidate.media)
        if medium.picture and is_foreign(medium.picture, allowed)
    ]


def _hash(candidate: Candidate) -> str:
    return content_hash(title=candidate.title, text=candidate.text, media=(medium.url for medium in candidate.media))
