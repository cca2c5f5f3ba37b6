"""What a platform's refusal means to a unit, in the reader's language (`indexer/catalogue/platform_words.py`)."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from indexer.catalogue.platform_words import PlatformCase

C = PlatformCase
PLATFORM_TOLD: Mapping[PlatformCase, LazyString] = {
    C.IP_NOT_ALLOWED: _(
        "WeChat refuses the collector's IP (40164). Add IP %(ip)s to the allow-list in the account's back end; "
        "it counts after about 5 minutes"
    ),
    C.APPID_WRONG: _("The platform does not know the registered app id (%(code)s). Check it on the connection page"),
    C.SECRET_WRONG: _(
        "The platform does not accept the registered app secret (%(code)s). Reset it there, then enter the new one"
    ),
    C.QUOTA_SPENT: _(
        "The platform's calls of %(call)s are used up for today (%(code)s). It goes on tomorrow by itself"
    ),
    C.CLEAR_SPENT: _("This month's resets of the quota are used up (%(code)s). Calls are there again the next day"),
    C.NOT_PERMITTED: _(
        "The account has no right to the publishing interface (%(code)s): personal and unverified accounts have none. "
        "Have it verified by WeChat, or push links"
    ),
    C.NOT_GRANTED: _(
        "The authorisation lacks a right that is needed (%(code)s). Authorise again with mass sending and material"
    ),
    C.TOKEN_REFUSED: _(
        "The platform refused two fresh tokens (%(code)s). Connect again; if it stays, tell the administrator"
    ),
    C.AUTHORISATION_ENDED: _("The authorisation has ended (%(code)s). Authorise again on the connection page"),
    C.AUTHORISATION_WITHDRAWN: _("The authorisation was withdrawn at the platform. To go on, authorise again"),
    C.FOREIGN_USER: _("The account that authorised is not this channel's (%(code)s). Authorise with the channel's own"),
    C.RATE_LIMITED: _("The platform finds the calls too many (%(code)s). It goes on by itself after an hour"),
    C.BUSY: _("The platform is busy (%(code)s). The next round tries again"),
    C.CALL_WRONG: _("The platform says that the call is wrong (%(code)s). Tell the administrator this channel"),
    C.UNKNOWN_CODE: _("The platform answered an unknown code %(code)s: %(said)s. Tell the administrator this channel"),
    C.NO_CONNECTION: _("The channel is not connected. Authorise, or enter app id and secret, on the connection page"),
    C.CANNOT_OPEN: _("This machine cannot open the kept secret: its key is not here. Connect the channel again"),
    C.CAPTCHA: _("The platform asks for a verification and gives no list. The next round tries again; else push links"),
    C.APP_REFUSED: _(
        "The platform does not accept this site's application (%(code)s): its key, secret or return address is wrong. "
        "Tell the administrator this channel"
    ),
    C.APP_NOT_PERMITTED: _(
        "This site's application has no right to that interface (%(code)s). "
        "Tell the administrator this channel: the platform has to review the application"
    ),
    C.UID_UNREGISTERED: _(
        "The Weibo account that authorised is “%(name)s” (uid %(uid)s); the channel has no account number registered, "
        "so nothing was connected. An editor checks it and registers https://weibo.com/u/%(uid)s; then authorise again"
    ),
    C.STALE: _("The bridge's feed has not changed since %(day)s. Check that the unit's bridge still runs"),
    C.NO_COMPONENT: _(
        "This site has no third-party platform of WeChat set up, or not wholly. "
        "Tell the administrator, or connect with app id and secret"
    ),
    C.NO_TICKET: _(
        "WeChat has not pushed the third-party platform's ticket yet. The administrator must check the address for "
        "authorisation events there; a ticket comes every 10 minutes, then it goes on by itself"
    ),
}
