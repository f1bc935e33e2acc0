"""What changes by decree: versioned files with source, author, review date. Read through `importlib.resources`."""
