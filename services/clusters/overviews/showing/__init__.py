"""The overviews: of one cluster, of a country, of the programme. Sums and days, never a person."""
