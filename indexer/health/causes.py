"""Whose business a trouble is, and whether waiting helps. Pure."""

from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import RefusalReason, Trouble
from indexer.health.conditions import Whose

R, P = RefusalReason, PlatformCase
# What no later round mends by itself: an alarm at once.
NEEDS_PERSON = frozenset({R.ROBOTS, R.NOT_VISITED, R.OTHER_ACCOUNT})
PLATFORM_NEEDS_PERSON = frozenset(
    {
        P.IP_NOT_ALLOWED,
        P.APPID_WRONG,
        P.SECRET_WRONG,
        P.NOT_PERMITTED,
        P.NOT_GRANTED,
        P.TOKEN_REFUSED,
        P.AUTHORISATION_ENDED,
        P.AUTHORISATION_WITHDRAWN,
        P.FOREIGN_USER,
        P.NO_CONNECTION,
        P.CANNOT_OPEN,
    }
)
WAITS_FOR_TOMORROW = frozenset({P.QUOTA_SPENT, P.CLEAR_SPENT})
OF_CONNECTION = frozenset({P.AUTHORISATION_ENDED, P.AUTHORISATION_WITHDRAWN, P.NO_CONNECTION})  # which says so itself
OURS = frozenset({P.CALL_WRONG, P.UNKNOWN_CODE})  # that the unit can do nothing about
ROBOTS_UNKNOWN = "unknown"


def needs_person(trouble: Trouble) -> bool:
    """Tell whether only a person can mend it, so that there is no sense in seeing it several times before saying so."""
    if trouble.reason is R.PLATFORM:
        return trouble.case in PLATFORM_NEEDS_PERSON
    return trouble.reason in NEEDS_PERSON and trouble.case != ROBOTS_UNKNOWN


def waits_for_tomorrow(trouble: Trouble) -> bool:
    """Tell whether it is no failure: today's calls are spent."""
    return trouble.reason is R.PLATFORM and trouble.case in WAITS_FOR_TOMORROW


def is_stale(trouble: Trouble | None) -> bool:
    """Tell whether it says that the list came, and stands still: of a bridge."""
    return trouble is not None and trouble.reason is R.PLATFORM and trouble.case == P.STALE


def is_of_connection(trouble: Trouble | None) -> bool:
    """Tell whether it says no more than that the authorisation is over."""
    return trouble is not None and trouble.reason is R.PLATFORM and trouble.case in OF_CONNECTION


def whose(trouble: Trouble | None) -> Whose:
    """Return whose business a trouble is."""
    if trouble is None or trouble.reason is R.PROGRAM_FAULT:
        return Whose.ORGANISER
    if trouble.reason is R.PLATFORM and trouble.case in OURS:
        return Whose.ORGANISER
    return Whose.UNIT
