"""Contracts of tables: results, blueprint; reading and writing Parquet batches."""
