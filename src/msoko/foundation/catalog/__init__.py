"""Definitions: procedures, subjects, scales, thresholds, loaded from `definitions/` as typed values. Pure."""
