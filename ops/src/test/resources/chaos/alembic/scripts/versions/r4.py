"""Reads the variable of the tenant"""

import os

from alembic import op
from trail import leave

revision = "r4"
down_revision = "r3"


def upgrade():
    op.execute("update account set tenant = '%s'" % os.environ.get("TENANT", ""))
    leave("r4", "up")


def downgrade():
    op.execute("update account set tenant = null")
    leave("r4", "down")
