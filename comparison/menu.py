"""The pages of the menu: where each stands, and the name of its file, which is that of its word in the menu too."""

# The first page has the bare address.
NAMES = {
    "": "overview",
    "khoi-luong": "volume",
    "tre-han": "lateness",
    "hai-long": "satisfaction",
    "mo-hinh": "models",
    "so-sanh": "compare",
}


def page_file(path: str) -> str:
    """The file of the page at an address: "tre-han" -> "pages/lateness.py". KeyError where none is."""
    return f"pages/{NAMES[path]}.py"
