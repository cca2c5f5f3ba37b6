"""Choose what is put before a text for a model: its own prompts, or the prefixes of the e5 family."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

PASSAGE_NAMES = ("document", "passage", "corpus")  # what models call it, the one that counts first
# A part of the name, as in `multilingual-e5-small`, not letters of another word. The instruct models of the family
# want a task in words, which only their own prompts can give.
E5 = re.compile(r"(?:^|[-_.])e5(?:[-_.@]|$)")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a query and before a passage; empty where the model wants the bare text."""

    query: str = ""
    passage: str = ""


def prompts_of(own: Mapping[str, str], *, name: str) -> Prompts:
    """Return the prompts of a model. own: those of its config_sentence_transformers.json; name: what it is called.

    A model that names any prompt is believed; only one without is known by its name.
    """
    query = own.get("query", "")
    passage = next((found for key in PASSAGE_NAMES if (found := own.get(key, ""))), "")
    if not (query or passage) and is_e5(name):
        return Prompts("query: ", "passage: ")
    return Prompts(query, passage)


def is_e5(name: str) -> bool:
    """Tell whether a model's name is one of the e5 family that was trained with `query: ` and `passage: `."""
    own = name.lower().rpartition("/")[2]
    return E5.search(own) is not None and "instruct" not in own
