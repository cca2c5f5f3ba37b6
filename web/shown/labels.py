"""Labels of the closed sets of the domain, in the reader's language."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from config.taxonomy import Category, District
from config.words import ChannelKind, Severity, WhitelistStatus
from indexer.base.actors import ActorKind
from indexer.base.changes import ChangeKind
from indexer.catalogue.facets import Film
from indexer.catalogue.items import ItemKind, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.catalogue.troubles import RefusalReason
from indexer.people.rights import GRANTS, Role
from indexer.records.tagger_versions import Standing
from indexer.reports.desk import ReportProblem
from indexer.reports.tickets import ReportKind, ReportState
from indexer.review.records import Move, State
from indexer.review.states import MoveProblem
from indexer.whitelist.states import WhitelistProblem
from web.app.preferences import chosen

LABELS: Mapping[str, LazyString] = {
    State.PENDING: _("pending"),
    State.APPROVED: _("approved"),
    State.HELD: _("held"),
    State.REJECTED: _("rejected"),
    State.WITHDRAWN: _("withdrawn"),
    State.CHANGED: _("changed at the source"),
    Move.APPROVE: _("approve"),
    Move.HOLD: _("hold"),
    Move.REJECT: _("reject"),
    Move.WITHDRAW: _("withdraw"),
    Move.EDIT: _("edited at the source"),
    Move.UNDO: _("undo"),
    ItemKind.ARTICLE: _("article"),
    ItemKind.VIDEO: _("video"),
    ItemKind.LIVE: _("live stream"),
    ItemKind.ACTIVITY: _("activity"),
    ChannelKind.SITE: _("web site"),
    ChannelKind.WECHAT: _("WeChat account"),
    ChannelKind.WEIBO: _("Weibo account"),
    MediaKind.IMAGE: _("picture"),
    MediaKind.AUDIO: _("sound"),
    Severity.NOTE: _("note"),
    Severity.LOW: _("low"),
    Severity.HIGH: _("high"),  # and `hold`, which is the word of the move
    RefusalReason.CHANNEL_UNKNOWN: _("channel unknown"),
    RefusalReason.CHANNEL_NOT_APPROVED: _("channel not approved"),
    RefusalReason.FOREIGN_HOST: _("foreign host"),
    RefusalReason.OTHER_PATH: _("outside the registered path"),
    RefusalReason.MOVED_OUTSIDE: _("led elsewhere"),
    RefusalReason.NO_BODY: _("no text"),
    RefusalReason.NOT_VISITED: _("address not visited"),
    RefusalReason.ROBOTS: _("robots.txt forbids it"),
    RefusalReason.TOO_LARGE: _("page too large"),
    RefusalReason.REDIRECTS: _("too many redirects"),
    Film.LIVE: _("live now"),
    RefusalReason.NO_SUCH_HOST: _("domain not found"),
    RefusalReason.HOST_REFUSES: _("site refuses connections"),
    RefusalReason.HOST_SILENT: _("site does not answer"),
    RefusalReason.CONNECTION_LOST: _("connection lost"),
    RefusalReason.BAD_STATUS: _("site answered with an error"),
    RefusalReason.PROGRAM_FAULT: _("fault of the collector"),
    RefusalReason.ACCOUNT_UNREAD: _("WeChat account not named"),
    RefusalReason.PAGE_FAILED: _("page could not be fetched"),
    RefusalReason.PLATFORM: _("refused by the platform"),
    RefusalReason.UNREADABLE: _("page could not be read"),
    RefusalReason.OTHER_ACCOUNT: _("another WeChat account"),
    RefusalReason.ACCOUNT_UNCONFIRMED: _("WeChat account not confirmed"),
    PictureRefusal.FOREIGN_HOST: _("its host is not registered for the channel"),
    PictureRefusal.GONE: _("it is no longer at the source"),
    PictureRefusal.FORBIDDEN: _("its host refuses it"),
    PictureRefusal.ADDRESS: _("its address is wrong or leads nowhere"),
    PictureRefusal.UNREACHABLE: _("its host did not answer, after several tries"),
    PictureRefusal.TOO_LARGE: _("it is too large"),
    PictureRefusal.TOO_MANY_PIXELS: _("it has too many pixels"),
    PictureRefusal.TOO_SMALL: _("it is a dot or a line"),
    PictureRefusal.TOO_SLOW: _("decoding it took too long"),
    PictureRefusal.UNREADABLE: _("it is no picture that can be read: damaged, a drawing (SVG), or something else"),
    PictureRefusal.TOO_MANY: _("the piece has more pictures than are kept"),
    ReportKind.MISTAKE: _("A mistake in the text"),
    ReportKind.RIGHTS: _("Copyright or other rights"),
    ReportKind.PERSONAL: _("Personal data"),
    ReportKind.HARMFUL: _("Harmful or illegal"),
    ReportKind.ADVERTISEMENT: _("Advertisement"),
    ReportKind.OTHER: _("Something else"),
    ReportState.RECEIVED: _("received"),
    ReportState.SEEN: _("seen by an editor"),
    ReportState.RESOLVED: _("resolved"),
    ActorKind.PERSON: _("person"),
    ActorKind.POLICY: _("policy"),
    ActorKind.COLLECTOR: _("collector"),
    ActorKind.SOURCE: _("source"),
    ActorKind.OPERATOR: _("operator"),
    ChangeKind.ACCOUNT_ADDED: _("account added"),
    ChangeKind.PASSWORD_SET: _("password set"),
    ChangeKind.ACCOUNT_REMOVED: _("account removed"),
    ChangeKind.ACCOUNT_UNLOCKED: _("wrong passwords forgotten"),
    ChangeKind.KEY_MADE: _("key of a unit made"),
    ChangeKind.KEY_REVOKED: _("key of a unit revoked"),
    ChangeKind.CHANNEL_CONNECTED: _("channel connected"),
    ChangeKind.CHANNEL_DISCONNECTED: _("channel disconnected"),
    ChangeKind.ACCOUNT_NAME_CONFIRMED: _("new name of an account confirmed"),
    ChangeKind.POLICY_LOADED: _("rules loaded"),
    ChangeKind.TAXONOMY_LOADED: _("taxonomy loaded"),
    ChangeKind.PIECES_JOINED: _("told to be one piece"),
    ChangeKind.PIECES_PARTED: _("told to be different pieces"),
    ChangeKind.TAGS_CORRECTED: _("tags corrected"),
    ChangeKind.TAGGER_TRAINED: _("tagger trained"),
    ChangeKind.TAGGER_ACTIVATED: _("version of the tagger made live"),
    ChangeKind.RULE_SWITCHED: _("rule switched"),
    ChangeKind.RULES_REPLAYED: _("rules replayed over past decisions"),
    Standing.LIVE: _("live"),
    Standing.WAITING: _("waits for an administrator"),
    Standing.RESTING: _("at rest"),
    "title": _("title"),
    "text": _("text"),
    "links": _("links"),
}


STATUSES: Mapping[WhitelistStatus, LazyString] = {  # apart: an approved channel and an approved item have two words
    WhitelistStatus.APPLIED: _("applied"),
    WhitelistStatus.APPROVED: _("approved channel"),
    WhitelistStatus.SUSPENDED: _("suspended"),
    WhitelistStatus.REVOKED: _("revoked"),
}


def label(value: StrEnum | str) -> str:
    """Return the word for a value of the domain. Raises KeyError for one without a word: a test holds all of them."""
    return str(STATUSES[value] if isinstance(value, WhitelistStatus) else LABELS[str(value)])


def role_word(role: str) -> str:
    """Return the name of a role; of one that is no more, the word that was recorded."""
    return str(gettext(GRANTS[Role(role)].word)) if role in set(Role) else role


def named(category: Category | District) -> str:
    """Return the name of a topic, audience or district as the reader's language has it."""
    if isinstance(category, Category) and chosen("lang") == "en":
        return category.label_en
    return category.label


