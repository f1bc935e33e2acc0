"""Whole analyses composed of scans and finishes."""
