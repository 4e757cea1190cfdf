from kit.problems import field_invalid
from kit.sheets import MOST_BYTES, SheetRefused, read_apart


async def read_list(data: bytes, encoding: str | None) -> list[list[str]]:
    """The rows of a file, read beside everything else. Raises Invalid at `file`."""
    if len(data) > MOST_BYTES:
        raise field_invalid("file", "sheet_rows")
    try:
        return await read_apart(data, encoding)
    except SheetRefused as refused:
        raise field_invalid("file", f"sheet_{refused.code}") from refused
