"""deliveries say what went wrong

The index is built while facts wait: about a second for a million of them. Beside a second process that waits for the
lock of migrations it cannot be built concurrently: each would wait for the other.

Revision ID: e63cb18fb467
Revises: a15ab98a53aa
"""

from kit import ddl as kit

revision = "e63cb18fb467"
down_revision = "a15ab98a53aa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.deliveries_say_what_went_wrong()
