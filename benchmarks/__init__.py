"""Measurements of the promises about speed."""
