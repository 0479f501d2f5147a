"""Workbooks of every format byte by byte, as no library writes them: old, binary, damaged and hostile ones."""

import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from etl.reading.sheet import cell_name

Rows = Sequence[Sequence[object]]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Error(str):
    """An error cell: its text."""


def sheet_xml(rows: Rows, after: str = "", beside: str = "") -> str:
    """A sheet of inline texts, numbers and errors; None is no cell. `after` follows the rows, `beside` the data."""
    lines = []
    for row, cells in enumerate(rows):
        inner = "".join(
            _cell_xml(cell_name(row, column), cell) for column, cell in enumerate(cells) if cell is not None
        )
        lines.append(f'<row r="{row + 1}">{inner}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}{after}</sheetData>{beside}</worksheet>'


def _cell_xml(name: str, cell: object) -> str:
    if isinstance(cell, Error):
        return f'<c r="{name}" t="e"><v>{cell}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{name}"><v>{cell}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'


def xlsx(path: Path, *sheets: str, states: Mapping[str, str] = {}, extra: Mapping[str, str | bytes] = {}) -> Path:
    """An .xlsx of sheets given as XML, named S1, S2, …; `states` hides some, `extra` adds or replaces members."""
    names = [f"S{number}" for number in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"'
        + (f' state="{states[name]}"/>' if name in states else "/>")
        for number, name in enumerate(names, 1)
    )
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(related),
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)},
        **extra,
    }
    return zipped(path, members)


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{listed}</Relationships>'


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The zip with one member changed, in place."""
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    members[name] = change(members[name])
    return zipped(path, members)


def _varied(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    return head + _varied(len(content)) + content


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


Area = tuple[int, int, int, int]  # first and last row, first and last column


def xlsb(path: Path, states: Mapping[str, int] = {}, merged: Sequence[Area] = (), **sheets: Rows) -> Path:
    """An .xlsb of texts, numbers and errors (#N/A); `states` hides sheets: 1 hidden, 2 very hidden; `merged`: on each
    sheet."""
    listed = b"".join(
        _record(156, struct.pack("<2L", states.get(name, 0), number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(sheets, 1)
    )
    related = [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    members: dict[str, str | bytes] = {
        "xl/workbook.bin": _record(131) + _record(143) + listed + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": _relations(related),
    }
    for number, rows in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(rows, merged)
    return zipped(path, members)


def _xlsb_sheet(rows: Rows, merged: Sequence[Area]) -> bytes:
    width = max(map(len, rows), default=1)
    out = [_record(129), _record(148, struct.pack("<4L", 0, max(len(rows) - 1, 0), 0, width - 1)), _record(145)]
    for row, cells in enumerate(rows):
        out.append(_record(0, struct.pack("<L", row) + bytes(13)))
        for column, cell in enumerate(cells):
            place = struct.pack("<2L", column, 0)
            if isinstance(cell, Error):
                out.append(_record(3, place + b"\x2a"))
            elif isinstance(cell, int | float):
                out.append(_record(5, place + struct.pack("<d", cell)))
            elif cell is not None:
                out.append(_record(6, place + _wide(str(cell))))
    areas = [_record(176, struct.pack("<4L", *area)) for area in merged]
    return b"".join(
        [*out, _record(146), _record(177, struct.pack("<L", len(areas))), *areas, _record(178), _record(130)]
    )


def xls(
    path: Path,
    states: Mapping[str, int] = {},
    far: tuple[int, int] | None = None,
    merged: Sequence[Area] = (),
    **sheets: Rows,
) -> Path:
    """An .xls (BIFF8) of texts, numbers and errors (#N/A); `far`: one more cell, (row, column), on the first sheet;
    `merged`: on each sheet."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<2H", kind, len(content)) + content

    bodies = []
    for number, rows in enumerate(sheets.values()):
        body = [record(0x0809, struct.pack("<4H2L", 0x0600, 0x0010, 0, 0, 0, 0))]
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                place = struct.pack("<3H", row, column, 0)
                if isinstance(cell, Error):
                    body.append(record(0x0205, place + b"\x2a\x01"))
                elif isinstance(cell, int | float):
                    body.append(record(0x0203, place + struct.pack("<d", cell)))
                elif cell is not None:
                    text = str(cell)
                    body.append(record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")))
        if far and not number:
            body.append(record(0x0203, struct.pack("<3Hd", *far, 0, 1.0)))
        areas = b"".join(struct.pack("<4H", *area) for area in merged)
        body.append(record(0x00E5, struct.pack("<H", len(merged)) + areas))
        bodies.append(b"".join([*body, record(0x000A)]))
    head = record(0x0809, struct.pack("<4H2L", 0x0600, 0x0005, 0, 0, 0, 0))
    listed = [struct.pack("<BBBB", states.get(name, 0), 0, len(name), 1) + name.encode("utf-16-le") for name in sheets]
    start = len(head) + sum(4 + 4 + len(each) for each in listed) + 4
    for each, content in zip(listed, bodies, strict=True):
        head += record(0x0085, struct.pack("<L", start) + each)
        start += len(content)
    stream = head + record(0x000A) + b"".join(bodies)
    path.write_bytes(ole({"Workbook": stream}))
    return path


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of these streams, each padded to the length that needs no small sectors."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    parts = [content.ljust(4096, b"\x00") for content in streams.values()]
    parts = [part + bytes(-len(part) % sector) for part in parts]
    entries = [_entry("Root Entry", 5, end, 0, 1)]
    directory_sectors = (1 + len(parts) + 3) // 4
    total = sum(len(part) for part in parts) // sector + directory_sectors
    fat_sectors = 1
    while (fat_sectors + total) * 4 > fat_sectors * sector:
        fat_sectors += 1
    fat = [0xFFFFFFFD] * fat_sectors
    fat += [fat_sectors + number + 1 for number in range(directory_sectors - 1)] + [end]
    at = fat_sectors + directory_sectors
    for number, (name, part) in enumerate(zip(streams, parts, strict=True)):
        entries.append(_entry(name, 2, at, len(part), free, right=number + 2 if number + 1 < len(parts) else free))
        count = len(part) // sector
        fat += [at + each + 1 for each in range(count - 1)] + [end]
        at += count
    fat += [free] * (fat_sectors * sector // 4 - len(fat))
    numbers = list(range(fat_sectors)) + [free] * (109 - fat_sectors)
    header = struct.pack(
        "<8s16s5H6x9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, fat_sectors, 0,
        4096, end, 0, end, 0,
    )  # fmt: skip
    directory = b"".join(entries).ljust(directory_sectors * sector, b"\x00")
    return header + struct.pack("<109L", *numbers) + struct.pack(f"<{len(fat)}L", *fat) + directory + b"".join(parts)


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack(
        "<64sHBB3L16sL16sLLL", written, len(written), kind, 1, 0xFFFFFFFF, right, child, b"", 0, b"", start, size, 0
    )


def ods(path: Path, tables: str, styles: str = "") -> Path:
    """An .ods of tables given as XML."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_table(rows: Rows, name: str = "S1", attributes: str = "") -> str:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>" for cells in rows)
    return f'<table:table table:name="{name}"{attributes}>{lines}</table:table>'


def html_rows(rows: Rows) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(str(cell or str()))}</td>' for cell in cells)}</tr>" for cells in rows)


def spreadsheetml(*sheets: str) -> str:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Workbook xmlns="{name}" xmlns:ss="{name}"'
        f' xmlns:x="urn:schemas-microsoft-com:office:excel">{"".join(sheets)}</Workbook>'
    )


def worksheet(rows: Rows, name: str = "S1", after: str = "") -> str:
    def cell(value: object) -> str:
        return f'<Cell><Data ss:Type="String">{escape(str(value or ""))}</Data></Cell>'

    lines = "".join(f"<Row>{''.join(map(cell, cells))}</Row>" for cells in rows)
    return f'<Worksheet ss:Name="{name}"><Table>{lines}</Table>{after}</Worksheet>'


def text_pieces(piece: str, size: int) -> Iterable[str]:
    """The piece over and over, to so many letters."""
    return (piece for _ in range(size // len(piece)))
