"""Files in: any list that Excel, an exchange, a bank or another CRM ever wrote, as text exactly as it stands there."""

from crm.reading.opening import read
from crm.reading.table import Dialect, Table
from crm.reading.writing import write_csv

__all__ = ["Dialect", "Table", "read", "write_csv"]
