"""How clusters are doing, in sums: for who coordinates a cluster, a country, the programme."""
