"""Numbers of a workbook whose cells show zeros in front (a post code, a number in a register), as they are shown."""

import io
import re
import zipfile

MAY_FILL = re.compile(rb'formatCode="[^".#?,%@]*00[^".#?,%@]*"')
FILLS = re.compile(r'(?:\[\$-[0-9A-Fa-f]+\])?((?:0|\\.|"[^"]*"|[ /()-])+)')
PARTS = re.compile(r'0|\\.|"[^"]*"|.')


def show_zeros(data: bytes, sheet: str, rows: list[list[str]]) -> None:
    """Fills the whole numbers in `rows`, read from this sheet of the workbook `data`, as the formats of their cells do.

    Most workbooks have no such format, and are not read again.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if "xl/styles.xml" not in packed.namelist() or not MAY_FILL.search(packed.read("xl/styles.xml")):
            return
    # Only the process that reads such a file carries its six megabytes.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    width = max(map(len, rows), default=0)
    shown = book[sheet].iter_rows(min_row=1, max_row=len(rows), min_col=1, max_col=width or 1)
    for row, cells in zip(rows, shown, strict=False):
        for place, cell in enumerate(cells[: len(row)]):
            if row[place].isdigit() and isinstance(cell.value, int | float):
                row[place] = as_shown(row[place], cell.number_format)


def as_shown(digits: str, number_format: str) -> str:
    """What a cell of this format shows for a whole number: `00000` makes 1234 to 01234, `000 00` to 012 34.

    A format that does anything but fill up with zeros leaves the digits as they are.
    """
    fills = FILLS.fullmatch(number_format.split(";")[0])
    parts = PARTS.findall(fills[1]) if fills else []
    if parts.count("0") < 2:
        return digits
    left = list(digits.zfill(parts.count("0")))
    extra, left = left[: -parts.count("0")], left[-parts.count("0") :]
    left[0] = "".join(extra) + left[0]
    return "".join(left.pop(0) if part == "0" else part.removeprefix("\\").strip('"') for part in parts)
