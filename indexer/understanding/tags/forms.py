"""Suggest the form of a piece (article, video, lecture …) from its kind and from the words of title and text."""

from collections.abc import Sequence

from config.taxonomy import Category
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.keywords import MOST, Keywords

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

# The forms that an item has by its kind; an activity's form is only known from its words.
BY_KIND = {ItemKind.ARTICLE: "article", ItemKind.VIDEO: "video", ItemKind.LIVE: "live"}
NEEDED = 2  # once in the title, or two words of the text


class FormTagger:
    """The tagger of forms, by words alone: forms have no prototypes."""

    def __init__(self, forms: Sequence[Category]) -> None:
        self._keywords = Keywords(forms)
        self._known = {form.id for form in forms}

    def tags(self, title: str, text: str, kind: ItemKind) -> tuple[Tag, ...]:
        """Return the form of the kind with certainty, and those that words speak for. Pure."""
        signals = self._keywords.signals(title, text)
        scores = {form: round(count / (MOST + 1), 3) for form, count in signals.items() if count >= NEEDED}
        own = BY_KIND.get(kind)
        if own in self._known:
            scores[own] = 1.0
        ordered = sorted(scores.items(), key=lambda pair: -pair[1])
        return tuple(Tag(facet=Facet.FORM, id=form, score=score) for form, score in ordered)
