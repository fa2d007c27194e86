"""What QuickBooks says when it refuses, in its three forms."""

from datetime import datetime
from xml.sax.saxutils import escape

from .clock import fine_stamp
from .json_text import Json

MESSAGES = {
    "610": ("Object Not Found", "Objet introuvable"),
    "2010": ("Request has invalid or unsupported property", "Propriété non prise en charge"),
    "2020": (
        "Required param missing, need to supply the required value for the API",
        "Paramètre obligatoire manquant",
    ),
    "2040": (
        "Invalid String. The string may contain unsupported or illegal chars",
        "Chaîne non valide",
    ),
    "2050": (
        "String length is either shorter or longer than supported by specification",
        "La longueur de la chaîne n'est pas prise en charge",
    ),
    "2090": ("Invalid Number", "Nombre non valide"),
    "2500": ("Invalid Reference Id", "Identifiant de référence non valide"),
    "4000": ("Error parsing query", "Erreur d'analyse de la requête"),
    "4001": ("Invalid query", "Requête non valide"),
    "5010": ("Stale Object Error", "Erreur d'objet périmé"),
    "6000": (
        "A business validation error has occurred while processing your request",
        "Une erreur de validation est survenue",
    ),
    "6070": ("Amount calculation incorrect in the request.", "Calcul du montant incorrect"),
    "6140": ("Duplicate Document Number Error", "Erreur de numéro de document en double"),
    "6190": ("Invalid Company Status", "Statut de l'entreprise non valide"),
    "6210": ("Account Period Closed, Cannot Update Through Services API", "Période close"),
    "6240": ("Duplicate Name Exists Error", "Ce nom existe déjà"),
    "6540": ("Deposited Transaction cannot be changed", "Une transaction déposée reste"),
    "10000": (
        "An application error has occurred while processing your request",
        "Une erreur d'application est survenue",
    ),
    "3001": ("message=ThrottleExceeded; errorCode=003001; statusCode=429", ""),
    "3100": ("message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403", ""),
    "3200": ("message=AuthenticationFailed; errorCode=003200; statusCode=401", ""),
}
GATEWAY = {"3001": "SERVICE", "3100": "AUTHORIZATION", "3200": "AUTHENTICATION"}
STATUS = {"3001": 429, "3100": 403, "3200": 401, "10000": 500}


class Refusal(Exception):
    """One fault; `tail` is what even a localised Detail holds in English."""

    def __init__(
        self, code: str, detail: str = "", element: str = "", *, tail: str = "", status: int = 0
    ) -> None:
        super().__init__(f"{code}: {detail or MESSAGES[code][0]}{tail}")
        self.code = code
        self.detail = detail
        self.element = element
        self.tail = tail
        self.status = status or STATUS.get(code, 400)

    def body(self, now: datetime, language: str = "en") -> Json:
        english, french = MESSAGES.get(self.code, ("Unknown error", ""))
        is_french = language == "fr" and french != ""
        message = french if is_french else english
        detail = (french if is_french else self.detail or english) + self.tail
        if self.code in GATEWAY:
            error = {"message": message, "detail": detail, "code": self.code, "element": None}
            return {
                "warnings": None,
                "intuitObject": None,
                "fault": {"error": [error], "type": GATEWAY[self.code]},
                "report": None,
                "queryResponse": None,
                "batchItemResponse": [],
                "time": int(now.timestamp() * 1000),
                "cdcresponse": [],
            }
        error = {"Message": message, "Detail": detail, "code": self.code, "element": self.element}
        kind = "SystemFault" if self.code == "10000" else "ValidationFault"
        return {"Fault": {"Error": [error], "type": kind}, "time": fine_stamp(now)}

    def xml(self, now: datetime) -> str:
        message = MESSAGES[self.code][0]
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<IntuitResponse time="{fine_stamp(now)}"'
            ' xmlns="http://schema.intuit.com/finance/v3">'
            f'<Fault type="{GATEWAY.get(self.code, "ValidationFault")}"><Error code="{self.code}">'
            f"<Message>{escape(message)}</Message><Detail>{escape(self.detail)}</Detail>"
            "</Error></Fault></IntuitResponse>"
        )


def missing(name: str) -> Refusal:
    return Refusal("2020", f"Required parameter {name} is missing in the request", name)


def not_found() -> Refusal:
    return Refusal(
        "610",
        "Object Not Found : Something you're trying to use has been made inactive. Check the "
        "fields with accounts, customers, items, vendors or employees.",
    )


def dangling(kind: str, row_id: str) -> Refusal:
    return Refusal("2500", f"Invalid Reference Id : {kind} element id {row_id} not found", kind)


def too_long(name: str, longest: int) -> Refusal:
    return Refusal("2050", f"String length specified does not match. Max allowed: {longest}", name)


def stale() -> Refusal:
    return Refusal(
        "5010",
        "Stale Object Error : You and another user were working on this at the same time. The "
        "other user finished before you did, so your work was not saved.",
    )


def business(detail: str) -> Refusal:
    return Refusal("6000", f"Business Validation Error: {detail}")


def number_taken(number: str, kind: str, row_id: str) -> Refusal:
    return Refusal(
        "6140",
        "Duplicate Document Number Error : You must specify a different number. This number has "
        "already been used.",
        tail=f" DocNumber={number} is assigned to TxnType={kind} with TxnId={row_id}",
    )


def name_taken() -> Refusal:
    return Refusal(
        "6240",
        "The name supplied already exists. : Another customer, vendor or employee is already "
        "using this name. Please use a different name.",
    )
