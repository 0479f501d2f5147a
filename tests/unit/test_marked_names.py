"""In English, names from the data are marked as Vietnamese: whole, escaped, and never inside a tag."""

from comparison.wording.marking import marked, name_pattern


def test_a_name_is_marked_whole_and_nothing_inside_tags() -> None:
    pattern = name_pattern(("Xã An Thuận Tây", "X. An Thuận Tây", "Đất đai", "A & B Đông"))
    assert marked("X. An Thuận Tây: 3 land", pattern) == '<span lang="vi">X. An Thuận Tây</span>: 3 land'
    assert marked(r"**X\. An Thuận Tây:** late", pattern) == r'**<span lang="vi">X\. An Thuận Tây</span>:** late'
    assert marked('<b title="Đất đai">in đất đai</b>', pattern) == (
        '<b title="Đất đai">in <span lang="vi">đất đai</span></b>'
    )
    assert marked("<td>A &amp; B Đông</td>", pattern) == '<td><span lang="vi">A &amp; B Đông</span></td>'
    # What no name has told of is marked by its letters.
    assert marked("of Một cửa điện tử here", pattern) == 'of <span lang="vi">Một cửa điện tử</span> here'
    assert marked("<style>.Đất đai{}</style>no", pattern) == "<style>.Đất đai{}</style>no"
