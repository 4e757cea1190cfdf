"""deliveries say what went wrong

The index is built while facts wait: about a second for a million of them. Beside a second process that waits for the
lock of migrations it cannot be built concurrently: each would wait for the other.

Revision ID: 5cd19dca5c2f
Revises: d3ff969c4e77
"""

from kit import ddl as kit

revision = "5cd19dca5c2f"
down_revision = "d3ff969c4e77"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.deliveries_say_what_went_wrong()
