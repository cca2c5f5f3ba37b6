"""The step that fetches pictures: through the guard, decoded in a worker, kept by hash, or refused with a reason."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.pool import ThreadPool

import structlog

from config.addresses import host_of
from config.settings import Settings
from crawler.pictures.encoding import hash_of
from crawler.pictures.fetching import PictureRefused, fetch_picture
from crawler.pictures.silence import Silences
from crawler.pictures.workers import Workers
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import Picture, PictureRefusal, PictureUse
from indexer.records import channels, host_rests, picture_readers, pictures, to_understand
from indexer.records.database import Database
from indexer.records.picture_readers import ShownOn
from indexer.understanding.grouping import meet_by_picture
from indexer.whitelist.picture_hosts import AllowedHosts, is_foreign
from indexer.whitelist.records import Channel
from indexer.work.steps import new_holder

BATCH = 24
LANES_A_HOST, LANES = 2, 6  # connections at once, to one host and in all
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2), timedelta(hours=12))  # between tries
TRIES = len(PAUSES) + 1
FIRST_VERSION = 1
LANE_SECONDS, NEXT_TURN = 60.0, timedelta(minutes=1)  # of a batch for one connection; the rest of it comes later

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class _Batch:
    """What was claimed at once, and the articles that show it.

    rests: hosts that asked for a pause, and its end. refused: for good, and not yet written.
    """

    holder: str
    pages: Mapping[tuple[str, int], ShownOn]
    channels: Mapping[ChannelId, Channel]
    rests: dict[str, datetime]
    refused: list[tuple[PictureUse, PictureRefusal]] = field(default_factory=list)


class Pictures:
    """A batch at a time, of several hosts side by side."""

    name, every, batch = "pictures", 1.0, BATCH

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._store = MediaStore(settings.data_folder)
        self._workers = Workers(most_pixels=settings.picture_pixels)
        self._silences = Silences()

    def waits(self) -> bool:
        with self._database.reading() as tx:
            is_waiting = pictures.is_waiting(tx, now=now())
        if not is_waiting:
            self._workers.close()
        return is_waiting

    def do(self) -> int:
        holder = new_holder()
        with self._database.transaction() as tx:
            claimed = pictures.claim_waiting(tx, holder=holder, now=now(), limit=BATCH)
            pages = picture_readers.shown_on(tx, [(use.item, use.version) for use in claimed])
            known = {one: channels.channel(tx, one) for one in {page.channel for page in pages.values()}}
            rests = dict(host_rests.resting(tx, now=now()))
        of_theirs = {one: each for one, each in known.items() if each}
        batch = _Batch(holder=holder, pages=pages, channels=of_theirs, rests=rests)
        try:
            # Its threads are daemons: a worker that is stopped does not wait for pictures that drip in.
            if lanes := list(_lanes(self._without_foreign(batch, claimed))):
                with ThreadPool(min(LANES, len(lanes))) as threads:
                    threads.map(lambda lane: self._lane(batch, lane), lanes, chunksize=1)
            self._write_refused(batch)
        except BaseException:  # nothing that their sources did: what is left of the batch has all its tries
            with self._database.transaction() as tx:
                pictures.give_back(tx, holder=holder)
            raise
        return len(claimed)

    def _without_foreign(self, batch: _Batch, uses: Sequence[PictureUse]) -> list[PictureUse]:
        """Refuse at once what is not asked for; return the rest and what was kept before.

        Intake refuses that of new items. Here comes what an edit names, and what is looked at again for a new host.
        """
        asked_for: list[PictureUse] = []
        allowed = {one: AllowedHosts(channel) for one, channel in batch.channels.items()}
        for use in uses:
            hosts = allowed.get(batch.pages[use.item, use.version].channel)
            if hosts is not None and is_foreign(use.url, hosts) and self._known(use) is None:
                self._refuse(batch, use, PictureRefused(PictureRefusal.FOREIGN_HOST))
            else:
                asked_for.append(use)
        return asked_for

    def _lane(self, batch: _Batch, uses: Sequence[PictureUse]) -> None:
        """One after the other; the records are asked first, since most edits leave a piece's pictures as they are."""
        has_asked, ends, left, until = False, time.monotonic() + LANE_SECONDS, list[PictureUse](), now()
        for number, use in enumerate(uses):
            if number and time.monotonic() >= ends:  # a slow host holds up the next batch, and with it the others
                left, until = [*left, *uses[number:]], now() + NEXT_TURN
                break
            if use.position >= self._settings.item_pictures:
                self._refuse(batch, use, PictureRefused(PictureRefusal.TOO_MANY))
                continue
            known = self._known(use)
            if known is not None and self._is_whole(known):
                self._say_kept(batch, use, known)
                continue
            if (rest := self._rest_of(batch, host_of(use.url))) is not None:
                left, until = [*left, use], rest
                continue
            if has_asked:
                time.sleep(self._settings.picture_delay_seconds)
            has_asked = self._one(batch, use)
        if left:
            self._put_off(batch, left, until=until, is_tried=False)

    def _known(self, use: PictureUse) -> Picture | None:
        """Return what an earlier version showed from the same address: of a first one there is none to ask for."""
        if use.version == FIRST_VERSION:
            return None
        with self._database.reading() as tx:
            return pictures.known_before(tx, use)

    def _rest_of(self, batch: _Batch, host: str) -> datetime | None:
        """Return until when a host is to be left alone: it asked for that, or does not answer."""
        return batch.rests.get(host) or self._silences.end(host, now=now())

    def _one(self, batch: _Batch, use: PictureUse) -> bool:
        """Fetch one and say what came of it; whether its host was asked."""
        host = host_of(use.url)
        try:
            self._keep(batch, use, self._fetched(batch, use))
        except PictureRefused as refused:
            self._silences.note(host, is_silent=refused.is_silent, now=now())
            self._refuse(batch, use, refused)
            return refused.why is not PictureRefusal.FOREIGN_HOST
        self._silences.note(host, is_silent=False, now=now())
        return True

    def _fetched(self, batch: _Batch, use: PictureUse) -> bytes:
        page = batch.pages[use.item, use.version]
        if (channel := batch.channels.get(page.channel)) is None:
            raise PictureRefused(PictureRefusal.FOREIGN_HOST)
        return fetch_picture(use.url, page=page.url, channel=channel, settings=self._settings, now=now())

    def _keep(self, batch: _Batch, use: PictureUse, body: bytes) -> None:
        with self._database.reading() as tx:
            known = pictures.picture(tx, hash_of(body))
        if known is not None and self._is_whole(known):
            self._say_kept(batch, use, known)
            return
        made = self._workers.encode(body)
        if isinstance(made, PictureRefusal):  # a busy machine is slow too, so what was too slow is tried again
            raise PictureRefused(made, may_come=made is PictureRefusal.TOO_SLOW)
        with self._store.lock():  # so that no sweep comes between the files and the row that names them
            self._store.put(made.copies)
            self._record(batch, use, made.picture)

    def _say_kept(self, batch: _Batch, use: PictureUse, known: Picture) -> None:
        with self._store.lock():
            if self._is_whole(known):  # still: a sweep may have come between
                self._record(batch, use, known)
            else:
                self._put_off(batch, [use], until=now(), is_tried=False)

    def _record(self, batch: _Batch, use: PictureUse, picture: Picture) -> None:
        with self._database.transaction() as tx:
            is_kept = pictures.keep(tx, use, picture, holder=batch.holder, at=now())
            if is_kept and picture.codes:
                to_understand.check_again(tx, use.item, use.version)
        if is_kept and picture.look:
            meet_by_picture(self._database, use.item, now=now())

    def _refuse(self, batch: _Batch, use: PictureUse, refused: PictureRefused) -> None:
        log.info("picture_refused", item=use.item, url=use.url, why=refused.why, words=str(refused), tries=use.tries)
        if refused.rests_until is not None:
            self._note_rest(batch, host_of(use.url), refused.rests_until)
        if refused.may_come and use.tries < TRIES:
            self._put_off(batch, [use], until=max(now() + PAUSES[use.tries - 1], refused.rests_until or now()))
            return
        batch.refused.append((use, refused.why))

    def _write_refused(self, batch: _Batch) -> None:
        """Say of all of a batch why there is no copy, in one transaction."""
        by_why: dict[PictureRefusal, list[PictureUse]] = defaultdict(list)
        for use, why in batch.refused:
            by_why[why].append(use)
        if by_why:
            with self._database.transaction() as tx:
                for why, uses in by_why.items():
                    pictures.refuse(tx, uses, why, holder=batch.holder, at=now())

    def _note_rest(self, batch: _Batch, host: str, until: datetime) -> None:
        """For the collector too: whoever asks for a pause is asked for nothing meanwhile."""
        batch.rests[host] = until
        with self._database.transaction() as tx:
            host_rests.rest(tx, host, until=until)

    def _put_off(self, batch: _Batch, uses: Sequence[PictureUse], *, until: datetime, is_tried: bool = True) -> None:
        with self._database.transaction() as tx:
            pictures.put_off(tx, uses, holder=batch.holder, until=until, is_tried=is_tried)

    def _is_whole(self, picture: Picture) -> bool:
        return all(self._store.has(name) for name in picture.names)


def _lanes(uses: Sequence[PictureUse]) -> Iterator[list[PictureUse]]:
    """The pictures of each host, shared out among the connections that it may get."""
    by_host: dict[str, list[PictureUse]] = {}
    for use in uses:
        by_host.setdefault(host_of(use.url), []).append(use)
    for of_host in by_host.values():
        for number in range(LANES_A_HOST):
            if lane := of_host[number::LANES_A_HOST]:
                yield lane


def make(settings: Settings, database: Database) -> Pictures:
    """Return the step."""
    return Pictures(settings, database)
