"""editions.yaml: the campaign's years, each with its span in days."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from config.validation import Faults, Strict
from config.yamlfile import read_yaml

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionEntry:
    """One year's campaign; starts and ends are days in Beijing, both included. theme: empty until announced."""

    id: str
    label: str
    theme: str
    starts: date
    ends: date


class EditionShape(Strict):
    """What the file says of one edition."""

    id: Id
    label: Text
    theme: Text | None = None
    starts: date
    ends: date
    seen_in: str = ""


class EditionsShape(Strict):
    """The whole file; each edition is read by itself, so that one fault hides no other."""

    version: int = Field(1, ge=1, le=1)
    editions: tuple[dict[str, object], ...] = ()


def load_editions(path: Path) -> tuple[EditionEntry, ...]:
    """Return the editions in the order of the file. Raises ConfigRefused with all faults."""
    document = read_yaml(path)
    faults = Faults(document)
    file = faults.must_read(EditionsShape, document.data, ())
    entries: list[EditionEntry] = []
    for number, given in enumerate(file.editions):
        spot = ("editions", number)
        shape = faults.read(EditionShape, given, spot)
        if shape is None:
            continue
        if shape.ends < shape.starts:
            faults.add((*spot, "ends"), what="it ends before it starts", do="Exchange the two days, or correct one.")
        if any(entry.id == shape.id for entry in entries):
            faults.add((*spot, "id"), what=f"the id `{shape.id}` stands twice", do="Give each edition its own.")
        entries.append(
            EditionEntry(id=shape.id, label=shape.label, theme=shape.theme or "", starts=shape.starts, ends=shape.ends)
        )
    faults.stop_if_any()
    return tuple(entries)
