"""Sufficient statistics of a campaign: exact integers, few scans, additive over organizations and batches."""
