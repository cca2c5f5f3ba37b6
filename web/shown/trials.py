"""A channel on trial as its editor sees it: what was proposed, what was found, and words for kinds and options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from config.units.options import OPTIONS, ItemOptions, kept_options
from indexer.base.ids import UnitId
from indexer.records import inbox
from indexer.records.database import Transaction
from indexer.records.inbox import Filed, InboxKind
from indexer.whitelist.trials import Offer, Proposal, Trial, proposal_of
from web.shown.filed import STANDINGS

SHOWN, SHOWN_ROWS = 10, 20
LIST = "list"  # the option that a found selector is one of
LATE = timedelta(minutes=5)  # a trial that waits longer is not looked at again by itself
SOURCES: Mapping[str, LazyString] = MappingProxyType(
    {
        "feed": _("feed (RSS, Atom, JSON Feed)"),
        "sitemap": _("sitemap"),
        "site": _("list page of a site"),
        "json_list": _("list in JSON"),
        "wechat_page": _("single WeChat article, pushed by its unit"),
    }
)
HINTS: Mapping[tuple[str, str], LazyString] = MappingProxyType(
    {
        ("site", "list"): _("CSS selector of the links, or of what holds them"),
        ("site", "title"): _("CSS selector of the title within a row"),
        ("site", "date"): _("CSS selector of the day within a row"),
        ("site", "next"): _("CSS selector of the link to the next page"),
        ("site", "pages"): _("how many list pages at most"),
        ("sitemap", "most"): _("how many pages of each sitemap at most, the newest first"),
        ("json_list", "items"): _("path of the list, as data.list; empty where the whole answer is one"),
        ("json_list", "url"): _("path of an item's address, or an address with paths in it: /a/{id}.html"),
        ("json_list", "title"): _("path of an item's title"),
        ("json_list", "date"): _("path of an item's day of publication"),
        ("json_list", "next"): _("path of the next page's address"),
        ("json_list", "pages"): _("how many list pages at most"),
    }
)
ITEM_KIND = _("kind of all its items: article, video, live or activity; empty: told by content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a source in the form. hint: what it means, in the words of its model where there are no others.

    is_found: it was not written, but found by the collector.
    """

    name: str
    value: str
    hint: LazyString | str
    is_found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrial:
    """One trial. unit: its short name. words: Chinese, why nothing was read. is_late: nobody has taken it for long."""

    id: str
    proposal: Proposal
    unit: str
    who: str
    at: datetime
    says: LazyString
    is_waiting: bool
    is_late: bool
    words: str
    trial: Trial | None

    @property
    def best(self) -> Offer | None:
        """The way to register that is suggested."""
        return self.trial.best(self.proposal) if self.trial else None

    @property
    def tried(self) -> Proposal:
        """The proposal with what the answer told: what the form is filled with, and what is saved."""
        if self.trial is None:
            return self.proposal
        told = replace(self.proposal, source=self.trial.source, hosts=self.trial.hosts)
        return replace(told, options=kept_options(told.source, told.options))

    @property
    def can_be_saved(self) -> bool:
        """Tell whether something was read that can be collected."""
        return self.trial is not None and self.trial.listed > 0


def source_words(kind: str) -> str:
    """Return what people call a kind of source; its name where there are no words for it."""
    return str(SOURCES.get(kind, kind))


def options_in_form(source: str, written: Mapping[str, str], *, found: str = "") -> list[Option]:
    """Return the options that a source takes, filled with those that are written; none where no source is chosen.

    found: the selector of the list that the collector chose, which fills `list` where nothing is written there.
    """
    model = OPTIONS.get(source)
    fields = model.model_fields if model else {}
    return [
        Option(
            name=name,
            value=written.get(name) or (found if name == LIST else ""),
            hint=_hint(source, name) or fields[name].description or "",
            is_found=name == LIST and bool(found) and not written.get(name),
        )
        for name in sorted(fields, key=lambda name: name in ItemOptions.model_fields)  # the source's own first
    ]


def _hint(source: str, name: str) -> LazyString | None:
    return ITEM_KIND if name in ItemOptions.model_fields else HINTS.get((source, name))


def newest(tx: Transaction, names: Mapping[UnitId, str], *, now: datetime) -> Sequence[ShownTrial]:
    """Return the trials asked for last, the newest first. names: of units."""
    found = inbox.newest(tx, InboxKind.TRY_CHANNEL, limit=SHOWN)
    return [_shown(one, names, now=now) for one in found]


def shown(tx: Transaction, id: str, names: Mapping[UnitId, str], *, now: datetime) -> ShownTrial | None:
    """Return one trial; None where there is none of this id. names: of units."""
    found = [one for one in inbox.filed(tx, [id]) if one.kind is InboxKind.TRY_CHANNEL]
    return _shown(found[0], names, now=now) if found else None


def _shown(filed: Filed, names: Mapping[UnitId, str], *, now: datetime) -> ShownTrial:
    proposal, outcome = proposal_of(filed.payload), filed.outcome
    return ShownTrial(
        id=filed.id,
        proposal=proposal,
        unit=names.get(proposal.unit, proposal.unit) if proposal.unit else "",
        who=filed.who,
        at=filed.at,
        says=STANDINGS[filed.standing],
        is_waiting=filed.done_at is None,
        is_late=filed.done_at is None and now - filed.at > LATE,
        words=outcome.words if outcome else "",
        trial=outcome.trial if outcome else None,
    )
