"""Candidates into the catalogue: those of all channels that are read at one moment in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime

from config.settings import DEFAULT_TEXT_CHARS
from crawler.exchange import Answer
from crawler.reading.keeping import received
from crawler.reading.together import Together
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.intake import Arrival, Taken, take_in_all
from indexer.catalogue.items import Candidate
from indexer.records.database import Database

A_BATCH = 32  # candidates of one transaction: whoever decides meanwhile waits for it, some tens of milliseconds
# How long what is alone waits for company: a transaction of eight costs less than half of eight transactions. Its
# channel waits for it as it does for each of its requests; the others are read meanwhile. Where none is, it does not.
GATHER_SECONDS = 0.15


class Taking:
    """Takes in what channels bring. store: keeps the answers of what is new; None: they are not kept.

    seconds: how long what is brought waits for what other channels bring. company: how many channels are read now.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], datetime],
        text_chars: int = DEFAULT_TEXT_CHARS,
        store: EvidenceStore | None = None,
        seconds: float = 0.0,
        company: Callable[[], int] | None = None,
    ) -> None:
        self._database, self._clock, self._text_chars, self._store = database, clock, text_chars, store
        self._together = Together(self._take_all, most=A_BATCH, seconds=seconds, company=company)

    async def take(self, candidates: Sequence[Candidate], answer: Answer | None = None) -> list[Taken | BaseException]:
        """Return what became of each candidate of one answer, in their order: an error is that candidate's alone.

        answer: what they were read from, kept with those of them that are new; None: nothing is kept.
        """
        with ExitStack() as ending:
            evidence = None
            if self._store is not None and answer is not None and candidates:
                evidence = ending.enter_context(self._store.prepared(received(answer, at=self._clock())))
            arrived = [Arrival(candidate=one, at=self._clock(), evidence=evidence) for one in candidates]
            return await asyncio.gather(*(self._together.do(one) for one in arrived), return_exceptions=True)

    def _take_all(self, arrived: Sequence[Arrival]) -> Sequence[Taken]:
        return take_in_all(self._database, arrived, text_chars=self._text_chars)
