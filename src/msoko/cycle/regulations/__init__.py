"""Step 1. Acts, functions and responsibility, register of documents, drafts, discussion."""
