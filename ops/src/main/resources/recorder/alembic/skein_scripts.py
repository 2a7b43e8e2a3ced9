"""Runs the functions of one revision and keeps what they execute."""

from skein_errors import Refused, first_line, line_of
from skein_literals import Unrenderable


_OWN_COMMIT = (
    "%s() commits by itself (line %d). Alembic may lose what comes behind that, the row of its"
    " version table and the revisions after it included, and end without an error; here all of it"
    " is applied. Leave the commit out, or take op.get_context().autocommit_block()")


class Failed(BaseException):
    """A script cannot be recorded; what is known about it has been written."""


class Scripts:
    """The recording of the revision that is newest on the scratch database."""

    def __init__(self, tape, catalogue, remarks, out, imports):
        self.tape = tape
        self.catalogue = catalogue
        self.remarks = remarks
        self.out = out
        self.imports = imports
        self.transactional = True
        self.path_given = False
        self.up = None
        self.asking = []

    def upgrade(self, revision, **named):
        """Stands in for a revision's upgrade() while Alembic runs its step."""
        recorded = self.begin(revision)
        try:
            with self.tape.listening():
                revision.module.upgrade(**named)
        except Refused as refused:
            self.out.problem(
                "not-supported", "upgrade() of revision %s %s" % (revision.revision, refused),
                refused.hint, revision.path, line_of(refused, revision.module.__file__))
            raise Failed()
        except Exception as error:
            self.failed(revision, error)
            raise Failed()
        self.commits(revision, "upgrade")
        recorded["statements"] = self.tape.finish()
        self.up = recorded

    def downgrade(self, revision):
        """What the way back executes; why it fails where it does."""
        function = getattr(revision.module, "downgrade", None)
        if function is None:
            return {"statements": [], "error": "it has no downgrade()"}
        recorded = self.begin(revision)
        recorded["error"] = None
        try:
            with self.tape.listening():
                function()
        except Exception as error:
            line = line_of(error, revision.module.__file__)
            recorded["error"] = first_line(error) + (" (line %d)" % line if line else "")
        self.commits(revision, "downgrade")
        recorded["statements"] = self.tape.finish()
        return recorded

    def begin(self, revision):
        schemas, path = self.catalogue.path()
        self.tape.start(revision.module.__file__)
        return {} if schemas == "public" and not self.path_given else {"path": path}

    def commits(self, revision, function):
        """Says what the framework itself makes of a script that commits."""
        if self.tape.own_commit is not None:
            self.remarks.say("revision " + revision.revision,
                             _OWN_COMMIT % (function, self.tape.own_commit))

    def failed(self, revision, error):
        line = line_of(error, revision.module.__file__)
        if isinstance(error, Unrenderable):
            self.out.problem(
                "not-supported", str(error), "Write the value as SQL", revision.path, line)
            return
        self.out.problem(
            "recording", "upgrade() of revision %s fails on an empty database: %s" % (
                revision.revision, first_line(error)),
            "Make 'alembic upgrade heads' work on an empty database; what it needs beside (roles,"
            " extensions) can be had with --scratch, a server that has it", revision.path, line)

    def heard(self, callback):
        """What env.py wants to be told of: its statements belong to the revision."""

        def called(**named):
            self.tape.start(None)
            with self.tape.listening():
                callback(**named)
            self.up["statements"] += self.tape.finish()

        return called

    def write(self, revision, down):
        """Writes what both functions of a revision have executed."""
        parents = list(revision._versioned_down_revisions)
        parents += [each for each in revision._resolved_dependencies if each not in parents]
        for direction, script in (("up", self.up), ("down", down)):
            if any(each["kind"] == "catalogue" for each in script["statements"]):
                self.asking.append((revision, direction))
        self.out.write(
            "revision", id=revision.revision, path=revision.path, doc=revision.doc or "",
            parents=parents, up=self.up, down=down,
            before="%s@%s" % (
                revision.revision, (revision._versioned_down_revisions or ("base",))[0]),
            transactional=self.transactional, files=self.imports.of(revision.path))
