"""Kinds of sources: one file a kind. A file that sets `SOURCE` is found here; nothing else names it."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from crawler.exchange import Source


class SourceUnknown(LookupError):
    """A channel names a kind of source that no file here offers."""


@cache
def sources() -> Mapping[str, Source]:
    """Return all kinds by name."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found: list[Source] = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return MappingProxyType({source.kind: source for source in found})


def source_of(kind: str) -> Source:
    """Return the source of this kind. Raises SourceUnknown, which lists the kinds there are."""
    if (source := sources().get(kind)) is None:
        raise SourceUnknown(f"没有名为 {kind} 的采集方式。可用的有：{'、'.join(sorted(sources()))}")
    return source
