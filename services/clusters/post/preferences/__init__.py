"""What somebody wants to hear of, and how: by mail at once, in a digest, or in the app alone."""
