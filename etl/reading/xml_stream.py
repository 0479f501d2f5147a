"""XML read as a stream: no document type, no entity of its own, no endless nesting."""

from collections.abc import Callable, Iterable
from pathlib import Path
from xml.parsers import expat

from etl.reading.refusal import FileRefused
from etl.reading.unzip import damaged

_DEEPEST = 200
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def read_xml(path: Path, pieces: Iterable[bytes], start: Start, end: End, text: Text) -> None:
    """Calls start, end and text as the parser does; names are "namespace local". Raises FileRefused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise damaged(path, f"có các thẻ lồng nhau quá {_DEEPEST} tầng")
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def doctype(*_: object) -> None:
        raise damaged(path, "chứa khai báo kiểu văn bản (DTD), thứ không bảng tính nào có: có thể là tệp gây hại")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text
    parser.StartDoctypeDeclHandler = doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise FileRefused(
            path,
            f"Tệp bị hỏng hoặc bị cắt cụt ở dòng {error.lineno} của phần XML.",
            "Hãy xuất hoặc chép lại tệp rồi nạp lại.",
        ) from error
    except (LookupError, ValueError) as error:
        raise damaged(path, "khai một bảng mã chữ không có") from error


def local(name: str) -> str:
    """ "urn:… Row" -> "Row"."""
    return name.rpartition(" ")[2]
