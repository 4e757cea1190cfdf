"""lists in their order

Its tables hold some ten thousand rows in a large house: an index is built within a second.

Revision ID: d3ff969c4e77
Revises: 65e41365acab
"""

import sqlalchemy as sa
from alembic import op

revision = "d3ff969c4e77"
down_revision = "65e41365acab"
branch_labels = None
depends_on = None

# The version before, which runs beside this, does not say the cluster.
FILL = """
create function publication_cluster() returns trigger language plpgsql as $$ begin
  new.cluster_id := coalesce(new.cluster_id, (select cluster_id from entry where id = new.entry_id));
  return new;
end $$
"""


def upgrade() -> None:
    op.create_index("ix_comment_by_thread", "comment", ["entry_id", sa.literal_column("coalesce(parent_id, id)"), "id"])
    op.add_column("publication", sa.Column("cluster_id", sa.Uuid(), nullable=True))
    op.execute(FILL)
    op.execute(
        "create trigger publication_cluster before insert on publication "
        "for each row execute function publication_cluster()"
    )
    op.execute("update publication set cluster_id = entry.cluster_id from entry where entry.id = publication.entry_id")
    op.alter_column("publication", "cluster_id", nullable=False)
    op.create_index(
        "ix_publication_of_cluster",
        "publication",
        ["cluster_id", "id"],
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
