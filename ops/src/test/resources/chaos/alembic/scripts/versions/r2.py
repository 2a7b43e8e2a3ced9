"""Reads rows and acts on each"""

import sqlalchemy as sa
from alembic import op
from trail import leave

revision = "r2"
down_revision = "r1"


def upgrade():
    connection = op.get_bind()
    for row in connection.execute(sa.text("select id, email from customer order by id")).fetchall():
        print("customer", row[0], flush=True)
        name = row[1].split("@")[0]
        connection.execute(
            sa.text("insert into account (customer, name) values (:id, :name)"),
            {"id": row[0], "name": name},
        )
    leave("r2", "up")


def downgrade():
    op.execute("delete from account")
    leave("r2", "down")
