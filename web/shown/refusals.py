"""What a refusal says, in the reader's language, by the reason and facts that `indexer.catalogue.troubles` files."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from indexer.catalogue.troubles import CASE, Refusal, RefusalReason, Trouble
from web.shown.platform_words import PLATFORM_TOLD

R = RefusalReason
# (reason, case) → words; a test holds their Chinese to be those that the refusal is filed with.
TOLD: Mapping[tuple[RefusalReason, str], LazyString] = {
    (R.CHANNEL_UNKNOWN, ""): _(
        "The channel “%(channel)s” is not on the whitelist. Apply for it; push again when it is approved"
    ),
    (R.CHANNEL_NOT_APPROVED, "applied"): _(
        "The channel “%(channel)s” is applied for, the organiser has not approved it yet. Wait, or ask its media centre"
    ),
    (R.CHANNEL_NOT_APPROVED, "suspended"): _(
        "The channel “%(channel)s” is suspended. Ask the organiser's media centre why, and apply to resume"
    ),
    (R.CHANNEL_NOT_APPROVED, "revoked"): _(
        "The channel “%(channel)s” is revoked. To go on publishing here, apply for it anew"
    ),
    (R.FOREIGN_HOST, ""): _(
        "The link is not on a site registered for the channel “%(channel)s” (%(hosts)s). "
        "Push links on registered sites only, or apply to register this one"
    ),
    (R.FOREIGN_HOST, "none"): _(
        "The link is not on a site registered for the channel “%(channel)s” (no site is registered). "
        "Push links on registered sites only, or apply to register this one"
    ),
    (R.OTHER_PATH, ""): _(
        "The link is not under the path %(path)s registered for the channel “%(channel)s”. "
        "Push links under that path, or apply to change the registration"
    ),
    (R.MOVED_OUTSIDE, ""): _(
        "The page led outside of what is registered for the channel: %(url)s. "
        "It led to %(to)s. Use an address inside, or apply to change the registration"
    ),
    (R.NO_BODY, ""): _(
        "No text, picture or video was read from this page of the channel “%(channel)s”. "
        "Check that the link is public and not deleted, then push again"
    ),
    (R.OTHER_ACCOUNT, ""): _(
        "This article is of the WeChat account %(seen)s; registered for the channel “%(channel)s” is %(held)s. "
        "Push articles of its own account only; where it has changed, ask the organiser's media centre"
    ),
    (R.OTHER_ACCOUNT, "uid"): _(
        "This post is of the Weibo account %(seen)s; registered for the channel “%(channel)s” is %(held)s (uid). "
        "Take posts of its own account only; where it has changed, ask the organiser's media centre"
    ),
    (R.OTHER_ACCOUNT, "no_uid"): _(
        "No Weibo account number (uid) is registered for the channel “%(channel)s”, so posts cannot be told to be its. "
        "The organiser writes the channel's address as https://weibo.com/u/NUMBER, or fills in the option uid"
    ),
    (R.ACCOUNT_UNREAD, ""): _(
        "The page does not say which WeChat account published it, so it cannot be told to be of “%(channel)s”. "
        "Push the article's link, or open it in WeChat, save the page and push that"
    ),
    (R.ACCOUNT_UNCONFIRMED, ""): _(
        "Nobody has confirmed which WeChat account the channel “%(channel)s” is; this article is of %(seen)s. "
        "An editor confirms it on the whitelist page; push again after that"
    ),
    (R.UNREADABLE, ""): _("%(what)s: %(url)s. %(do)s"),
    (R.NOT_VISITED, ""): _("The collector does not visit this address: %(url)s. %(why)s"),
    (R.ROBOTS, ""): _(
        "The site's robots.txt does not allow collecting: %(url)s. Allow this collector there, or push instead"
    ),
    (R.ROBOTS, "unknown"): _(
        "The site's robots.txt is out of order, so it is not known what it allows (%(why)s): %(url)s. "
        "Check the site; the next round tries again"
    ),
    (R.TOO_LARGE, ""): _("The page is over the collector's size limit: %(url)s. Register a smaller list page or feed"),
    (R.REDIRECTS, ""): _("Too many redirects: %(url)s. Register the final address"),
    (R.NO_SUCH_HOST, ""): _("The domain is not found: %(url)s. Check the registered address and its DNS"),
    (R.HOST_REFUSES, ""): _("The site refuses connections: %(url)s. Check that it is running, and its port"),
    (R.HOST_SILENT, ""): _(
        "The site did not answer for too long: %(url)s. Check whether it is too slow; the next round tries again"
    ),
    (R.CONNECTION_LOST, ""): _("The connection failed: %(url)s. Check the site; the next round tries again"),
    (R.CONNECTION_LOST, "cut"): _(
        "The connection broke before the end: %(url)s. Check certificate and network; the next round tries again"
    ),
    (R.CONNECTION_LOST, "part"): _("The page came in part: %(url)s. Check the site; the next round tries again"),
    (R.BAD_STATUS, ""): _("The site answered %(status)s, which is no page: %(url)s. Check the registered address"),
    (R.BAD_STATUS, "401"): _("The page asks for a sign-in (401): %(url)s. Register an address that is public"),
    (R.BAD_STATUS, "403"): _(
        "The site refuses the collector (403): %(url)s. Let this collector through on the site or firewall"
    ),
    (R.BAD_STATUS, "404"): _("There is no such page (404): %(url)s. Check the registered address"),
    (R.BAD_STATUS, "410"): _("The page was deleted (410): %(url)s. Check the registered address"),
    (R.BAD_STATUS, "429"): _(
        "The site finds collecting too fast (429): %(url)s. The next round tries again; if it stays, raise the limit"
    ),
    (R.BAD_STATUS, "5xx"): _("The site has an error (%(status)s): %(url)s. Check it; the next round tries again"),
    (R.PROGRAM_FAULT, ""): _(
        "The collector could not finish this page (%(error)s): %(url)s. "
        "Check that a browser opens it; if so, tell the administrator the address"
    ),
    (R.PAGE_FAILED, ""): _(
        "The page was not read (%(error)s): %(url)s. "
        "Check that a browser opens it; if so, tell the administrator the address"
    ),
    **{(R.PLATFORM, case.value): words for case, words in PLATFORM_TOLD.items()},
}


def told(refusal: Refusal) -> str:
    """Return what happened and what to do; of rows from before facts were kept, the words of that time."""
    if refusal.facts is None:
        return refusal.message
    return str(TOLD[refusal.reason, refusal.facts.get(CASE, "")]) % refusal.facts


def told_trouble(trouble: Trouble) -> str:
    """Return what a trouble says: what happened, and what to do."""
    return str(TOLD[trouble.reason, trouble.case]) % trouble.facts
