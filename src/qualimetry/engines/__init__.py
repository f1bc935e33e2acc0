"""Engines that run Ibis expressions over stored batches: DuckDB by default, Spark as an extra. Capabilities only."""
