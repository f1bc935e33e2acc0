"""The only writer of Word, PDF and Excel. Renders values; knows no models."""
