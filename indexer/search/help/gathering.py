"""What help knows, gathered from the records, and gathered again once decisions were made."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from time import monotonic

import structlog

from config.taxonomy import Taxonomy
from indexer.base.times import BEIJING, now
from indexer.records import suggested
from indexer.records.database import Database, Transaction
from indexer.search.chinese import words
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.popular import popular
from indexer.search.help.rewriting import Help
from indexer.search.help.synonyms import Synonyms

TITLES = 200_000  # the newest: more than a campaign has
HEADS, HEAD_CHARS = 500, 2000  # of how many of the newest texts, and how much of each, the words are taken
LEAST_PIECES, LEAST_CHARS = 2, 2  # a word stands in as many of them, and is as long
NAME_CHARS = 3  # a longer one is a name or a term: it need not stand in another piece
PAUSE = timedelta(seconds=30)  # between two gatherings: a title that is approved is suggested so soon
OLD = timedelta(hours=1)  # after so long what many search for may have changed
THREAD = "help"
log = structlog.get_logger()


class Gathered:
    """Keeps the help of one process; any number of threads may ask for it."""

    def __init__(self, database: Database, taxonomy: Taxonomy, synonyms: Sequence[Sequence[str]]) -> None:
        self._database, self._taxonomy, self._synonyms = database, taxonomy, Synonyms(synonyms)
        self._gathering = threading.Lock()
        self._help: Help | None = None
        self._decision, self._gathered_at = -1, 0.0

    def help(self) -> Help:
        """Return the help as it stands; what was decided since is gathered beside, for those who ask later.

        Who asks first waits until it is gathered.
        """
        held = self._help
        if held is None:
            return self._gather()
        with self._database.reading() as tx:
            newest = suggested.newest_decision(tx)
        passed = monotonic() - self._gathered_at
        is_due = passed > (PAUSE if newest != self._decision else OLD).total_seconds()
        if is_due and not self._gathering.locked():
            threading.Thread(target=self._gather_again, name=THREAD, daemon=True).start()
        return held

    def popular(self) -> Sequence[str]:
        """Return what many search for, the most often first; empty until help is gathered, which this waits for not."""
        return self._help.popular if self._help else ()

    def _gather(self) -> Help:
        with self._gathering:
            return self._help or self._fresh()

    def _gather_again(self) -> None:
        if self._gathering.acquire(blocking=False):
            try:
                self._fresh()
            finally:
                self._gathering.release()

    def _fresh(self) -> Help:
        with self._database.reading() as tx:
            decision = suggested.newest_decision(tx)
            known = Known(_phrases(tx, self._taxonomy))
            asked_often = popular(tx, now().astimezone(BEIJING).date())
        fresh = Help(known, self._synonyms, asked_often)
        self._help, self._decision, self._gathered_at = fresh, decision, monotonic()
        log.info("help_gathered", phrases=len(known.phrases))
        return fresh


def _phrases(tx: Transaction, taxonomy: Taxonomy) -> Iterator[Phrase]:
    for topic in taxonomy.topics:
        yield Phrase(text=topic.label, kind=Kind.TOPIC, key=topic.id)
    for unit, name, short in suggested.unit_names(tx):
        yield Phrase(text=name, kind=Kind.UNIT, key=unit)
        if short != name:
            yield Phrase(text=short, kind=Kind.UNIT, key=unit)
    for item, title in suggested.public_titles(tx, limit=TITLES):
        yield Phrase(text=title, kind=Kind.TITLE, key=item)
    yield from common_words(suggested.newest_heads(tx, limit=HEADS, chars=HEAD_CHARS))


def common_words(texts: Iterable[str]) -> list[Phrase]:
    """Return the words that stand in several of the texts, and long ones of any, the commonest first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word for word in words(text) if len(word) >= LEAST_CHARS})
    return [
        Phrase(text=word, kind=Kind.WORD, count=count)
        for word, count in counts.most_common()
        if count >= LEAST_PIECES or len(word) >= NAME_CHARS
    ]
