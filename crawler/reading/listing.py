"""List what a source finds on one list page, without asking for any of it: for those who try a channel."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.dates.read import read_time
from crawler.exchange import Ask, Found, Note
from crawler.reading.articles import is_article
from indexer.catalogue.items import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """One article of a list. date: ISO 8601, a bare day where the list names no hour; None where it names no day."""

    url: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The articles of a list page, in its order.

    why: words for the unit, also where there is no article. selector: CSS that chooses the same links, empty where
    none is known.
    """

    articles: tuple[ListedArticle, ...]
    why: str = ""
    selector: str = ""


def listed(found: Iterable[Found], *, why: str = "") -> Listed:
    """Return what a source took of a list page. why: the words of its refusal, if it refused."""
    articles: list[ListedArticle] = []
    note = Note(why="")
    for each in found:
        match each:
            case Note():
                note = each
            case Candidate():
                day = str(each.published) if each.published else None
                articles.append(ListedArticle(url=each.url, title=each.title, date=day))
            case Ask() if is_article(each.about):
                articles.append(_of_ask(each))
    words = "。".join(part for part in (note.why.rstrip("。"), why) if part)
    return Listed(articles=tuple(articles), why=words, selector=note.selector)


def _of_ask(ask: Ask) -> ListedArticle:
    written = ask.about.get("date", "")
    day = read_time(written, chinese=True) if written else None
    return ListedArticle(url=ask.item_url, title=ask.about.get("title", ""), date=str(day) if day else None)
