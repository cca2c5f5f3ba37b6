"""taxonomy.yaml: topics, audiences, actions, forms and districts, with what tells them apart."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from config.files.faults import NOT_EMPTY, Faults, Strict
from config.files.yaml import read_yaml

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Place = Annotated[int, Field(ge=0, le=20)]


class Trap(Strict):
    """Text that looks like a category and is not; excludes: ids it must not get by this text alone (may be empty)."""

    text: Text
    why: Text
    excludes: tuple[Id, ...] = ()


class Category(Strict):
    """One topic, audience, action or form.

    id: ascii, stable, stored in records and addresses. label: what people see. prototypes: sentences to embed; the
    category's vector is their mean, or its best match is taken. keywords: exact strings that raise the score; a keyword
    alone never decides. masks: longer strings in which a keyword means something else (`节水果` for `节水`): where it
    stands inside one it does not count. traps: see Trap.
    """

    id: Id
    label: Text
    label_en: Text
    prototypes: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    masks: tuple[Text, ...] = ()
    traps: tuple[Trap, ...] = ()


class District(Strict):
    """A district, 经开区, or a place beyond the tile map (the whole city, 天津, 河北).

    id: ascii, stable; what records, search filters and `Unit.district` hold. label: 海淀区; short: 海淀. adcode:
    GB/T 2260, six digits, None where it has none. row, column: its tile on the schematic map, from 0; None: no tile.
    former_codes, names: what an import may say instead (merged or renamed districts, other spellings). in_text: strings
    that name it in running text; masks: longer strings in which one of them means another place (`南通市通州区`).
    """

    id: Id
    label: Text
    short: Text
    adcode: Code | None = None
    row: Place | None = None
    column: Place | None = None
    former_codes: tuple[Code, ...] = ()
    names: tuple[Text, ...] = ()
    in_text: tuple[Text, ...] = ()
    masks: tuple[Text, ...] = ()

    @property
    def every_name(self) -> tuple[str, ...]:
        """Every text by which the district may be given, without repeats."""
        code = (self.adcode,) if self.adcode else ()
        return tuple(dict.fromkeys((self.id, self.label, self.short, *code, *self.former_codes, *self.names)))


class Taxonomy(Strict):
    """The deployment's lists, in the order of the file; ids are unique within each list."""

    version: int = Field(ge=1)
    topics: Annotated[tuple[Category, ...], NOT_EMPTY]
    audiences: Annotated[tuple[Category, ...], NOT_EMPTY]
    actions: tuple[Category, ...] = ()
    forms: tuple[Category, ...] = ()
    districts: Annotated[tuple[District, ...], NOT_EMPTY]

    def district(self, text: str) -> District | None:
        """Return the district of that id, label, short form, adcode, former code or other name; None: unknown."""
        return self._by_name.get(text.strip())

    @cached_property
    def _by_name(self) -> Mapping[str, District]:
        return {name: district for district in self.districts for name in district.every_name}

    @property
    def categories(self) -> Mapping[str, tuple[Category, ...]]:
        """The four lists of categories by their key in the file."""
        return {"topics": self.topics, "audiences": self.audiences, "actions": self.actions, "forms": self.forms}


def load_taxonomy(path: Path) -> Taxonomy:
    """Return the taxonomy of that file. Raises ConfigRefused with all faults."""
    document = read_yaml(path)
    faults = Faults(document)
    taxonomy = faults.must_read(Taxonomy, document.data, ())
    _check_categories(taxonomy, faults)
    _check_districts(taxonomy.districts, faults)
    faults.stop_if_any()
    return taxonomy


def _check_categories(taxonomy: Taxonomy, faults: Faults) -> None:
    """Note ids used twice, exclusions of unknown ids, masks without effect."""
    known = {category.id for categories in taxonomy.categories.values() for category in categories}
    for name, categories in taxonomy.categories.items():
        faults.check_unique_ids(name, do="Give each its own.")
        for number, category in enumerate(categories):
            for index, mask in enumerate(category.masks):
                if not any(word in mask for word in category.keywords):
                    what = f"the mask `{mask}` holds no keyword of `{category.id}`"
                    faults.add((name, number, "masks", index), what=what, do="Remove it, or correct its spelling.")
            for index, trap in enumerate(category.traps):
                for wrong in sorted(set(trap.excludes) - known):
                    spot = (name, number, "traps", index, "excludes")
                    faults.add(
                        spot, what=f"`{wrong}` is no id of this file", do="Write an id that stands in this file."
                    )


def _check_districts(districts: tuple[District, ...], faults: Faults) -> None:
    """Note districts that cannot be told apart, by name or on the map."""
    owners: dict[str, str] = {}
    tiles: dict[tuple[int, int], str] = {}
    for number, district in enumerate(districts):
        for text in district.every_name:
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
