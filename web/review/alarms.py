"""Links at which something is wrong, as editors see them: all in one list, and beside the item."""

from flask import render_template

from indexer.records import looks
from web.app.site import site
from web.shown.pager import asked_page, pager
from web.shown.sights import sight_words

PAGE_SIZE = 30


def show() -> str:
    """All alarms, the latest first."""
    page = asked_page()
    with site().database.reading() as tx:
        total = looks.alarm_count(tx)
        rows = looks.alarms(tx, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return render_template("review/alarms.html", rows=rows, pager=pager(total, size=PAGE_SIZE, page=page))


def for_templates() -> dict[str, object]:
    """Give the desk's templates how many alarms there are, and their words."""
    return {"open_alarms": open_alarms, "sight_words": sight_words}


def open_alarms() -> int:
    """Return at how many links something is wrong."""
    with site().database.reading() as tx:
        return looks.alarm_count(tx)
