"""Classical item analysis, content elements and learning gaps from counts by item, score and group."""
