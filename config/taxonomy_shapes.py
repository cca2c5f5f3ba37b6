"""What taxonomy.yaml may hold, and what must agree within it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from config.validation import Faults, Strict

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
LISTS = ("topics", "audiences", "actions", "forms")


class TrapShape(Strict):
    """A text that only looks like a category."""

    text: Text
    why: Text
    excludes: tuple[Id, ...] = ()


class CategoryShape(Strict):
    """One topic, audience, action or form."""

    id: Id
    label: Text
    label_en: Text
    prototypes: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    masks: tuple[Text, ...] = ()
    traps: tuple[TrapShape, ...] = ()


class DistrictShape(Strict):
    """A district with its codes, its names and its tile."""

    id: Id
    label: Text
    short: Text
    adcode: Code | None = None
    row: int | None = Field(None, ge=0, le=20)
    column: int | None = Field(None, ge=0, le=20)
    former_codes: tuple[Code, ...] = ()
    names: tuple[Text, ...] = ()
    in_text: tuple[Text, ...] = ()
    masks: tuple[Text, ...] = ()

    def every_name(self) -> tuple[str, ...]:
        """Return every text by which the district may be given, without repeats."""
        code = (self.adcode,) if self.adcode else ()
        return tuple(dict.fromkeys((self.id, self.label, self.short, *code, *self.former_codes, *self.names)))


class TaxonomyShape(Strict):
    """The whole file."""

    version: int = Field(ge=1)
    topics: tuple[CategoryShape, ...] = Field(min_length=1)
    audiences: tuple[CategoryShape, ...] = Field(min_length=1)
    actions: tuple[CategoryShape, ...] = ()
    forms: tuple[CategoryShape, ...] = ()
    districts: tuple[DistrictShape, ...] = Field(min_length=1)


def check_agreement(file: TaxonomyShape, faults: Faults) -> None:
    """Note ids used twice, exclusions of unknown ids, masks without effect, districts that cannot be told apart."""
    known = {category.id for name in LISTS for category in categories(file, name)}
    for name in LISTS:
        seen: set[str] = set()
        for number, category in enumerate(categories(file, name)):
            if category.id in seen:
                faults.add((name, number, "id"), what=f"the id `{category.id}` stands twice", do="Give each its own.")
            seen.add(category.id)
            _check_words(category, known=known, faults=faults, name=name, number=number)
    _check_districts(file.districts, faults)


def categories(file: TaxonomyShape, name: str) -> tuple[CategoryShape, ...]:
    """Return one of the four lists by its key."""
    return {"topics": file.topics, "audiences": file.audiences, "actions": file.actions, "forms": file.forms}[name]


def _check_words(category: CategoryShape, *, known: set[str], faults: Faults, name: str, number: int) -> None:
    for index, mask in enumerate(category.masks):
        if not any(word in mask for word in category.keywords):
            what = f"the mask `{mask}` holds no keyword of `{category.id}`"
            faults.add((name, number, "masks", index), what=what, do="Remove it, or correct its spelling.")
    for index, trap in enumerate(category.traps):
        for wrong in sorted(set(trap.excludes) - known):
            what = f"`{wrong}` is no id of this file"
            faults.add(
                (name, number, "traps", index, "excludes"), what=what, do="Write an id that stands in this file."
            )


def _check_districts(districts: tuple[DistrictShape, ...], faults: Faults) -> None:
    owners: dict[str, str] = {}
    tiles: dict[tuple[int, int], str] = {}
    for number, district in enumerate(districts):
        for text in district.every_name():
            if text in owners:
                what = f"`{text}` already means `{owners[text]}`"
                faults.add(("districts", number), what=what, do="Let each id, code and name mean one district.")
            owners.setdefault(text, district.id)
        if (district.row is None) != (district.column is None):
            faults.add(("districts", number), what="has half a tile", do="Give both row and column, or neither.")
        elif district.row is not None and district.column is not None:
            tile = (district.row, district.column)
            if tile in tiles:
                what = f"its tile is that of `{tiles[tile]}`"
                faults.add(("districts", number, "row"), what=what, do="Give each its own row and column.")
            tiles[tile] = district.id
