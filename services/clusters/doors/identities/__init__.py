"""Accounts elsewhere by which somebody signs in (OpenID Connect): each is known by its issuer and subject alone."""
