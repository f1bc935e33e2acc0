"""Pages of the step «Планирование»."""
