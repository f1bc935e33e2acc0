"""What is known by decree, as typed values: procedures, mark boundaries, orders of levels. Reads `definitions/`."""
