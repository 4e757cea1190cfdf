"""deliveries say what went wrong

The index is built while facts wait: about a second for a million of them. Beside a second process that waits for the
lock of migrations it cannot be built concurrently: each would wait for the other.

Revision ID: 878ed26e024a
Revises: 6f86191b6838
"""

from kit import ddl as kit

revision = "878ed26e024a"
down_revision = "6f86191b6838"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.deliveries_say_what_went_wrong()
