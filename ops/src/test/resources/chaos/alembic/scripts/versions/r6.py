"""An index"""

from alembic import op
from trail import leave

revision = "r6"
down_revision = "r5"


def upgrade():
    op.execute("create index account_name on account (name)")
    leave("r6", "up")


def downgrade():
    op.execute("drop index account_name")
    leave("r6", "down")
