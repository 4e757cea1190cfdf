"""Letters that come back: what a mail server says of them later, by mail."""
