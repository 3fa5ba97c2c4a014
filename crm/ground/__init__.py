"""What needs nothing of the house: rows, keys, texts, the clock, settings, errors, formats."""
