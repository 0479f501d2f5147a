"""From one export file to typed rows, with every row accounted for and personal columns gone."""

from etl.reading.parse import read
from etl.reading.parsed import Parsed
from etl.reading.refusal import FileRefused

__all__ = ["FileRefused", "Parsed", "read"]
