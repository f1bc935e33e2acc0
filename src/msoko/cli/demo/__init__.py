"""Building the demo municipality: organizations, people, accounts, and results that enter by the ordinary import."""
