"""Every setting, read once from the environment."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.database import POOL_SIZE
from endpoints.choices import Format, Level, Readers

# A board page of 100 with its line items asks for 1,100 rows; 20 customers with 10 invoices and
# their line items for 2,220.
COST_MAX = 20_000

SECRET_MIN = 32


class BadSecret(Exception):
    """The secret that is kept with the data is none."""


class Settings(BaseSettings):
    """Where the server listens and where its data is."""

    model_config = SettingsConfigDict(frozen=True)

    host: str = Field(default="127.0.0.1", validation_alias="REMIT_HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="REMIT_PORT")
    require_keys: bool = Field(default=False, validation_alias="REMIT_REQUIRE_KEYS")
    data_dir: Path = Field(default=Path(".data"), validation_alias="REMIT_DATA_DIR")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    read_database_url: str | None = Field(default=None, validation_alias="READ_DATABASE_URL")

    trusted_documents: Path | None = Field(default=None, validation_alias="REMIT_TRUSTED_DOCUMENTS")
    trusted_documents_only: bool = Field(
        default=False, validation_alias="REMIT_TRUSTED_DOCUMENTS_ONLY"
    )

    storage_url: str | None = Field(default=None, validation_alias="REMIT_STORAGE_URL")
    public_url: str | None = Field(
        default=None, pattern=r"^https?://[^?#]*[^?#/]$", validation_alias="REMIT_PUBLIC_URL"
    )
    secret: SecretStr | None = Field(
        default=None, min_length=SECRET_MIN, validation_alias="REMIT_SECRET"
    )

    log_format: Format = Field(default=Format.AUTO, validation_alias="REMIT_LOG_FORMAT")
    log_level: Level = Field(default=Level.INFO, validation_alias="REMIT_LOG_LEVEL")
    metrics: Readers = Field(default=Readers.LOCAL, validation_alias="REMIT_METRICS")
    workers: int = Field(default=1, ge=1, le=64, validation_alias="REMIT_WORKERS")
    pool_size: int = Field(default=POOL_SIZE, ge=1, le=1000, validation_alias="REMIT_POOL_SIZE")

    cost_max: int = Field(default=COST_MAX, ge=1, validation_alias="REMIT_COST_MAX")

    @property
    def primary_url(self) -> str:
        """The database that is written to: SQLite in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'remit.db'}"

    @property
    def url(self) -> str:
        """Where clients reach this server, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    def signing_secret(self) -> bytes:
        """What addresses are signed with: without a setting one is made, and kept with the data."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        path = self.data_dir / "secret"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            # Whole or not at all, and the same for all who start at once.
            draft = self.data_dir / f"secret.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            with draft.open("w") as file:
                file.write(secrets.token_urlsafe(SECRET_MIN))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        found = path.read_bytes()
        if len(found) < SECRET_MIN:
            # With nothing to sign with, anybody could sign.
            raise BadSecret(
                f"{path} is no secret: it has less than {SECRET_MIN} characters. Remove it"
            )
        return found
