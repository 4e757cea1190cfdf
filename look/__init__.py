"""Pictures of every page, as every role, at a desk and on a phone, light and dark, in two directions of writing."""
