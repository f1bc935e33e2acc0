"""The items of a row once more, several in an integer: what a scan counts them from.

Reading twenty columns and putting them together again costs a scan more than counting them. A digit of a word is the
score plus 2, so that −1 is 1 and NULL is 0; where a score is too great for a digit, its digit means nothing.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from qualimetry.frames.batch import item_column

DIGIT_BITS = 6
DIGITS = 8
#: Digit of the score 0.
ZERO = 2


def word_column(number: int) -> str:
    """Name of the word `number`, counted from 1, of the items 8·number − 7 … 8·number."""
    return f"w{number}"


def word_count(item_count: int) -> int:
    """How many words hold the items."""
    return -(-item_count // DIGITS)


def with_words(table: pa.Table, item_count: int) -> pa.Table:
    """A batch with the words after its columns."""
    for number in range(1, word_count(item_count) + 1):
        first = DIGITS * (number - 1) + 1
        word = np.zeros(table.num_rows, np.int64)
        for place, position in enumerate(range(first, min(first + DIGITS, item_count + 1))):
            word |= _digits(table.column(item_column(position))) << (place * DIGIT_BITS)
        table = table.append_column(word_column(number), pa.array(word))
    return table


def _digits(column: pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    scores = column.fill_null(-ZERO).to_numpy().astype(np.int64)
    return np.asarray((scores + ZERO) & ((1 << DIGIT_BITS) - 1))
