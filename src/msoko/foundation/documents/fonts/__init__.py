"""Fonts shipped with the product, so that a document looks the same on every machine.

Liberation Serif has the metrics of Times New Roman: pages of the PDF break as those of the Word file do.
"""

from __future__ import annotations

from pathlib import Path

FONT_FOLDER = Path(__file__).resolve().parent
#: what Word asks for; every office machine has it or its metric twin
WORD_FONT = "Times New Roman"
SERIF = "Liberation Serif"
SANS = "Liberation Sans"
