"""Checks of assembled rows: each its own function, named by the fact that must hold, with a passport."""
