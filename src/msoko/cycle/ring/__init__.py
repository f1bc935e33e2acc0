"""What closes the circle: acts that reach over several steps at once."""
