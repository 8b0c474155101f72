"""What can go wrong while a report is written."""

from sottovoce.errors import SottovoceError


class ReportError(SottovoceError):
    """The report cannot be written where it was asked for."""

    type = "report"
