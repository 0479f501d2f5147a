"""The views that can be a slide: their keys, which stand in the files of briefings and never change."""

from comparison.figures import figures
from comparison.life import OUTCOMES

# Key of the figure or table -> the page it belongs to, by its place in the address ("" is the first).
_NOT_YET: dict[str, str] = {
    "ket-luan-mo-hinh": "mo-hinh",
    "dong-thoi-gian": "mo-hinh",
    "danh-muc-mo-hinh": "mo-hinh",
    "don-vi-lam-mo-hinh": "mo-hinh",
    "tieu-chi": "mo-hinh",
    "ket-luan": "mo-hinh",
    "vi-tri": "mo-hinh",
    # Without an outcome the one that the page itself would show first.
    "tu-khi-bat-dau": "mo-hinh",
    **{f"tu-khi-bat-dau-{name}": "mo-hinh" for name in OUTCOMES},
    "so-sanh-don-vi": "so-sanh",
    "so-sanh-thang-on_time": "so-sanh",
    "so-sanh-thang-late": "so-sanh",
    "so-sanh-thang-satisfied": "so-sanh",
    "so-sanh-thang-received": "so-sanh",
    "so-sanh-linh-vuc": "so-sanh",
}

VIEWS: dict[str, str] = _NOT_YET | {figure.key: figure.page for figure in figures().values() if figure.is_slide}
