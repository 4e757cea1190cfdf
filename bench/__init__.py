"""Speed and size, measured as ratios against references in the same run."""
