"""Takes long"""

import os

from alembic import op
from trail import leave

revision = "r8"
down_revision = "r7"


def seconds():
    slow = os.environ.get("TENANT") == os.environ.get("SLOWEST")
    return float(os.environ.get("SLEEP", "0")) / (1 if slow else 20)


def upgrade():
    op.execute("update account set visits = visits + 100")
    print("sleeps", flush=True)
    op.execute("select pg_sleep(%s)" % seconds())
    leave("r8", "up")


def downgrade():
    op.execute("update account set visits = visits - 100")
    leave("r8", "down")
