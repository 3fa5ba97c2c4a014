"""Every setting: environment variables that start with CRM_."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

RoleName = Literal["manager", "lead", "admin"]


class Settings(BaseSettings):
    """Each field is one environment variable, for example CRM_DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="CRM_", extra="ignore")

    data_dir: Path = Field(Path("data"), description="Where the live database, uploads and backups are kept.")
    database_url: str = Field("", description="Empty: DuckDB in the data folder. postgresql+psycopg://... otherwise.")
    exchange_zone: str = Field("Asia/Shanghai", description="The zone in which the exchange closes its day at 00:00.")
    venue: str = Field("OKX", description="The venue of a client list that does not name one.")
    phone_country: str = Field("", description="Country (ISO, two letters) of phone numbers that do not say theirs.")
    upload_limit_mb: int = Field(300, ge=1, description="The largest file that may be imported, in MB.")
    unpacked_limit_mb: int = Field(2000, ge=1, description="The largest size to which a packed file may unpack, in MB.")
    reading_memory_mb: int = Field(
        1000, ge=100, description="What the reading of one workbook or packed file may take of memory, in MB."
    )
    reading_seconds: int = Field(
        10, ge=1, description="The seconds of a processor that it may take, and one more for every 2 MB of the file."
    )
    memory_mb: int = Field(850, ge=200, description="What DuckDB may hold in memory, in MB; beyond it works on disk.")
    session_idle_minutes: int = Field(480, ge=1, description="A signed-in session ends after so long without a click.")
    session_hours: int = Field(168, ge=1, description="A signed-in session ends after so many hours in any case.")
    public_url: str = Field(
        "", description="The address people type, if a proxy stands in front; https makes cookies Secure."
    )
    key_file: Path | None = Field(
        None, description="The key that seals the journal and second factors; empty: the file `key` in the data folder."
    )
    second_factor_roles: Annotated[frozenset[RoleName], NoDecode] = Field(
        frozenset(), description="Roles that need a second factor, such as lead,admin."
    )
    confirm_minutes: int = Field(
        15, ge=1, description="So long after proving who one is, exports, tokens, accounts and links ask no more."
    )
    backups_kept: int = Field(7, ge=1, description="So many nightly backups are kept.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("second_factor_roles", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @property
    def url(self) -> str:
        return self.database_url or f"duckdb:///{self.data_dir / 'crm.duckdb'}"


@lru_cache
def settings() -> Settings:
    """The settings of this process; `settings.cache_clear()` after the environment changed."""
    return Settings()
