"""How each system of the demo writes its case list: headers, labels, spellings and the personal columns beside them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from etl.demo.ground import shipped

PERSON, PHONE, IDENTITY, ADDRESS, OFFICER = "person", "phone", "identity", "address", "officer"
STAMP = "%d/%m/%Y %H:%M:%S"
DAY = "%d/%m/%Y"

_ODD_SPELLINGS = {
    "xa-dong-hoa-thuong": ["Xã Đông Hoà Thượng", "xã Đông  Hòa Thượng"],
    "phuong-ben-thuy-dong": ["Phường Bến Thuỷ Đông"],
    "phuong-cho-quan-tay": [unicodedata.normalize("NFD", "Phường Chợ Quán Tây")],
}


@dataclass(frozen=True)
class Layout:
    """One system's case list. `columns`: header -> what stands under it, in the order written."""

    columns: Mapping[str, str]
    status: Mapping[str, str]
    channel: Mapping[str, str]
    aliased: int  # of ten rows, those that write the unit and the field by another name than the registered one


IGATE = Layout(
    columns={
        "STT": "ordinal",
        "Số hồ sơ": "case_code",
        "Tên thủ tục hành chính": "procedure",
        "Tên lĩnh vực": "field",
        "Cơ quan/đơn vị": "unit",
        "Đơn vị tiếp nhận": "receiving_unit",
        "Chủ hồ sơ": PERSON,
        "Số điện thoại": PHONE,
        "Địa chỉ": ADDRESS,
        "Số CCCD": IDENTITY,
        "Hình thức tiếp nhận": "channel",
        "Ngày tiếp nhận": "received_at",
        "Ngày hẹn trả": "due_at",
        "Ngày kết thúc xử lý": "finished_at",
        "Ngày trả kết quả": "handed_over_at",
        "Số lần gia hạn": "extension_count",
        "Ngày gửi thư xin lỗi": "apology_sent_on",
        "Trạng thái hồ sơ": "status",
        "Cán bộ xử lý hiện tại": OFFICER,
    },
    status={
        "in_progress": "Đang xử lý",
        "awaiting_supplement": "Yêu cầu bổ sung giấy tờ",
        "finished": "Đã xử lý xong",
        "handed_over": "Đã trả kết quả",
        "returned": "Trả lại hồ sơ",
        "withdrawn": "Công dân yêu cầu rút hồ sơ",
        "refused": "Không được tiếp nhận",
        "stopped": "Dừng xử lý",
    },
    channel={"in_person": "Trực tiếp", "online": "Trực tuyến", "post": "Qua bưu chính công ích"},
    aliased=2,
)

# The same system where the office has switched the causes on.
IGATE_WITH_CAUSES = replace(IGATE, columns={**IGATE.columns, "Nguyên nhân trễ hạn": "late_cause"})

COMMUNES = Layout(
    columns={
        "Mã hồ sơ": "case_code",
        "Đơn vị xử lý": "unit",
        "Lĩnh vực": "field",
        "Tên thủ tục": "procedure",
        "Người nộp hồ sơ": PERSON,
        "SĐT": PHONE,
        "CMND/CCCD": IDENTITY,
        "Địa chỉ thường trú": ADDRESS,
        "Kênh thực hiện": "channel",
        "Ngày nhận": "received_at",
        "Hẹn trả": "due_at",
        "Hoàn thành": "finished_at",
        "Ngày trả KQ": "handed_over_at",
        "Gia hạn (lần)": "extension_count",
        "Thư xin lỗi": "apology_sent_on",
        "Tình trạng": "status",
        "Người thụ lý": OFFICER,
    },
    status={
        "in_progress": "Đang thụ lý",
        "awaiting_supplement": "Chờ bổ sung hồ sơ",
        "finished": "Đã có kết quả",
        "handed_over": "Hoàn tất",
        "returned": "Trả lại",
        "withdrawn": "Đã rút hồ sơ",
        "refused": "Từ chối tiếp nhận",
        "stopped": "Tạm dừng thụ lý",
    },
    channel={"in_person": "Tại bộ phận một cửa", "online": "Cổng dịch vụ công", "post": "Bưu điện"},
    aliased=4,
)

