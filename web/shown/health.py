"""How a channel is, in the reader's language, by the conditions and facts of `indexer.health`."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from indexer.health.conditions import DISCONNECTED, Condition, Diagnosis, Grade, Whose
from web.shown.refusals import told_trouble

C = Condition
CONDITIONS: Mapping[Condition, LazyString] = {
    C.ERROR: _("cannot be read"),
    C.ENDED: _("authorisation over"),
    C.FROZEN: _("list stands still"),
    C.STALE: _("bridge stands still"),
    C.ENDING: _("authorisation ends soon"),
    C.MISSING: _("pieces are missing"),
    C.SILENT: _("silent for long"),
    C.LYING: _("wrong “not changed”"),
    C.FAILING: _("last read failed"),
    C.RENAMED: _("renamed"),
    C.WAITS: _("waits for tomorrow"),
    C.NEW: _("not read yet"),
    C.OFF: _("not collected"),
    C.PUSHED: _("pushed only"),
    C.GOOD: _("in order"),
}
WHOSE: Mapping[Whose, LazyString] = {Whose.UNIT: _("for the unit"), Whose.ORGANISER: _("for the organiser")}
# By which class of a badge a grade is shown.
BADGES: Mapping[Grade, str] = {Grade.GOOD: "approved", Grade.NOTE: "pending", Grade.WRONG: "rejected"}
# (condition, case) → what is the case, what is to be done; a test holds their Chinese to be that of indexer.health.
NO_NEED = _("Nothing needs to be done")
TOLD: Mapping[tuple[Condition, str], tuple[LazyString, LazyString | None]] = {
    (C.ERROR, ""): (_("Since %(since)s, %(times)s reads in a row have failed"), None),
    (C.ERROR, "once"): (_("The read of %(since)s failed"), None),
    (C.FAILING, ""): (_("Since %(since)s, %(times)s reads in a row have failed; the next round tries again"), None),
    (C.FAILING, "once"): (_("The read of %(since)s failed; the next round tries again"), None),
    (C.ENDED, "expired"): (
        _("The authorisation ended on %(ends)s: nothing can be read by itself any more"),
        _("Authorise again"),
    ),
    (C.ENDED, "withdrawn"): (
        _("The authorisation was withdrawn at the platform: nothing can be read by itself any more"),
        _("To have it collected further, authorise again"),
    ),
    (C.ENDED, DISCONNECTED): (
        _("%(who)s disconnected it on %(at)s: nothing is read by itself any more"),
        _("To have it collected further, connect again"),
    ),
    (C.ENDING, ""): (
        _("The authorisation ends on %(ends)s, in %(days)s days"),
        _("Authorise again before it ends, so that collecting goes on"),
    ),
    (C.FROZEN, "announced"): (
        _(
            "The list has not changed since %(since)s, while the platform told otherwise of pieces that came out later "
            "and are not on it: %(count)s"
        ),
        _("Check whether the list comes from an old cache; until it is mended, push the links of new pieces"),
    ),
    (C.FROZEN, "elsewhere"): (
        _(
            "The list stands at %(newest)s and did not change in %(reads)s reads, while other channels of the unit "
            "went on (last on %(other)s)"
        ),
        _(
            "Open the registered list and compare: if it has newer pieces than there are here, the site answers from "
            "an old cache, which should be cleared; if it has none, nothing needs to be done"
        ),
    ),
    (C.STALE, ""): (_("The bridged feed can be read, and nothing new comes"), None),
    (C.LYING, ""): (
        _("At %(at)s the site answered “not changed” (304), and its list had changed"),
        _(
            "Check the cache settings of the site (ETag, Last-Modified); until they are mended the collector reads the "
            "whole list each time"
        ),
    ),
    (C.MISSING, ""): (
        _("Pieces that the platform names of late: %(total)s; here: %(held)s; missing: %(missing)s"),
        _("Push the links of those that are missing; where they were deleted, nothing needs to be done"),
    ),
    (C.SILENT, ""): (
        _("Nothing new for %(days)s days (last on %(last)s); its longest usual pause is about %(usual)s days"),
        _(
            "Check whether the channel is still kept up; where it is, and its pieces are not here, push their links "
            "and tell the organiser's media centre"
        ),
    ),
    (C.RENAMED, ""): (
        _("The platform calls it “%(new)s” now; registered is “%(old)s”"),
        _("An editor of the organiser checks that it is the same body, and confirms the new name"),
    ),
    (C.WAITS, ""): (
        _("Today's calls of the platform are spent"),
        _("Nothing needs to be done: the rest follows tomorrow"),
    ),
    (C.NEW, ""): (
        _("Approved, not read yet"),
        _("Nothing needs to be done: the collector begins by itself"),
    ),
    (C.OFF, ""): (
        _("Its whitelist status is not “approved”: nothing is collected"),
        _("Ask the organiser's media centre why"),
    ),
    (C.PUSHED, ""): (
        _("Nothing is read by itself, only what the unit pushes"),
        _("Push the links of new pieces"),
    ),
    (C.GOOD, ""): (_("Reading works, last on %(read)s"), NO_NEED),
    (C.GOOD, "brought"): (_("Reading works, last on %(read)s; something new came last on %(new)s"), NO_NEED),
}


def what(diagnosis: Diagnosis) -> str:
    """Return what is the case, without a full stop."""
    return str(TOLD[diagnosis.condition, diagnosis.case][0]) % diagnosis.facts


def to_do(diagnosis: Diagnosis) -> str:
    """Return what is to be done, without a full stop; of a trouble also what it was."""
    if (said := TOLD[diagnosis.condition, diagnosis.case][1]) is not None:
        return str(said) % diagnosis.facts
    if diagnosis.trouble:
        return told_trouble(diagnosis.trouble)
    return diagnosis.remark or str(gettext("Nothing needs to be done: the next round tries again"))


def condition_word(condition: Condition) -> str:
    """Return the few words by which a condition is listed."""
    return str(CONDITIONS[condition])


def whose_word(whose: Whose) -> str:
    """Return who has something to do; empty where nobody has."""
    return str(WHOSE.get(whose, ""))


def sentence(words: str) -> str:
    """Return words with the full stop of the reader's language."""
    return str(gettext("%(words)s.", words=words))


def for_templates() -> dict[str, object]:
    """Give templates the words of a diagnosis, and the class of its badge."""
    return {
        "what": lambda diagnosis: sentence(what(diagnosis)),
        "to_do": lambda diagnosis: sentence(to_do(diagnosis)),
        "condition_word": condition_word,
        "whose_word": whose_word,
        "badge_of": lambda grade: BADGES[grade],
        "told_trouble": told_trouble,
    }
