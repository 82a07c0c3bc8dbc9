"""The most that a file, a cell and a value may be."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes, of a workbook those of all its parts unpacked."""

MOST_LINES = 1_048_576
"""Lines of a sheet, its headings among them: Excel's own limit."""

MOST_COLUMNS = 16_384
"""Columns of a sheet: Excel's own limit."""

MOST_CELLS = 20_000_000
"""Cells of the rectangle that a sheet spans, the blank ones among them."""

MOST_KPIS = 10_000
"""KPIs that a sheet of any layout names; where it names more, another column does."""

LONGEST_NAME = 200
LONGEST_TEXT = 10_000
LONGEST_CELL = 32_767
LARGEST_NUMBER = 1e15
"""As many digits as a sheet and a float hold exactly; squares of it are far from overflowing."""

LONGEST_AHEAD = 366
"""How many days ahead people may look again, or be due to do something."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
