"""Lists that a site's own script would draw, read as the JSON that it asks for (path B), then each article."""

from collections.abc import Iterator

from config.units.options import JsonListOptions
from crawler.exchange import Answer, Found, Note
from crawler.lists.links import is_file
from crawler.reading.json_items import article_of, items_at, next_page, none_inside, parsed, why_taken
from crawler.reading.lists import ListSource, further
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel


class JsonList(ListSource[JsonListOptions]):
    """The items of a JSON list by the paths that the options give."""

    kind = "json_list"
    options = JsonListOptions

    def read_list(self, channel: Channel, options: JsonListOptions, answer: Answer) -> Iterator[Found]:
        """The articles of the list, then its next page. Raises Unreadable."""
        data = parsed(channel, answer)
        items = items_at(channel, data, options.items or "")
        asks = {ask.url: ask for item in items if (ask := article_of(options, item, answer.url))}
        pages = [ask for ask in asks.values() if not is_file(ask.url)]
        inside = [ask for ask in pages if is_inside(channel, ask.url)]
        if not inside:
            raise none_inside(channel, options, items, list(asks))
        yield Note(why=why_taken(options, items, urls=len(asks), pages=len(pages), inside=len(inside)))
        yield from inside
        yield from further(channel, answer, pages=options.pages, target=lambda: next_page(options, data, answer.url))


SOURCE = JsonList()
