"""Files for accounting systems."""

import re
from datetime import timedelta
from enum import StrEnum

# How long its address is good, and how long what was asked for is remembered.
LIFETIME = timedelta(hours=1)
KEPT = LIFETIME + timedelta(days=1)

# What a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TO_BE_QUOTED = re.compile('[",\r\n]')


class ExportFormat(StrEnum):
    CSV = "csv"
    JSON = "json"


def csv_text(text: str) -> str:
    """A cell of what people have written; a spreadsheet shows it and never calculates it."""
    if text.startswith(_FORMULA):
        text = f"'{text}"
    if _TO_BE_QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
