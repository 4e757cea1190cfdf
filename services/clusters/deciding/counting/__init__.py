"""Rounds that end are counted, once; with the last one a proposal ends, and what was decided is done."""
