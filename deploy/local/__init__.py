"""The whole of Staffroom on one machine, from one command."""
