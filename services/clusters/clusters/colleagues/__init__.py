"""People as others see them: those of a cluster by school and by subject, and the page of one."""
