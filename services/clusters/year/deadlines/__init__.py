"""The deadlines of somebody's clusters as a calendar that their own calendar reads again and again."""
