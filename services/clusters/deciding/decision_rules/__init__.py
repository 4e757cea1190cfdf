"""How a cluster decides what is proposed to it, until it says so otherwise."""
