"""What becomes of what somebody wrote who left for good."""
