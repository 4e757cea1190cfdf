"""Who belongs where: people and sign-in, schools, clusters, memberships, clients, and the post office."""
