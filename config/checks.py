"""Check a configuration file by what it holds: a whitelist, a taxonomy, a policy, the editions."""

from pathlib import Path

from config.editions import load_editions
from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import load_taxonomy
from config.units import load_units
from config.yamlfile import read_yaml

WHITELISTS = (".csv", ".xlsx")
MARKS = {"rules": "policy", "topics": "taxonomy", "districts": "taxonomy", "editions": "editions"}


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
        case _:
            units = load_units(path, taxonomy=load_taxonomy(settings.taxonomy_file))
            return f"{len(units)} units, {sum(len(unit.channels) for unit in units)} channels"


def kind_of(path: Path) -> str:
    """Return `policy`, `taxonomy` or `editions` where the first keys of a YAML file say so; else `whitelist`."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return "whitelist"
    data = read_yaml(path).data
    return next((MARKS[key] for key in data if key in MARKS), "whitelist") if isinstance(data, dict) else "whitelist"
