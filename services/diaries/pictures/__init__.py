"""Pictures in entries: read by whoever reads the entry, kept without what a camera writes into them."""
