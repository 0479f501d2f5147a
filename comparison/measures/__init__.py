"""Measures: what is counted (`<name>.sql`), what it means (`<name>.toml`), and the one place that runs and divides."""

from comparison.measures.definitions import Definition, catalogue
from comparison.measures.known import known
from comparison.measures.query import GROUPS, CannotAnswer
from comparison.measures.run import latest_cut_off, measure

__all__ = ["GROUPS", "CannotAnswer", "Definition", "catalogue", "known", "latest_cut_off", "measure"]
