"""Parameters of the model: η of every used category of an item but its lowest used one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.responses import Responses

Float = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """item, category: [P] where a parameter belongs; lowest: [K] lowest used category of each item; tops: [K].

    A category that nobody used has probability 0 (Wilson & Masters 1993, Psychometrika 58:87): the steps into it and
    out of it are not estimated. An item with one used category has no parameters and adds a constant to the score.
    """

    item: Int64
    category: Int64
    lowest: Int64
    tops: Int64
    observed: Float

    @classmethod
    def of(cls, responses: Responses) -> Layout:
        items, categories, lowest, observed = [], [], [], []
        for number, row in enumerate(responses.counts):
            used = np.flatnonzero(row)
            lowest.append(int(used[0]) if used.size else 0)
            for category in used[1:]:
                items.append(number)
                categories.append(int(category))
                observed.append(float(row[category]))
        tops = [row.size - 1 for row in responses.counts]
        return cls(
            np.array(items, np.int64), np.array(categories, np.int64), np.array(lowest, np.int64),
            np.array(tops, np.int64), np.array(observed, np.float64),
        )  # fmt: skip

    @property
    def size(self) -> int:
        return int(self.item.size)

    @property
    def direction(self) -> Float:
        """[P] the change of η that moves the whole scale by one logit: the category less the lowest."""
        return (self.category - self.lowest[self.item]).astype(np.float64)

    def of_item(self, item: int) -> Int64:
        """Positions of the parameters of an item, by category."""
        return np.flatnonzero(self.item == item)

    def weights(self, eta: Float) -> list[Float]:
        """ε of each item by category 0…m: e^η, 1 at the lowest used, 0 where nobody is."""
        found = []
        for number, top in enumerate(self.tops):
            row = np.zeros(int(top) + 1)
            row[self.lowest[number]] = 1.0
            mine = self.of_item(number)
            row[self.category[mine]] = np.exp(eta[mine])
            found.append(row)
        return found

    def ends(self) -> Float:
        """[P] 1 at the highest used category of each item: their sum of η is minus the sum of all thresholds."""
        row = np.zeros(self.size)
        for number in range(self.tops.size):
            mine = self.of_item(number)
            if mine.size:
                row[mine[-1]] = 1.0
        return row

    def thresholds(self, eta: Float, covariance: Float) -> list[tuple[list[float | None], list[float | None]]]:
        """Of each item the thresholds of steps 1…m and their standard errors; None where a step is not estimated."""
        found = []
        for number, top in enumerate(self.tops):
            values: list[float | None] = [None] * int(top)
            errors: list[float | None] = [None] * int(top)
            before, before_category = -1, int(self.lowest[number])
            for place in self.of_item(number):
                category = int(self.category[place])
                if category == before_category + 1:
                    step = np.zeros(self.size)
                    step[place] = -1.0
                    if before >= 0:
                        step[before] = 1.0
                    values[category - 1] = float(step @ eta)
                    errors[category - 1] = float(np.sqrt(max(float(step @ covariance @ step), 0.0)))
                before, before_category = int(place), category
            found.append((values, errors))
        return found


def start_values(layout: Layout, responses: Responses) -> Float:
    """η from the log ratios of category counts, centred so that the thresholds sum to zero."""
    counts = [responses.counts[int(item)] for item in layout.item]
    lowest = layout.lowest[layout.item]
    eta = np.array(
        [
            np.log((row[category] + 0.5) / (row[low] + 0.5))
            for row, category, low in zip(counts, layout.category, lowest, strict=True)
        ]
    )
    return centred(layout, eta)


def centred(layout: Layout, eta: Float) -> Float:
    """The same scale with the sum of all thresholds zero."""
    ends, direction = layout.ends(), layout.direction
    weight = float(ends @ direction)
    return eta - direction * (float(ends @ eta) / weight) if weight else eta
