"""Tries with a secret, counted: nobody guesses on and on, and nobody keeps the owner out by guessing."""
