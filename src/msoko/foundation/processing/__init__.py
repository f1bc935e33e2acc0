"""From what was read (`intake`) to what is computed (`qualimetry`): assembling, checks, pseudonyms, batches. Pure."""
