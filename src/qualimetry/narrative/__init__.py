"""Findings → Russian sentences by published rules (`definitions/reports`) → a report of blocks."""
