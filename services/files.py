"""What is needed to let files in and out."""

from dataclasses import dataclass

from services.signing import Signer
from services.storage import Storage


@dataclass(frozen=True, slots=True)
class Files:
    signer: Signer
    storage: Storage
