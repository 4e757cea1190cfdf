"""Schools from a spreadsheet: which column is what, tried out without changing anything, then brought in."""
