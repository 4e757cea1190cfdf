"""How a cluster is led: by the ministry (top-down), or by its schools (bottom-up); and what depends on it."""
