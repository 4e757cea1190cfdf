"""Maps drawn from shapes of countries: no tiles, no script, and nobody else is asked."""
