"""What can go wrong at other people's services, switched on for one account or all, for a time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERYBODY = "*"


class Fault(StrEnum):
    """One kind of trouble, as the service shows it."""

    # WeChat's API
    IP_NOT_ALLOWED = "40164"
    CALL_WRONG = "40097"
    QUOTA_SPENT = "45009"
    CLEAR_SPENT = "48006"
    NOT_PERMITTED = "48001"
    NOT_GRANTED = "61007"
    SECRET_WRONG = "40125"
    BUSY_PLATFORM = "-1"
    TOKEN_EXPIRED = "42001"
    TOKEN_RACED = "40001"
    # WeChat's callbacks
    EVENT_LOST = "event lost"
    EVENT_EMPTY = "event without addresses"
    EVENT_TRIPLE = "event three times"
    EVENT_UNORDERED = "events out of order"
    EVENT_FORGED = "event forged"
    # WeChat's pages
    ALBUM_SINGLE = "album with one object"
    ALBUM_REFUSED = "album refused"
    CAPTCHA = "captcha"
    # A component's authorisation
    WITHDRAWN = "withdrawn"
    REFRESH_CHANGES = "refresh token changes"
    # Weibo
    WEIBO_EXPIRED = "21327"
    WEIBO_REVOKED = "21332"
    WEIBO_USER_LIMIT = "10023"
    WEIBO_IP_LIMIT = "10022"
    WEIBO_FOREIGN = "21335"
    # Sites, and every list
    FROZEN = "frozen"
    TOO_MANY = "429"
    LYING_304 = "lying 304"
    GB18030 = "GB18030"
    SLOW = "slow drip"
    ENDLESS = "endless body"
    LOOP = "redirect loop"
    BROKEN = "500"
    EMPTY_LIST = "empty list"
    REBIND = "DNS that changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A fault of one account (or EVERYBODY) from `since` until before `until`; None: until it is switched off."""

    fault: Fault
    account: str
    since: datetime
    until: datetime | None = None

    def is_on(self, account: str, at: datetime) -> bool:
        """Tell whether the account meets the fault at that time."""
        is_theirs = self.account in (account, EVERYBODY)
        return is_theirs and self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That an account's caller met a fault."""

    fault: Fault
    account: str
    at: datetime
    switch: Switch


class Faults:
    """All switches, and which faults a caller really met."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.shown: list[Shown] = []
        self._clock, self._lock = clock, threading.Lock()
        self._switches: dict[Fault, list[Switch]] = {}

    def on(
        self, fault: Fault, account: str = EVERYBODY, *, since: datetime | None = None, until: datetime | None = None
    ) -> Switch:
        """Switch a fault on; since: from now on where it is not given."""
        switch = Switch(fault=fault, account=account, since=since or self._clock(), until=until)
        with self._lock:
            self._switches.setdefault(fault, []).append(switch)
        return switch

    def off(self, fault: Fault, account: str = EVERYBODY) -> None:
        """Switch it off, whenever it was to end."""
        with self._lock:
            kept = [switch for switch in self._switches.get(fault, []) if switch.account != account]
            self._switches[fault] = kept

    def switch(self, fault: Fault, account: str) -> Switch | None:
        """Return the switch that is on for an account now, and note nothing."""
        at = self._clock()
        with self._lock:
            return next((one for one in self._switches.get(fault, []) if one.is_on(account, at)), None)

    def met(self, fault: Fault, account: str) -> Switch | None:
        """Return the switch that is on for an account now, and note that its caller met it; None: all is well."""
        if (found := self.switch(fault, account)) is not None:
            self.note(found, account)
        return found

    def note(self, switch: Switch, account: str) -> None:
        """Note that an account's caller met a fault."""
        with self._lock:
            self.shown.append(Shown(fault=switch.fault, account=account, at=self._clock(), switch=switch))

    def standing(self) -> list[Switch]:
        """Return all switches that are on now."""
        at = self._clock()
        with self._lock:
            every = [one for switches in self._switches.values() for one in switches]
        return [one for one in every if one.since <= at and (one.until is None or at < one.until)]
