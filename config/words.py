"""The closed sets of words that configuration files and the records share: one spelling for both."""

from enum import StrEnum


class ChannelKind(StrEnum):
    """What sort of outlet a channel is."""

    SITE = "site"
    WECHAT = "wechat"
    WEIBO = "weibo"
    VIDEO = "video"


class WhitelistStatus(StrEnum):
    """Where a channel stands on the whitelist; only `approved` ones are read and taken from."""

    APPLIED = "applied"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class HostOwner(StrEnum):
    """Whose host a channel stands on: the unit's own, or its parent body's (a district's portal)."""

    UNIT = "unit"
    PARENT = "parent"


class ItemKind(StrEnum):
    """What an item is to its reader."""

    ARTICLE = "article"
    VIDEO = "video"
    LIVE = "live"
    ACTIVITY = "activity"


class System(StrEnum):
    """The groups of units in the organiser's plan, as people see them."""

    BUREAUS = "委办局"
    DISTRICTS = "区"
    SOCIETIES = "学会·高校·园区·企业"
    MUSEUMS = "科技馆之城"
    REGION = "京津冀"


class Severity(StrEnum):
    """How loudly a finding speaks to the editor; a version with one of `hold` is approved with a reason only."""

    NOTE = "note"
    LOW = "low"
    HIGH = "high"
    HOLD = "hold"


class MailSecurity(StrEnum):
    """How the mail server is spoken to: over TLS after STARTTLS, over TLS from the start, or in the open."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
