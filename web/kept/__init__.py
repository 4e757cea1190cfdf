"""What a web process keeps between requests: each kind of it in a module that says which facts end it."""
