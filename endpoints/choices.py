"""What operators may choose by settings; here, because every command reads those."""

from enum import StrEnum


class Format(StrEnum):
    """How a line of the log looks; AUTO is for people where people look on."""

    AUTO = "auto"
    CONSOLE = "console"
    JSON = "json"


class Level(StrEnum):
    """The least that is told. Requests are told at INFO."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Readers(StrEnum):
    """Who may read the metrics."""

    LOCAL = "local"
    PUBLIC = "public"
    OFF = "off"
