"""How a school comes into a cluster: it is asked, and says yes or no by somebody who leads it."""
