"""Every setting, read once from the environment."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.database import POOL_SIZE
from endpoints.choices import Format, Level, Readers
from quickbooks import options
from quickbooks.options import Options

# A board page of 100 with its line items asks for 1,100 rows; 20 customers with 10 invoices and
# their line items for 2,220.
COST_MAX = 20_000

SECRET_MIN = 32


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

    run_jobs: bool = Field(default=True, validation_alias="REMIT_RUN_JOBS")
    quickbooks_client_id: str | None = Field(
        default=None, min_length=1, validation_alias="REMIT_QUICKBOOKS_CLIENT_ID"
    )
    quickbooks_client_secret: SecretStr | None = Field(
        default=None, min_length=1, validation_alias="REMIT_QUICKBOOKS_CLIENT_SECRET"
    )
    quickbooks_webhook_verifier: SecretStr | None = Field(
        default=None, min_length=1, validation_alias="REMIT_QUICKBOOKS_WEBHOOK_VERIFIER"
    )
    quickbooks_authorize_url: str = Field(
        default=options.AUTHORIZE_URL, validation_alias="REMIT_QUICKBOOKS_AUTHORIZE_URL"
    )
    quickbooks_token_url: str = Field(
        default=options.TOKEN_URL, validation_alias="REMIT_QUICKBOOKS_TOKEN_URL"
    )
    quickbooks_revoke_url: str = Field(
        default=options.REVOKE_URL, validation_alias="REMIT_QUICKBOOKS_REVOKE_URL"
    )
    quickbooks_api_url: str = Field(
        default=options.API_URL, validation_alias="REMIT_QUICKBOOKS_API_URL"
    )
    quickbooks_poll_seconds: int = Field(
        default=900, ge=1, le=86_400, validation_alias="REMIT_QUICKBOOKS_POLL_SECONDS"
    )
    quickbooks_timeout_seconds: int = Field(
        default=30, ge=1, le=300, validation_alias="REMIT_QUICKBOOKS_TIMEOUT_SECONDS"
    )
    token_key: SecretStr | None = Field(default=None, validation_alias="REMIT_TOKEN_KEY")

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
        return self._kept("secret", lambda: secrets.token_urlsafe(SECRET_MIN))

    def token_keys(self) -> list[bytes]:
        """What tokens are encrypted with, the newest first; older ones only decrypt.

        Without a setting one is made, and kept with the data.
        """
        if self.token_key is not None:
            return self.token_key.get_secret_value().encode().split(b",")
        return [self._kept("token_key", lambda: Fernet.generate_key().decode())]

    def quickbooks(self) -> Options | None:
        """The app at Intuit; None where this server has none."""
        if self.quickbooks_client_id is None:
            return None
        secret, verifier = self.quickbooks_client_secret, self.quickbooks_webhook_verifier
        return Options(
            client_id=self.quickbooks_client_id,
            client_secret="" if secret is None else secret.get_secret_value(),
            redirect_url=f"{self.url}{options.CALLBACK_PATH}",
            webhook_verifier=None if verifier is None else verifier.get_secret_value(),
            authorize_url=self.quickbooks_authorize_url,
            token_url=self.quickbooks_token_url,
            revoke_url=self.quickbooks_revoke_url,
            api_url=self.quickbooks_api_url,
            poll_every=timedelta(seconds=self.quickbooks_poll_seconds),
            timeout_seconds=self.quickbooks_timeout_seconds,
        )

    def _kept(self, name: str, make: Callable[[], str]) -> bytes:
        """A secret of the data folder, made when it is first asked for."""
        path = self.data_dir / name
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            # Whole or not at all, and the same for all who start at once.
            draft = self.data_dir / f"{name}.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            draft.write_text(make())
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_bytes()
