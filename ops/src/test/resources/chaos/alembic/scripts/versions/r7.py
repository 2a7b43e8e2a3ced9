"""Commits in between"""

from alembic import op
from trail import leave

revision = "r7"
down_revision = "r6"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("insert into half values (1)")
        print("half of it is done", flush=True)
        op.execute("select pg_sleep(0.3)")
    op.execute("delete from half")
    op.execute("update account set visits = visits + 10")
    leave("r7", "up")


def downgrade():
    op.execute("update account set visits = visits - 10")
    leave("r7", "down")
