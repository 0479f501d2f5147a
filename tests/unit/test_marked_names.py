"""In English, names from the data are marked as Vietnamese: whole, escaped, and never inside a tag."""

from comparison.wording.marking import marked, name_pattern
from comparison.wording.texts import Html, html_of


def test_a_name_is_marked_whole_and_nothing_inside_tags() -> None:
    pattern = name_pattern(("Xã An Thuận Tây", "X. An Thuận Tây", "Đất đai", "A & B Đông"))
    assert marked(Html("X. An Thuận Tây: 3 land"), pattern) == '<span lang="vi">X. An Thuận Tây</span>: 3 land'
    assert marked(Html('<b title="Đất đai">in đất đai</b>'), pattern) == (
        '<b title="Đất đai">in <span lang="vi">đất đai</span></b>'
    )
    assert marked(Html("<td>A &amp; B Đông</td>"), pattern) == '<td><span lang="vi">A &amp; B Đông</span></td>'
    # What no name has told of is marked by its letters.
    assert marked(Html("of Một cửa điện tử here"), pattern) == 'of <span lang="vi">Một cửa điện tử</span> here'
    assert marked(Html("<style>.Đất đai{}</style>no"), pattern) == "<style>.Đất đai{}</style>no"


def test_a_name_that_an_escape_is_spelled_like_leaves_the_escape_whole() -> None:
    assert marked(html_of("A & B, 'C'"), name_pattern(("amp", "#39"))) == html_of("A & B, 'C'")
