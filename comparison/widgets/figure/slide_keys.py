"""The views that can be a slide: their keys, which stand in the files of briefings and never change."""

from comparison.life import OUTCOMES
from comparison.signals import TRACKED

# Key of the figure or table -> the page it belongs to, by its place in the address ("" is the first).
VIEWS: dict[str, str] = {
    "o-so-lieu": "",
    "o-noi-bat": "",
    "don-vi": "",
    **{f"dau-hieu-{name}": "" for name in TRACKED},
    "tiep-nhan-giai-quyet": "khoi-luong",
    "hinh-thuc-nop": "khoi-luong",
    "ton-cuoi-thang": "khoi-luong",
    "lich-ho-so": "khoi-luong",
    "tiep-nhan-don-vi": "khoi-luong",
    "tiep-nhan-linh-vuc": "khoi-luong",
    "tiep-nhan-thu-tuc": "khoi-luong",
    "truc-tuyen-don-vi": "khoi-luong",
    "tet-voi-tet": "khoi-luong",
    "tuoi-ho-so-ton": "khoi-luong",
    "tai-ngay": "khoi-luong",
    "tai-cong-chuc": "khoi-luong",
    "thu-va-gio": "khoi-luong",
    "tre-han-don-vi-linh-vuc": "tre-han",
    "tre-han-don-vi": "tre-han",
    "tre-han-pheu": "tre-han",
    "tre-han-co-cau": "tre-han",
    "tre-han-so-ngay": "tre-han",
    "tre-han-thoi-han": "tre-han",
    "tre-han-ba-cach": "tre-han",
    "tre-han-doi-hen": "tre-han",
    "tre-han-thu-xin-loi": "tre-han",
    "tre-han-nguyen-nhan": "tre-han",
    "hai-long-don-vi": "hai-long",
    "hai-long-linh-vuc": "hai-long",
    "hai-long-thang": "hai-long",
    "ket-luan-mo-hinh": "mo-hinh",
    "dong-thoi-gian": "mo-hinh",
    # Without an outcome the one that the page itself would show first.
    "tu-khi-bat-dau": "mo-hinh",
    **{f"tu-khi-bat-dau-{name}": "mo-hinh" for name in OUTCOMES},
}
