"""A unit pushes articles: links, or a page that it saved; filed for the collector, who alone goes outside."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.catalogue.items import URL_CHARS
from indexer.catalogue.pushes import LINKS, Push, PushProblem, PushRefused, file_pushes, is_address
from indexer.catalogue.saved_pages import NotAPage, saved_page
from web.app.access import own_unit, signed_in
from web.app.bodies import FILE_FIELD
from web.app.forms import ID_CHARS, LinkForm
from web.app.limits import PUSH, limiter
from web.app.site import site
from web.shown.pushes import CODES, UNFIT, page_code, page_words, push_words
from web.unit import desk
from web.unit.desk import Untaken

SHOWN_CHARS = 100  # of a line that is no address


class LinksForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """Which of the unit's channels published them, and their addresses, one a line."""

    channel = StringField(validators=[InputRequired(), Length(max=ID_CHARS)])
    url = StringField(validators=[InputRequired(), Length(max=LINKS * (URL_CHARS + 2))])


class PageForm(LinkForm):
    """Which of the unit's channels published a page, and its address."""

    channel = StringField(validators=[InputRequired(), Length(max=ID_CHARS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A form that was sent. channel: as it says. place: its anchor on the desk."""

    form: LinksForm | PageForm
    channel: ChannelId
    place: str

    def untaken(self, trouble: str, status: int = UNFIT) -> ResponseReturnValue:
        """The desk, with why nothing was taken and the form as it was sent."""
        told = Untaken(place=self.place, trouble=trouble, channel=self.channel, url=self.form.url.data or "")
        return desk.shown(untaken=told), status

    def file(self, pushes: Sequence[Push]) -> ResponseReturnValue:
        """File them all, or say why not; what became of them stands on the desk."""
        try:
            file_pushes(site().database, own_unit(), pushes, who=signed_in().name, at=times.now())
        except PushRefused as refused:
            if refused.problem is PushProblem.NO_CHANNEL:
                abort(404)
            return self.untaken(push_words(refused), CODES[refused.problem])
        done = ngettext("%(num)s article is pushed.", "%(num)s articles are pushed.", len(pushes))
        told = _("What became of it stands below.")
        flash(f"{done} {told}", "done")
        return redirect(url_for("unit.desk", _anchor="push"), 303)


def count_links() -> int:
    """Return how many pages a form asks the collector to read, as the limit counts them."""
    return max(1, min(LINKS, len(_lines(request.form.get("url", "")))))


@limiter.limit(PUSH, cost=count_links)
def push() -> ResponseReturnValue:
    """File links, one a line."""
    sent = _sent(LinksForm(), "push-links")
    lines = _lines(sent.form.url.data or "")
    if len(lines) > LINKS:
        return sent.untaken(_("At most %(most)s links at once. Nothing was pushed.", most=LINKS))
    for number, line in enumerate(lines, 1):
        if not is_address(line):
            return sent.untaken(_no_address(line, number if len(lines) > 1 else 0))
    if not lines or not sent.form.validate():
        return sent.untaken(_no_address("", 0))
    return sent.file([Push(channel=sent.channel, url=line) for line in lines])


@limiter.limit(PUSH)
def push_page() -> ResponseReturnValue:
    """File a saved page with the address that it was saved from."""
    sent = _sent(PageForm(), "push-page")
    if not sent.form.validate():
        return sent.untaken(_no_address("", 0))
    file = request.files.get(FILE_FIELD)
    if file is None or not file.filename:
        return sent.untaken(_("Choose the file of the saved page."))
    limit = site().settings.page_bytes
    try:
        page = saved_page(file.stream.read(limit + 1), limit=limit)
    except NotAPage as refused:
        return sent.untaken(page_words(refused), page_code(refused))
    return sent.file([Push(channel=sent.channel, url=sent.form.url.data or "", page=page)])


def _sent(form: LinksForm | PageForm, place: str) -> _Sent:
    """The form that was sent. Aborts where it names no channel; whether that is the unit's own, filing says."""
    if not form.channel.data:
        abort(400)
    return _Sent(form=form, channel=ChannelId(form.channel.data), place=place)


def _lines(text: str) -> list[str]:
    """Each line that says something, once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _no_address(line: str, number: int) -> str:
    if not number:
        return push_words(PushRefused(PushProblem.NO_ADDRESS))
    words = _(
        "Line %(number)s is no whole address: %(line)s. Nothing was pushed.", number=number, line=line[:SHOWN_CHARS]
    )
    return str(words)
