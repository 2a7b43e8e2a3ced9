"""Fails on the data of one tenant"""

import sqlalchemy as sa
from alembic import op
from trail import leave

revision = "r5"
down_revision = "r4"


def upgrade():
    connection = op.get_bind()
    for row in connection.execute(sa.text("select id, email from customer order by id")).fetchall():
        if row[1].endswith("@forbidden.example"):
            raise RuntimeError("customer %d has no contract" % row[0])
        connection.execute(
            sa.text("update account set visits = visits + 1 where customer = :id"), {"id": row[0]}
        )
    leave("r5", "up")


def downgrade():
    op.execute("update account set visits = visits - 1")
    leave("r5", "down")
