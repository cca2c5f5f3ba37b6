"""The steps that do what people filed: take in an article that a unit pushed, try a page or a whole site."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

import structlog

from config.settings import Settings
from crawler.exchange import Unreadable
from crawler.guard import FetchRefused
from crawler.reading.pushing import push_page, push_url, try_url
from crawler.trying.trial import try_address
from indexer.base.not_now import NotNow
from indexer.base.times import now
from indexer.catalogue import intake
from indexer.records import channels, inbox, inbox_pages
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Proposal, proposal_of
from indexer.work.steps import new_holder

TRIALS = (InboxKind.TRY_CHANNEL,)  # minutes each: in a step of their own, so that no unit's push waits for them
OF_PLATFORMS = (InboxKind.CONNECT, InboxKind.AUTHORISE)  # crawler/platforms/connecting.py
PAGES = tuple(kind for kind in InboxKind if kind not in (*TRIALS, *OF_PLATFORMS))
TRIES = 3
PAUSES = (timedelta(seconds=5), timedelta(seconds=20))  # before the second try, before the third
TEXT_CHARS = 300  # of what was read, as a trial shows it
BROKE_DOWN = "处理这个网页时程序多次意外退出，已放弃。请把网址告诉管理员"

log = structlog.get_logger()


class Inbox:
    """One thing at a time: a page is read within a minute or two, or given up."""

    every, batch = 0.5, 1

    def __init__(self, settings: Settings, database: Database, *, name: str, kinds: Sequence[InboxKind]) -> None:
        self.name, self._kinds = name, kinds
        self._settings, self._database = settings, database

    def waits(self) -> bool:
        with self._database.reading() as tx:
            return inbox.is_waiting(tx, self._kinds)

    def do(self) -> int:
        holder = new_holder()
        with self._database.transaction() as tx:
            claimed = inbox.claim_waiting(tx, self._kinds, holder=holder, now=now(), limit=1)
        for filed in claimed:
            self._answer(filed, holder)
        return len(claimed)

    def _answer(self, filed: Filed, holder: str) -> None:
        """Do it and say what came of it; what could not be fetched is put off, as long as tries are left.

        Raises NotNow where ours is away, which is no fault of what was filed and uses up none of its tries.
        """
        is_last = filed.tries >= TRIES
        try:
            outcome, is_final = self._outcome(filed), True
        except FetchRefused as refused:
            outcome, is_final = _not_read(str(refused)), is_last
        except NotNow:
            with self._database.transaction() as tx:
                inbox.give_back(tx, filed.id, holder=holder)
            raise
        except Exception as error:  # of whatever kind: the one who asked is told, and the next one's turn comes
            log.exception("filed_failed", filed=filed.id, kind=filed.kind)
            outcome, is_final = _not_read(f"处理时程序出错（{type(error).__name__}）。请把网址告诉管理员"), is_last
        with self._database.transaction() as tx:
            if is_final:
                is_mine = inbox.done(tx, filed.id, holder=holder, outcome=outcome, at=now())
            else:
                until = now() + PAUSES[filed.tries - 1]
                is_mine = inbox.put_off(tx, filed.id, holder=holder, outcome=outcome, until=until)
        log.info("filed_answered", filed=filed.id, kind=filed.kind, became=outcome.became, told=is_mine)

    def _outcome(self, filed: Filed) -> Outcome:
        if filed.tries > TRIES:  # whoever tried it before ended without a word, each time
            return _not_read(BROKE_DOWN)
        if filed.kind is InboxKind.TRY_CHANNEL:
            return _try_channel(self._settings, proposal_of(filed.payload))
        with self._database.reading() as tx:
            channel = channels.channel(tx, filed.channel) if filed.channel else None
        if channel is None:
            return _not_read("这个渠道已不在白名单里")
        try:
            return DOES[filed.kind](self._settings, self._database, channel, filed)
        except Unreadable as error:
            return _not_read(f"{error.what}。{error.do}")


def _push(settings: Settings, database: Database, channel: Channel, filed: Filed) -> Outcome:
    url, title = filed.payload["url"], filed.payload.get("title", "")
    with database.reading() as tx:
        page = inbox_pages.page(tx, filed.id)
    if page is None:
        taken = push_url(settings, database, channel, url, title)
    else:
        taken = push_page(settings, database, channel, page, url=url, title=title)
    if refused := [one.refusal for one in taken if one.refusal is not None]:
        return Outcome(became=Became.REFUSED, words=refused[0].message)
    is_known = all(one.outcome is intake.Outcome.UNCHANGED for one in taken)
    return Outcome(became=Became.UNCHANGED if is_known else Became.TAKEN, item=taken[0].item or "")


def _try(settings: Settings, _database: Database, channel: Channel, filed: Filed) -> Outcome:
    candidate = try_url(settings, channel, filed.payload["url"])[0]
    return Outcome(
        became=Became.READ,
        title=candidate.title,
        account=candidate.account or candidate.author,
        published=str(candidate.published or ""),
        text=candidate.text[:TEXT_CHARS],
        chars=len(candidate.text),
    )


def _try_channel(settings: Settings, proposal: Proposal) -> Outcome:
    """Whoever asked waits before the page and can ask again: what was not fetched is not tried by itself."""
    try:
        trial = try_address(settings, proposal)
    except FetchRefused as refused:
        return _not_read(str(refused))
    except Unreadable as error:
        return _not_read(f"{error.what}。{error.do}")
    return Outcome(became=Became.READ, trial=trial.shortened())


def _not_read(words: str) -> Outcome:
    return Outcome(became=Became.NOT_READ, words=words)


Do = Callable[[Settings, Database, Channel, Filed], Outcome]
DOES: Mapping[InboxKind, Do] = MappingProxyType({InboxKind.PUSH: _push, InboxKind.TRY: _try})


def make(settings: Settings, database: Database) -> Inbox:
    """Return the step that takes single pages: pushes of units, pages that editors try."""
    return Inbox(settings, database, name="inbox", kinds=PAGES)


def make_trials(settings: Settings, database: Database) -> Inbox:
    """Return the step that tries whole sites."""
    return Inbox(settings, database, name="trials", kinds=TRIALS)
