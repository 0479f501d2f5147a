"""How a value may be shown in a message: what could be a person's is told by its form only."""

from etl.kinds import Form
from etl.person_names import is_person_name
from etl.personal import described, has_personal_number

_LONGEST = 80


def masked(value: str, form: Form, *, is_shifted: bool = False) -> str:
    """The value, or its form. Names of units, fields and labels are shown, unless their row is known to be shifted;
    in columns of dates and numbers nothing with letters is, and nowhere a person's name, telephone or identity
    number."""
    hides_letters = form in ("moment", "day", "count", "score") or is_shifted
    if (
        has_personal_number(value)
        or is_person_name(value)
        or (hides_letters and any(letter.isalpha() for letter in value))
    ):
        return described(value)
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
