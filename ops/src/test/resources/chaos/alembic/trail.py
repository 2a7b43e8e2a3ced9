"""What the revisions of this project leave behind, so that nothing runs twice unseen."""

from alembic import op


def leave(revision, direction):
    op.execute(
        "insert into trail (revision, direction) values ('%s', '%s')" % (revision, direction)
    )
