"""synonyms.yaml: words of which one may stand for another in a search."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from config.files.faults import Faults, Strict
from config.files.yaml import read_yaml

Word = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Group = Annotated[tuple[Word, ...], Field(min_length=2, max_length=20)]


class _Synonyms(Strict):
    version: int = Field(1, ge=1, le=1)
    groups: tuple[Group, ...] = ()


def load_synonyms(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the groups in the order of the file. Raises ConfigRefused with all faults."""
    document = read_yaml(path)
    faults = Faults(document)
    file = faults.must_read(_Synonyms, document.data, ())
    faults.stop_if_any()
    return file.groups
