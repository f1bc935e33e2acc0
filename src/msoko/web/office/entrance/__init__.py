"""Coming in: the cards of the demonstration and the first run."""
