"""structlog set-up: lines for a person or JSON, on stderr, with secrets taken out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import cast

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
SECRET_NAMES = frozenset(
    {
        "password",
        "passwd",
        "token",
        "secret",
        "key",
        "authorization",
        "cookie",
        "credential",
        "credentials",
        "appsecret",
    }
)
NAME_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
IN_QUERY = re.compile(r"(?i)\b((?:access_|refresh_)?token|secret|appsecret|password|api_key|signature)=[^&\s\"']+")


def set_up_logs(*, as_json: bool, level: int = logging.INFO) -> None:
    """Send structlog's events and the standard library's records (Scrapy, waitress …) to stderr in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared[:3], *shared[4:], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # so that a process may be set up once more, as tests do
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide_secrets, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what a key name or a type marks as secret, at any depth, and secrets inside addresses."""
    return cast(EventDict, _hidden_mapping(event))


def is_secret_name(name: str) -> bool:
    """Tell whether one of the words of a key name is one that marks a secret: `meilisearch_key`, `appSecret`."""
    return any(part.lower() in SECRET_NAMES for part in NAME_PARTS.findall(name))


def _hidden_mapping(values: Mapping[str, object]) -> MutableMapping[str, object]:
    return {name: _hidden_value(str(name), value) for name, value in values.items()}


def _hidden_value(name: str, value: object) -> object:
    if name.startswith("_"):  # structlog's own: the record and where it came from
        return value
    if isinstance(value, SecretStr) or is_secret_name(name):
        return value if value is None else HIDDEN
    if isinstance(value, Mapping):
        return _hidden_mapping(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden_value("", part) for part in value]
    if isinstance(value, str):
        return IN_QUERY.sub(rf"\1={HIDDEN}", IN_ADDRESS.sub(HIDDEN, value))
    return value
