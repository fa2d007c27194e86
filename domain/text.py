"""What people type: lengths, codes, full ids, and the words of a search."""

import re
import unicodedata
from collections.abc import Iterable

from domain.errors import InvalidInput
from domain.money import CURRENCIES

NAME_MAX = 200
NOTES_MAX = 10_000
REFERENCE_MAX = 100
REASON_MAX = 500
IDEMPOTENCY_KEY_MAX = 255
SEARCH_MAX = 200
SEARCH_WORDS_MAX = 10
WORD_MAX = 64

_FULL_ID_DIGITS_MAX = 15
# Neither database keeps these.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# The rule of `_word_starts` said again, much faster, for what nearly all texts are.
_ASCII_WORDS = re.compile(rf"(?=((?:(?<!\S)\S|(?<=[^a-z0-9\s])[a-z0-9])\S{{,{WORD_MAX - 1}}}))")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

# ISO 3166-1 alpha-2.
COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)


def check_required(value: str, field: str, maximum: int) -> str:
    """The text without surrounding blanks; blank or too long is refused."""
    stripped = value.strip()
    if not stripped:
        raise InvalidInput("This may not be empty", field)
    return _check_text(stripped, field, maximum)


def check_optional(value: str | None, field: str, maximum: int) -> str | None:
    """As `check_required`, but blank and absent both mean none."""
    stripped = (value or "").strip()
    return _check_text(stripped, field, maximum) if stripped else None


def cut(value: str | None, maximum: int) -> str | None:
    """A text from elsewhere as it can be kept: one that is too long ends in a sign that says so."""
    stripped = _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", (value or "").strip())
    if len(stripped) > maximum:
        return stripped[: maximum - 1] + "…"
    return stripped or None


def check_email(value: str | None) -> str | None:
    email = check_optional(value, "email", NAME_MAX)
    if email is not None and not _EMAIL.fullmatch(email):
        raise InvalidInput("This is not an e-mail address", "email")
    return email


def check_country(code: str) -> str:
    if code not in COUNTRIES:
        raise InvalidInput("This is not an ISO 3166-1 country code, such as CA", "country_code")
    return code


def check_currency(code: str) -> str:
    if code not in CURRENCIES:
        raise InvalidInput("This is not the ISO 4217 code of a two-decimal currency", "currency")
    return code


def number_of(full_id: str, prefix: str) -> int | None:
    """12 of `INVOICE-12`; nothing for text that is not exactly such an id."""
    digits = full_id.removeprefix(f"{prefix}-")
    is_plain = digits.isascii() and digits.isdigit() and not digits.startswith("0")
    if digits == full_id or not is_plain or len(digits) > _FULL_ID_DIGITS_MAX:
        return None
    return int(digits)


def folded(text: str) -> str:
    """The form in which texts are compared and sorted when case does not matter."""
    if text.isascii():
        return text.lower()
    # Folding takes some letters apart, hence composed anew.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def searchable_words(texts: Iterable[str | None]) -> set[str]:
    """Every piece of the texts that a search word may be the beginning of.

    A word begins after a blank, and also after a sign inside it, so that `INVOICE-12` is found
    by `invoice-1` and by `12`. Signs themselves are text.
    """
    words: set[str] = set()
    for text in filter(None, texts):
        comparable = folded(text)
        if comparable.isascii():
            words.update(_ASCII_WORDS.findall(comparable))
        else:
            for chunk in comparable.split():
                words.update(chunk[start : start + WORD_MAX] for start in _word_starts(chunk))
    return words


def search_terms(search: str) -> list[str]:
    """The words of a search, each to be found as the beginning of a searchable word."""
    return sorted({chunk[:WORD_MAX] for chunk in folded(search).split()})


def _word_starts(chunk: str) -> Iterable[int]:
    for index, character in enumerate(chunk):
        if index == 0 or (character.isalnum() and not _is_in_word(chunk[index - 1])):
            yield index


def _is_in_word(character: str) -> bool:
    # Vowel signs and accents are marks of the letter before them.
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _check_text(value: str, field: str, maximum: int) -> str:
    if len(value) > maximum:
        raise InvalidInput(f"At most {maximum:,} characters are allowed", field)
    if _UNSTORABLE.search(value):
        raise InvalidInput("This holds a character that is not text", field)
    return value
