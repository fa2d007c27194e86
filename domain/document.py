"""Documents of an invoice: what they are, and how large they may be."""

from enum import StrEnum

SIZE_BYTES_MAX = 26_214_400
DOCUMENTS_MAX = 100


class DocumentType(StrEnum):
    BILL_OF_LADING = "billOfLading"
    PROOF_OF_DELIVERY = "proofOfDelivery"
    PROOF_OF_PICKUP = "proofOfPickup"
    RATE_CONFIRMATION = "rateConfirmation"
    COMMERCIAL_INVOICE = "commercialInvoice"
    INVOICE = "invoice"
    OTHER = "other"
