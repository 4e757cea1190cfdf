"""What all kinds of lists share: what is kept of them, which column is what, and how a row is judged."""
