"""Descriptive results from counts: shares, means, quantiles, their intervals and comparisons."""
