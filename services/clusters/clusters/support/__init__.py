"""How closely a national coordinator accompanies the clusters of a country, by the time of the year."""
