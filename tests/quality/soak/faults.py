"""Which faults the soak draws, for which kinds of channels, how long each lasts, and what must be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from indexer.catalogue.platform_words import PlatformCase as P
from indexer.catalogue.troubles import RefusalReason as R
from indexer.health.conditions import Condition as C
from tests.quality.soak.cast import Kind
from tests.simulators.world.faults import Fault

F = Fault
SITES = (Kind.SITE, Kind.FEED, Kind.SITEMAP, Kind.JSON)
OFFICIAL = (Kind.API, Kind.COMPONENT)
LEAST = 20  # times that each is met
AN_HOUR, DAYS = timedelta(hours=1), timedelta(days=5)
Said = frozenset[tuple[R, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One kind of fault. kinds: of channels. after: how long it stays on once it was met; lasts: whether or not.

    said: reasons with their cases (empty: whichever), one of which the read that met it ends with. conditions: one of
    which the channel's diagnosis is, soon enough for it; alone: or one of these, where nothing that its unit published
    elsewhere tells that there should be more. heals: nothing is to be said, the channel's reads go on.
    ends: the connection is over by it, and the unit connects anew.
    """

    fault: Fault
    kinds: tuple[Kind, ...]
    after: timedelta = AN_HOUR
    lasts: timedelta | None = None
    said: Said = frozenset()
    conditions: frozenset[C] = frozenset()
    alone: frozenset[C] = frozenset()
    heals: bool = False
    ends: bool = False
    times: int = LEAST + 2


def _platform(*cases: P) -> Said:
    return frozenset((R.PLATFORM, case.value) for case in cases)


def _of(*reasons: R) -> Said:
    return frozenset((reason, "") for reason in reasons)


STANDS = frozenset({C.FROZEN, C.STALE})
TRIALS: tuple[Trial, ...] = (
    Trial(fault=F.IP_NOT_ALLOWED, kinds=OFFICIAL, said=_platform(P.IP_NOT_ALLOWED)),
    Trial(fault=F.CALL_WRONG, kinds=OFFICIAL, said=_platform(P.CALL_WRONG)),
    Trial(fault=F.QUOTA_SPENT, kinds=OFFICIAL, said=_platform(P.QUOTA_SPENT)),
    Trial(fault=F.CLEAR_SPENT, kinds=OFFICIAL, said=_platform(P.CLEAR_SPENT)),
    Trial(fault=F.NOT_PERMITTED, kinds=OFFICIAL, said=_platform(P.NOT_PERMITTED)),
    Trial(fault=F.SECRET_WRONG, kinds=(Kind.API,), said=_platform(P.SECRET_WRONG)),
    Trial(fault=F.BUSY_PLATFORM, kinds=OFFICIAL, said=_platform(P.BUSY)),
    Trial(fault=F.TOKEN_EXPIRED, kinds=OFFICIAL, heals=True),
    Trial(fault=F.TOKEN_RACED, kinds=OFFICIAL, heals=True),
    Trial(fault=F.NOT_GRANTED, kinds=(Kind.COMPONENT,), said=_platform(P.NOT_GRANTED)),
    Trial(fault=F.REFRESH_CHANGES, kinds=(Kind.COMPONENT,), heals=True),
    Trial(fault=F.WITHDRAWN, kinds=(Kind.COMPONENT,), conditions=frozenset({C.ENDED}), ends=True),
    Trial(fault=F.EVENT_LOST, kinds=OFFICIAL, heals=True),
    Trial(fault=F.EVENT_EMPTY, kinds=OFFICIAL, heals=True),
    Trial(fault=F.EVENT_TRIPLE, kinds=OFFICIAL, heals=True),
    Trial(fault=F.EVENT_UNORDERED, kinds=OFFICIAL, heals=True),
    Trial(fault=F.EVENT_FORGED, kinds=OFFICIAL, heals=True),
    Trial(fault=F.ALBUM_SINGLE, kinds=(Kind.ALBUM,), heals=True),
    Trial(fault=F.ALBUM_REFUSED, kinds=(Kind.ALBUM,), said=_platform(P.CAPTCHA)),
    Trial(fault=F.CAPTCHA, kinds=(Kind.ALBUM,), said=_platform(P.CAPTCHA)),
    Trial(fault=F.WEIBO_EXPIRED, kinds=(Kind.WEIBO,), said=_platform(P.AUTHORISATION_ENDED), ends=True),
    Trial(
        fault=F.WEIBO_REVOKED,
        kinds=(Kind.WEIBO,),
        said=_platform(P.AUTHORISATION_ENDED, P.AUTHORISATION_WITHDRAWN),
        ends=True,
    ),
    Trial(fault=F.WEIBO_USER_LIMIT, kinds=(Kind.WEIBO,), said=_platform(P.RATE_LIMITED, P.QUOTA_SPENT)),
    Trial(fault=F.WEIBO_IP_LIMIT, kinds=(Kind.WEIBO,), said=_platform(P.RATE_LIMITED)),
    Trial(fault=F.WEIBO_FOREIGN, kinds=(Kind.WEIBO,), said=_platform(P.FOREIGN_USER)),
    Trial(fault=F.TOO_MANY, kinds=(*SITES, Kind.BRIDGE), said=frozenset({(R.BAD_STATUS, "429")})),
    Trial(fault=F.BROKEN, kinds=(*SITES, Kind.BRIDGE), said=frozenset({(R.BAD_STATUS, "5xx")})),
    Trial(fault=F.LOOP, kinds=SITES, said=_of(R.REDIRECTS)),
    Trial(fault=F.SLOW, kinds=SITES, said=_of(R.HOST_SILENT)),
    Trial(fault=F.ENDLESS, kinds=SITES, said=_of(R.TOO_LARGE)),
    # The rules of the other host are asked for first: where their look-up is refused, that is what is said, with why.
    Trial(fault=F.REBIND, kinds=SITES, said=_of(R.NOT_VISITED) | {(R.ROBOTS, "unknown")}),
    Trial(fault=F.GB18030, kinds=SITES, heals=True),
    Trial(fault=F.EMPTY_LIST, kinds=(Kind.SITE, Kind.JSON), said=_of(R.UNREADABLE)),
    Trial(fault=F.FROZEN, kinds=(*SITES, Kind.BRIDGE), conditions=STANDS, alone=frozenset({C.SILENT}), lasts=DAYS),
    Trial(fault=F.LYING_304, kinds=SITES, conditions=frozenset({C.LYING}), lasts=DAYS),
)
BY_FAULT: Mapping[Fault, Trial] = {trial.fault: trial for trial in TRIALS}
