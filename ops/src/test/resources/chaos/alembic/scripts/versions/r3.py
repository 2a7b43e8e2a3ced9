"""A column"""

from alembic import op
from trail import leave

revision = "r3"
down_revision = "r2"


def upgrade():
    op.execute("alter table account add column tenant text")
    leave("r3", "up")


def downgrade():
    op.execute("alter table account drop column tenant")
    leave("r3", "down")
