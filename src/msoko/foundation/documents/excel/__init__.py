"""Excel workbooks: tables as numbers, with a sheet that explains them."""

from msoko.foundation.documents.excel.report import report_workbook, report_workbook_bytes
from msoko.foundation.documents.excel.workbook import SheetSpec, tables_bytes, write_tables

__all__ = ["SheetSpec", "report_workbook", "report_workbook_bytes", "tables_bytes", "write_tables"]
