"""taxonomy.yaml: topics, audiences, actions, forms and districts, with what tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from config.taxonomy_shapes import CategoryShape, TaxonomyShape, check_agreement
from config.validation import Faults
from config.yamlfile import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Text that looks like a category and is not; excludes: ids it must not get by this text alone (may be empty)."""

    text: str
    why: str
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One topic, audience, action or form.

    id: ascii, stable, stored in records and addresses. label: what people see. prototypes: sentences to embed; the
    category's vector is their mean, or its best match is taken. keywords: exact strings that raise the score; a keyword
    alone never decides. masks: longer strings in which a keyword means something else (`节水果` for `节水`): where it
    stands inside one it does not count. traps: see Trap.
    """

    id: str
    label: str
    label_en: str
    prototypes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district, 经开区, or a place beyond the tile map (the whole city, 天津, 河北).

    id: ascii, stable; what records, search filters and `Unit.district` hold. label: 海淀区; short: 海淀. adcode:
    GB/T 2260, six digits, None where it has none. row, column: its tile on the schematic map, from 0; None: no tile.
    former_codes, names: what an import may say instead (merged or renamed districts, other spellings). in_text: strings
    that name it in running text; masks: longer strings in which one of them means another place (`南通市通州区`).
    """

    id: str
    label: str
    short: str
    adcode: str | None = None
    row: int | None = None
    column: int | None = None
    former_codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    in_text: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The deployment's lists, in the order of the file; ids are unique within each list."""

    version: int
    topics: tuple[Category, ...]
    audiences: tuple[Category, ...]
    actions: tuple[Category, ...]
    forms: tuple[Category, ...]
    districts: tuple[District, ...]
    _by_name: Mapping[str, District] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def district(self, text: str) -> District | None:
        """Return the district of that id, label, short form, adcode, former code or other name; None: unknown."""
        return self._by_name.get(text.strip())


def load_taxonomy(path: Path) -> Taxonomy:
    """Return the taxonomy of that file. Raises ConfigRefused with all faults."""
    document = read_yaml(path)
    faults = Faults(document)
    file = faults.must_read(TaxonomyShape, document.data, ())
    check_agreement(file, faults)
    faults.stop_if_any()
    districts = [(District(**dict(shape)), shape.every_name()) for shape in file.districts]
    return Taxonomy(
        version=file.version,
        topics=_categories(file.topics),
        audiences=_categories(file.audiences),
        actions=_categories(file.actions),
        forms=_categories(file.forms),
        districts=tuple(district for district, _ in districts),
        _by_name=MappingProxyType({name: district for district, names in districts for name in names}),
    )


def _categories(shapes: tuple[CategoryShape, ...]) -> tuple[Category, ...]:
    return tuple(
        Category(
            id=shape.id,
            label=shape.label,
            label_en=shape.label_en,
            prototypes=shape.prototypes,
            keywords=shape.keywords,
            masks=shape.masks,
            traps=tuple(Trap(text=trap.text, why=trap.why, excludes=trap.excludes) for trap in shape.traps),
        )
        for shape in shapes
    )
