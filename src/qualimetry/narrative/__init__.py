"""Findings → Russian sentences by published rules; results → reports made of medium-free blocks."""