MOVE_PROBLEMS: Mapping[MoveProblem, LazyString] = {
    MoveProblem.UNKNOWN_ITEM: _("There is no such item."),
    MoveProblem.NOT_OPEN: _("That move is not open in the item's present state. Look at it again."),
    MoveProblem.STALE: _("The item changed after you opened it. Look at what stands here now, then decide."),
    MoveProblem.NOT_UNDERSTOOD: _("The checks have not run yet. Approve it when they have."),
    MoveProblem.NOT_READ: _("The list did not show all of it. Open it, read it, then approve."),
    MoveProblem.ON_HOLD: _("A check wants this held. Open it, and give a reason with the approval."),
    MoveProblem.REASON_MISSING: _("This needs a reason. Choose one or write your own."),
    MoveProblem.NOT_YOURS: _("Your account may not do that."),
    MoveProblem.NOTHING_TO_UNDO: _("There is nothing to take back; what the source edited is decided anew."),
    MoveProblem.UNDO_TOO_LATE: _("Only who decided may take it back, within 30 minutes; later an administrator."),
}


def refusal_words(problem: MoveProblem) -> str:
    """Return why a move was not made and what to do, in the reader's language."""
    return str(MOVE_PROBLEMS[problem])


WHITELIST_PROBLEMS: Mapping[WhitelistProblem, LazyString] = {
    WhitelistProblem.UNKNOWN: _("There is no such channel."),
    WhitelistProblem.ALREADY: _("The channel has this status already. Nothing was changed."),
    WhitelistProblem.NOT_OPEN: _("That step is not open from this status. Nothing was changed."),
    WhitelistProblem.STALE: _("The channel changed after you opened it. Nothing was changed."),
    WhitelistProblem.NO_LICENCE: _("A channel is approved with its licence. Enter the licence's reference."),
    WhitelistProblem.NO_HOST: _("No host is registered for the channel: it cannot be approved. Register one first."),
    WhitelistProblem.NO_PATH: _("The channel's host is a parent body's: register the path of its own column first."),
    WhitelistProblem.NO_REASON: _("Say why the status changes. Nothing was changed."),
    WhitelistProblem.NO_WECHAT: _("The channel is no WeChat account: there is none to confirm."),
    WhitelistProblem.NO_UNIT: _("There is no such unit. Choose one of the list."),
    WhitelistProblem.REGISTERED: _("The unit has this channel already. Nothing was saved."),
}


