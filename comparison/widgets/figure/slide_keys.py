"""The views that can be a slide: their keys, which stand in the files of briefings and never change."""

from comparison.figures import figures
from comparison.signals import TRACKED

# Key of the figure or table -> the page it belongs to, by its place in the address ("" is the first).
_NOT_YET: dict[str, str] = {
    "o-so-lieu": "",
    "don-vi": "",
    **{f"dau-hieu-{name}": "" for name in TRACKED},
}

VIEWS: dict[str, str] = _NOT_YET | {figure.key: figure.page for figure in figures().values() if figure.is_slide}
