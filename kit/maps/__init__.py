"""The flat world, and the shapes of countries in it."""
