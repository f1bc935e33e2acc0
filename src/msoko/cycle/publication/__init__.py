"""Step 9. What is open to everybody: discussions on the portal, released by a person and taken back by a person."""
