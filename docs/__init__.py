"""Pages that are printed from the code."""
