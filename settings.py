"""Every setting, read once from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

# A board page of 100 with its line items asks for 1,100 rows; 20 customers with 10 invoices and
# their line items for 2,220.
COST_MAX = 20_000


class Settings(BaseSettings):
    """Where the server listens and where its data is."""

    model_config = SettingsConfigDict(frozen=True)

    host: str = Field(default="127.0.0.1", validation_alias="REMIT_HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="REMIT_PORT")
    data_dir: Path = Field(default=Path(".data"), validation_alias="REMIT_DATA_DIR")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    read_database_url: str | None = Field(default=None, validation_alias="READ_DATABASE_URL")

    trusted_documents: Path | None = Field(default=None, validation_alias="REMIT_TRUSTED_DOCUMENTS")
    trusted_documents_only: bool = Field(
        default=False, validation_alias="REMIT_TRUSTED_DOCUMENTS_ONLY"
    )

    cost_max: int = Field(default=COST_MAX, ge=1, validation_alias="REMIT_COST_MAX")

    @property
    def primary_url(self) -> str:
        """The database that is written to: SQLite in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'remit.db'}"
