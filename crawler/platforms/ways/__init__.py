"""Ways into platforms: one file a way. A file that sets `WAY` is found here; nothing else names it."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from crawler.platforms.port import Way
from indexer.connections.records import Platform


@cache
def ways() -> Mapping[Platform, Way]:
    """Return all ways by their platform."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found: list[Way] = [module.WAY for module in modules if hasattr(module, "WAY")]
    return MappingProxyType({way.platform: way for way in found})
