"""addresses have one form

Revision ID: 5c1d0b7e92a4
Revises: dbf846165161
"""

import unicodedata

import idna
import sqlalchemy as sa
from alembic import op

revision = "5c1d0b7e92a4"
down_revision = "dbf846165161"
branch_labels = None
depends_on = None

OTHERWISE = "select distinct mail from {table} where mail like '%@%xn--%' or mail ~ '[^ -~]'"
MEND = """
update {table} set mail = :form where mail = :mail
  and ('{table}' <> 'address' or not exists (select from address where mail = :form))
"""


def upgrade() -> None:
    """Composed, the domain in its own script, as they are compared from now on; a second one of a form stays."""
    connection = op.get_bind()
    for table in ("address", "mail_link", "invitation"):
        for (mail,) in connection.execute(sa.text(OTHERWISE.format(table=table))).all():
            connection.execute(sa.text(MEND.format(table=table)), {"mail": mail, "form": one_form(mail)})


def one_form(mail: str) -> str:
    local, _, domain = unicodedata.normalize("NFC", mail).rpartition("@")
    try:
        return f"{local}@{idna.decode(idna.encode(domain, uts46=True))}"
    except UnicodeError:
        return mail
