"""Why something pushed was not filed, and what to do, in the reader's language; and the status of that answer."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from indexer.catalogue.pushes import PushProblem, PushRefused
from indexer.catalogue.saved_pages import NotAPage, PageProblem
from indexer.catalogue.troubles import RefusalReason, Trouble
from web.shown.refusals import TOLD

P = PageProblem
UNFIT, TOO_LARGE, TOO_MANY = 422, 413, 429
# A test holds their Chinese to be the words of the commands.
PAGE_PROBLEMS: Mapping[PageProblem, LazyString] = MappingProxyType(
    {
        P.EMPTY: _("The file is empty. Save the page again in the browser"),
        P.TOO_LARGE: _(
            "The file is over the limit of %(limit)s. Save it as “HTML only”, without pictures and attachments"
        ),
        P.UNPACKED_TOO_LARGE: _(
            "The packed file is over the limit of %(limit)s when unpacked. Save it as “HTML only”, without pictures"
        ),
        P.BROKEN_PACKING: _("The packed file is damaged. Push the page itself, not packed"),
        P.MANY_MEMBERS: _("The packed file has more than %(most)s parts. Push the page itself, not packed"),
        P.DOCUMENT: _("This is a document (PDF, Word …), no page. Open the article in a browser, save it, push that"),
        P.ARCHIVE: _("This is an archive, no page. Unpack it, and push the page in it (.html)"),
        P.WEB_ARCHIVE: _("This is a web archive of Safari, which cannot be read. Save it there as “Page Source”"),
        P.PICTURE: _("This is a picture, no page. Open the article in a browser, save it, push that"),
        P.FEED: _("This is a feed or another XML file, no page of an article. Save the page of the article itself"),
        P.NO_PAGE: _("The file is no page (HTML or MHTML). Open the article in a browser, save it, push that"),
    }
)
PUSH_PROBLEMS: Mapping[PushProblem, LazyString] = MappingProxyType(
    {
        PushProblem.NO_ADDRESS: _("Enter the whole address of one article, beginning with http:// or https://."),
        PushProblem.NO_CHANNEL: _("There is no such channel of this unit. Its channels stand on the unit desk."),
        PushProblem.WAIT: _("Many of your links still wait. Push more once those are read."),
        PushProblem.PAGES_WAIT: _("Many of your saved pages still wait. Push more once those are read."),
        PushProblem.OTHER_PUSH: _("This Idempotency-Key was used for another push. Give each push a key of its own."),
    }
)
# Of the form and of the JSON API.
CODES: Mapping[PushProblem, int] = MappingProxyType(
    {
        PushProblem.NO_ADDRESS: UNFIT,
        PushProblem.NO_CHANNEL: 404,
        PushProblem.NOT_APPROVED: 403,
        PushProblem.WAIT: TOO_MANY,
        PushProblem.PAGES_WAIT: TOO_MANY,
        PushProblem.OTHER_PUSH: 409,
    }
)


def page_words(refused: NotAPage) -> str:
    """Return why a file is taken for no page."""
    return str(PAGE_PROBLEMS[refused.problem]) % refused.facts


def page_code(refused: NotAPage) -> int:
    """Return the status of an answer to a file that is taken for no page."""
    return TOO_LARGE if refused.problem in (P.TOO_LARGE, P.UNPACKED_TOO_LARGE) else UNFIT


def push_words(refused: PushRefused) -> str:
    """Return why nothing was filed."""
    if refused.channel is None:
        return str(PUSH_PROBLEMS[refused.problem])
    facts = {"channel": refused.channel.name, "case": refused.channel.status.value}
    trouble = Trouble(reason=RefusalReason.CHANNEL_NOT_APPROVED, facts=facts)
    return str(TOLD[trouble.reason, trouble.case]) % trouble.facts
