"""Who there is: people, schools, who works where, who holds an office."""
