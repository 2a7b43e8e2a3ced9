"""Tables"""

from alembic import op
from trail import leave

revision = "r1"
down_revision = None


def upgrade():
    op.execute("create table if not exists customer (id int primary key, email text not null)")
    op.execute("create table trail (id bigint generated always as identity, revision text, direction text)")
    op.execute("create table account (customer int primary key, name text, visits int not null default 0)")
    op.execute("create table half (id int primary key)")
    leave("r1", "up")


def downgrade():
    op.execute("drop table half, account, trail")
