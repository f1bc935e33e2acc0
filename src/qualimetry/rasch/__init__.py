"""Partial credit model: items and persons on one scale, from counts by raw score and item category.

Raw scores are sufficient, so the cost of a fit does not depend on the number of persons: Rasch 1960; Masters 1982,
Psychometrika 47:149.
"""
