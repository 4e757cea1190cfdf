"""A cluster is led otherwise from now on: by its ministry, or by its schools."""
