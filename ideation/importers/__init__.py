"""Ideas from elsewhere: a table is read into rows, and each row says what becomes of it before anything is saved."""

from ideation.importers.report import ImportReport, Row, RowOutcome
from ideation.importers.table import read_table

__all__ = ["ImportReport", "Row", "RowOutcome", "read_table"]
