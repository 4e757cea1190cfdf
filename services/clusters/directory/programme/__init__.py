"""The programme of the house: its school year, phases, countries, and what its reports say of it."""
