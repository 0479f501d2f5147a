"""The columns that say which rejected row of which load a corrected row stands for."""

from types import MappingProxyType

# canonical column -> header, as `etl rejected` writes it and a reading finds it
ORIGIN = MappingProxyType({"of_load": "Lần nạp gốc", "of_sheet": "Trang tính gốc", "of_row": "Dòng gốc"})
