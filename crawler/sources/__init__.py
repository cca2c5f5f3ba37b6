"""Kinds of sources: one file a kind. A file that sets `SOURCE` is found here; nothing else names it."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from config.units.options import own_options
from crawler.exchange import Options, Source, Unreadable
from indexer.whitelist.records import Channel


class SourceUnknown(LookupError):
    """A channel names a kind of source that no file here offers."""


@cache
def sources() -> Mapping[str, Source[Any]]:
    """Return all kinds by name."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found: list[Source[Any]] = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return MappingProxyType({source.kind: source for source in found})


def source_of(kind: str) -> Source[Any]:
    """Return the source of this kind. Raises SourceUnknown, which lists the kinds there are."""
    if (source := sources().get(kind)) is None:
        raise SourceUnknown(f"没有名为 {kind} 的采集方式。可用的有：{'、'.join(sorted(sources()))}")
    return source


def options_of(source: Source[Options], channel: Channel) -> Options:
    """Return what the channel's record says as the source's own model. Raises Unreadable where that cannot be used.

    An option that the kind does not take is passed over: files are refused for it, an older record is not.
    """
    model = source.options
    recorded = {name: value for name, value in own_options(channel.options).items() if name in model.model_fields}
    try:
        return model.model_validate(recorded)
    except ValidationError as error:
        names = "、".join(dict.fromkeys(str(entry["loc"][0]) for entry in error.errors(include_url=False)))
        raise Unreadable(
            channel,
            f"渠道的采集选项 {names} 写法不对（{_shown(recorded, error)}）",
            do="请在白名单里按采集方式的说明改正",
        ) from error


def _shown(recorded: Mapping[str, str], error: ValidationError) -> str:
    return "、".join(recorded[str(entry["loc"][0])][:80] for entry in error.errors(include_url=False))
