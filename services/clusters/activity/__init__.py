"""The sums that the services tell, kept by cluster and by country, so that an overview reads a few rows."""
