"""How often verdicts on models are wrong and right, as a table in words."""

from collections.abc import Sequence

import polars as pl

from comparison.scope import Language
from comparison.statistics.simulations import Simulated
from comparison.wording import number, percent, say


def simulations_table(language: Language, rows: Sequence[Simulated]) -> pl.DataFrame:
    """One row a roll-out; headings and cells in words."""
    names = ("pilots", "waves", "wrong", "wrong_at_least", "found")
    cells = [
        (
            number(language, row.pilots),
            number(language, row.waves),
            percent(language, row.wrong / row.districts),
            percent(language, row.wrong_at_least),
            percent(language, row.found / row.districts),
        )
        for row in rows
    ]
    schema = {say(language, f"definition.column_{name}"): pl.String for name in names}
    return pl.DataFrame(cells, schema=schema, orient="row")
