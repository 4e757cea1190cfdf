"""What a national coordinator asks all clusters of a country, or some of them, to do by a day; each ticks its own."""
