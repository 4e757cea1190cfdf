"""The house is being set up, and one day it is open: from then on nobody says when something happened."""
