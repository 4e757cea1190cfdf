"""The second step after signing in: a code of an app, and codes for who lost the device."""