WARD_BOOK = Layout(
    columns={
        "Số biên nhận": "case_code",
        "Họ tên": PERSON,
        "Địa chỉ": ADDRESS,
        "SDT": PHONE,
        "Loại hồ sơ": "procedure",
        "Lĩnh vực": "field",
        "Nơi giải quyết": "unit",
        "Ngày nhận hồ sơ": "received_at",
        "Ngày hẹn": "due_at",
        "Ngày có kết quả": "finished_at",
        "Ngày trả": "handed_over_at",
        "Tình trạng": "status",
        "Hình thức nộp": "channel",
    },
    status={"in_progress": "Đang giải quyết", "finished": "Đã có kết quả", "handed_over": "Đã trả dân"},
    channel={"in_person": "Nộp tại xã"},
    aliased=0,
)


def _spellings(kind: str, codes: pl.Series, serial: pl.Series, aliased: int) -> pl.Series:
    """The name written in each row: the registered one, and in `aliased` of ten rows another."""
    reference = shipped(kind).select("code", "name", pl.col("aliases").fill_null("").str.split(";"))
    others = {code: [alias for alias in aliases if alias] for code, _, aliases in reference.iter_rows()}
    odd = _ODD_SPELLINGS if kind == "units" else {}
    written: dict[str, str] = {}
    for code, name, _ in reference.iter_rows():
        choices = [*odd.get(code, []), *others[code]] or [name]
        written |= {f"{code} {turn}": choices[turn % len(choices)] if turn < aliased else name for turn in range(10)}
    key = pl.DataFrame({"code": codes, "turn": serial * 7 % 10}).select(pl.format("{} {}", "code", "turn"))
    return key.to_series().replace_strict(written, default=None, return_dtype=pl.String)


def personal(serial: pl.Expr) -> dict[str, pl.Expr]:
    """Invented people: recognisable in any file, and nobody's."""
    name, number = serial.cast(pl.String).str.zfill(6), (serial % 1_000_000).cast(pl.String).str.zfill(6)
    street = (serial % 97 + 1).cast(pl.String)
    return {
        PERSON: pl.format("Nguyễn Văn Thử {}", name),
        PHONE: pl.format("0900{}", number),
        IDENTITY: pl.format("099000{}", number),
        ADDRESS: pl.format("Số {} đường Thử Nghiệm", street),
        OFFICER: pl.format("Trần Thị Mẫu {}", (serial % 40).cast(pl.String).str.zfill(3)),
    }


def written(exports: pl.DataFrame, layout: Layout, also: Sequence[str] = ("as_of",)) -> pl.DataFrame:
    """The rows as text under their canonical names, in the layout's order; beside them `group`, the registered name
    of the unit, and the columns in `also`."""
    spelled = exports.with_columns(
        _spellings("units", exports["unit"], exports["serial"], 0).alias("group"),
        *(
            _spellings(kind, exports[column], exports["serial"], layout.aliased).alias(column)
            for kind, column in [("units", "unit"), ("fields", "field"), ("procedures", "procedure")]
        ),
        _spellings("units", exports["receiving_unit"], exports["serial"], 0).alias("receiving_unit"),
        pl.col("status").replace_strict(layout.status, return_dtype=pl.String),
        pl.col("channel").replace_strict(layout.channel, return_dtype=pl.String),
        *(pl.col(name).dt.strftime(STAMP) for name in ("received_at", "due_at", "finished_at", "handed_over_at")),
        pl.col("apology_sent_on").dt.strftime(DAY),
        pl.when(pl.col("extension_count") > 0).then(pl.col("extension_count")).cast(pl.String),
        pl.lit("").alias("ordinal"),
        **personal(pl.col("serial")),
    )
    return spelled.select(*layout.columns.values(), "group", *also)


def under_headers(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The written rows under the headers of their system, nothing else."""
    return rows.select(pl.col(column).alias(header) for header, column in layout.columns.items())
