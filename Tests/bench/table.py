"""The table: a row for each thing measured, a column for each program, and ratios."""

import statistics

COLUMNS = {"permit": "pam_permit", "floor": "floor", "totp": "pam_totp",
           "google": "google-authenticator", "oath": "pam_oath"}
RATIOS = {"floor": "to floor", "google": "to google-a.", "oath": "to pam_oath"}


class Table:
    def __init__(self):
        self.rows = {}

    def add(self, row, program, value):
        self.rows.setdefault(row, {}).setdefault(program, []).append(value)

    def order(self, rows):
        """Rows that come in any order, in the one that they are to have."""
        for row in rows:
            self.rows.setdefault(row, {})

    def quartiles(self, row, program="totp"):
        """The lower one, the median, the upper one."""
        values = self.rows[row][program]
        # Twice, since there are none of a single value.
        return statistics.quantiles(values * 2, n=4, method="inclusive")

    def median(self, row, program="totp"):
        return self.quartiles(row, program)[1]

    def largest(self, row):
        return max(self.rows[row]["totp"])

    def ratio(self, row, program):
        """Of pam_totp's median to the program's."""
        return self.median(row) / self.median(row, program)

    def worst_ratio(self, one, other, program="totp"):
        """Of pam_totp in row `one` to a program in `other`: of medians or lower quartiles.

        What else is at work adds a wait to all alike, and that hides a difference; a quarter of the
        logins meet little of it.
        """
        pairs = zip(self.quartiles(one)[:2], self.quartiles(other, program)[:2])
        return max(mine / theirs for mine, theirs in pairs)

    def markdown(self):
        lines = [["", *COLUMNS.values(), *RATIOS.values()]]
        for row in self.rows:
            cells = [self._cell(row, program) for program in COLUMNS]
            ratios = [self._ratio_cell(row, program) for program in RATIOS]
            lines.append([row, *cells, *ratios])
        widths = [max(map(len, column)) for column in zip(*lines)]
        lines.insert(1, ["-" * width for width in widths])
        for line in lines:
            yield "| " + " | ".join(map(str.ljust, line, widths)) + " |"

    def _cell(self, row, program):
        """Median and quartiles."""
        if program not in self.rows[row]:
            return ""
        low, median, high = map(short, self.quartiles(row, program))
        return median if low == high else f"{median} ({low} to {high})"

    def _ratio_cell(self, row, program):
        if row.endswith("%") or program not in self.rows[row] or self.median(row, program) == 0:
            return ""
        return f"{self.ratio(row, program):.2f}"


def short(value):
    """Three digits that count."""
    if value == 0 or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