def whitelist_refusal(problem: WhitelistProblem) -> str:
    """Return why a step of the whitelist was not made and what to do, in the reader's language."""
    return str(WHITELIST_PROBLEMS[problem])


REPORT_PROBLEMS: Mapping[ReportProblem, LazyString] = {
    ReportProblem.NOT_PUBLIC: _("This item is not public any more."),
    ReportProblem.NO_WORDS: _("Say in a few words what is wrong."),
    ReportProblem.TOO_LONG: _("That is longer than this form takes. Shorten it."),
    ReportProblem.TOO_MANY: _("Many reports on this item wait already; the editors know of it."),
    ReportProblem.UNKNOWN: _("There is no such report."),
    ReportProblem.STALE: _("Somebody else moved this report on after you opened it:"),
    ReportProblem.NO_ANSWER: _("Write the answer first: the reader sees it under the ticket."),
}


def report_refusal(problem: ReportProblem) -> str:
    """Return why a report or a step of one was not taken, in the reader's language."""
    return str(REPORT_PROBLEMS[problem])


def channel_advice(status: WhitelistStatus) -> str:
    """Return what a status means for the unit and what it can do."""
    advice = {
        WhitelistStatus.APPLIED: _(
            "Registered, not approved yet: nothing is collected. Send the licence to the organiser."
        ),
        WhitelistStatus.APPROVED: _("Collected. New items appear here after an editor has approved them."),
        WhitelistStatus.SUSPENDED: _("Not collected for the time being. Ask the organiser why and what is missing."),
        WhitelistStatus.REVOKED: _("Not collected any more. To take part again, apply anew with the organiser."),
    }
    return str(advice[status])


def reasons() -> tuple[str, ...]:
    """Return the usual reasons for a rejection or withdrawal, in the reader's language."""
    usual = (
        _("not popular science"),
        _("advertisement or sale"),
        _("medical or health claim without ground"),
        _("personal data in the text"),
        _("current affairs: left to licensed media"),
        _("repeats an item that is public"),
        _("title does not fit the text"),
        _("text incomplete or not readable"),
        _("at the unit's request"),
        _("gone or replaced at the source"),
    )
    return tuple(str(reason) for reason in usual)
