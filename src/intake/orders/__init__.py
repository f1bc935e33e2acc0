"""Orders of an authority as text: requisites, preamble, points with addressees and terms, who controls.

read_order(lines) -> OrderReading
"""

from intake.orders.contracts import OrderReading, ReadPoint
from intake.orders.reading import read_order

__all__ = ["OrderReading", "ReadPoint", "read_order"]
