"""Routes and templates side by side, a folder for each noun."""
