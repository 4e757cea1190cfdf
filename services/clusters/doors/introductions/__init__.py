"""A provider says at which school somebody works: they say so themselves, and the school is asked."""
