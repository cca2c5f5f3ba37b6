"""Check a configuration file by what it holds: a whitelist, a taxonomy, a policy, the editions, the synonyms."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from config.editions import load_editions
from config.errors import ConfigRefused, Problem
from config.files.yaml import read_yaml
from config.policy import load_policy
from config.settings import Settings
from config.synonyms import load_synonyms
from config.taxonomy import Taxonomy, load_taxonomy
from config.units.load import load_units

WHITELISTS = (".csv", ".xlsx")
MARKS = {"rules": "policy", "topics": "taxonomy", "districts": "taxonomy", "editions": "editions", "groups": "synonyms"}


def check_file(path: Path, settings: Settings) -> str:
    """Return what the file holds, in words. Raises ConfigRefused with all its faults."""
    match kind_of(path):
        case "policy":
            return f"{len(load_policy(path).rules)} rules"
        case "taxonomy":
            taxonomy = load_taxonomy(path)
            return f"{len(taxonomy.topics)} topics, {len(taxonomy.districts)} districts"
        case "editions":
            return f"{len(load_editions(path))} editions"
        case "synonyms":
            return f"{len(load_synonyms(path))} groups of synonyms"
        case _:
            units = load_units(path, taxonomy=load_taxonomy(settings.taxonomy_file))
            return f"{len(units)} units, {sum(len(unit.channels) for unit in units)} channels"


def check_own_files(settings: Settings) -> None:
    """Return where the deployment's taxonomy, policy, editions, synonyms and whitelist can be used: asked before work.

    Each is read as what it is set as, whatever it holds. Raises ConfigRefused with the faults of all of them.
    """
    problems: list[Problem] = []
    taxonomy: Taxonomy | None = None
    try:
        taxonomy = load_taxonomy(settings.taxonomy_file)
    except ConfigRefused as refused:
        problems.extend(refused.problems)
    others: list[tuple[Callable[[Path], object], Path]] = [
        (load_policy, settings.policy_file),
        (load_editions, settings.editions_file),
        (load_synonyms, settings.synonyms_file),
    ]
    if taxonomy is not None:  # without it, districts would be named as faults of the whitelist
        others.append((partial(load_units, taxonomy=taxonomy), settings.units_file))
    for load, path in others:
        try:
            load(path)
        except ConfigRefused as refused:
            problems.extend(refused.problems)
    if problems:
        raise ConfigRefused(problems)


def kind_of(path: Path) -> str:
    """Return `policy`, `taxonomy`, `editions` or `synonyms` where the keys of a YAML file say so; else `whitelist`."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return "whitelist"
    data = read_yaml(path).data
    return next((MARKS[key] for key in data if key in MARKS), "whitelist") if isinstance(data, dict) else "whitelist"
