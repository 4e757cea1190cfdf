"""The services as the pages see them: only the fields that pages show."""
