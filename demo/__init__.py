"""The demonstration year: data in `year/`, loaded through the services' own APIs."""
