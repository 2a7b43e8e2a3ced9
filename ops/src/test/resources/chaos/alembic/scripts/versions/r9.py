"""Another column"""

from alembic import op
from trail import leave

revision = "r9"
down_revision = "r8"


def upgrade():
    op.execute("alter table customer add column note text")
    leave("r9", "up")


def downgrade():
    op.execute("alter table customer drop column note")
    leave("r9", "down")
