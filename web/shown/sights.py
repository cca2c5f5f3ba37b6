"""What was seen at a source, in the reader's language."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from indexer.catalogue.looks import Sight
from indexer.records.tombstones import Tombstone
from web.app.errors import refuse
from web.app.rendering import moment

SIGHTS: Mapping[Sight, LazyString] = {
    Sight.MISSING: _("the page is not there any more"),
    Sight.DELETED: _("its publisher deleted it"),
    Sight.VIOLATION: _("the platform blocked it"),
    Sight.CAPTCHA: _("the site asks for a verification"),
    Sight.REFUSED: _("the site refuses the collector"),
    Sight.BUSY: _("the site is too busy"),
    Sight.BROKEN: _("the site answers with an error"),
    Sight.SILENT: _("the site gives no answer"),
    Sight.ELSEWHERE: _("the address leads elsewhere"),
    Sight.UNKNOWN: _("the page is not recognised"),
    Sight.RETURNED: _("it is there again: approve it anew if it shall be shown"),
}
# Of a piece that came down: all that the public is told of it, beside the day.
REASONS: Mapping[Sight, LazyString] = {
    Sight.MISSING: _("Its page at the source does not exist any more."),
    Sight.DELETED: _("Whoever published it has deleted it."),
    Sight.VIOLATION: _("The platform on which it was published has blocked it."),
}


def sight_words(sight: Sight) -> str:
    """Return what is wrong at a source."""
    return str(SIGHTS[sight])


def gone(tombstone: Tombstone) -> ResponseReturnValue:
    """Return what stands in the place of a piece whose source is gone (410), as a page or as JSON."""
    known = REASONS.get(tombstone.gone) if tombstone.gone else None
    reason = str(known) if known else gettext("It is not at its source any more.")
    advice = gettext("%(reason)s It has not been shown here since %(when)s.", reason=reason, when=moment(tombstone.at))
    return refuse(410, heading=gettext("This piece was taken down at its source"), advice=advice)
