"""The tags of an item as its page lists them: each with how sure it is, and why it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.records.understood import MACHINE
from indexer.understanding.learning.reasons import Reason
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.port import Why
from indexer.understanding.whereabouts.reading import Whereabouts
from web.app.site import site
from web.public.item import known_name

NO_REASON = Why()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag with its score. words, sentence: of the piece, that speak for it.

    by_person: a person set it. by_seat: a district, named by nothing but where the unit sits. by_whole: the tagger
    says it now and names no word: the kind of the piece, or all of it together.
    """

    label: str
    score: float
    words: Sequence[str] = ()
    sentence: str = ""
    by_person: bool = False
    by_seat: bool = False
    by_whole: bool = False

    @property
    def has_reason(self) -> bool:
        """Whether there is anything to say beside the tag."""
        return bool(self.words or self.sentence) or self.by_person or self.by_seat or self.by_whole


def label(tag: Tag) -> str:
    """Return the tag's name; of one that the taxonomy lost, its id."""
    return known_name(tag, site().taxonomy) or tag.id


def views(tags: Sequence[Tag], reasons: Reason, read: Whereabouts) -> list[TagView]:
    """Return the tags in their order. read: what the text says of where its event is."""
    places = {one.district: one.words for one in read.districts}
    return [_view(tag, reasons, places) for tag in tags]


def _view(tag: Tag, reasons: Reason, places: Mapping[str, str]) -> TagView:
    name = label(tag)
    if tag.by != MACHINE:
        return TagView(label=name, score=tag.score, by_person=True)
    if tag.facet is Facet.DISTRICT:
        words = places.get(tag.id, "")
        return TagView(label=name, score=tag.score, words=(words,) if words else (), by_seat=not words)
    why = reasons.get((tag.facet, tag.id), NO_REASON)
    is_said, is_told = (tag.facet, tag.id) in reasons, bool(why.words or why.sentence)
    return TagView(
        label=name, score=tag.score, words=why.words, sentence=why.sentence, by_whole=is_said and not is_told
    )
