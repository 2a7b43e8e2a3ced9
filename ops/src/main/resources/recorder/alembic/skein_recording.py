"""Goes over all revisions through the team's env.py, forward and, behind each one, back."""

import os

from skein_catalogue import Catalogue
from skein_drivers import install
from skein_engines import Engines
from skein_errors import Refused, first_line
from skein_imports import Imports
from skein_offline import rendered
from skein_project import Project, need_alembic
from skein_remarks import Remarks
from skein_scratch import Scratch
from skein_scripts import Scripts
from skein_tape import Tape


class Undo(BaseException):
    """Takes a recorded way back out of the database again."""


class Restart(BaseException):
    """The database is not what it was before a way back ran: another one is needed."""


class Recording:
    """One run over all revisions; several runs of env.py where it keeps one transaction open."""

    def __init__(self, settings, out):
        self.settings = settings
        self.out = out
        self.scratch = Scratch(settings)
        self.tape = Tape()
        self.remarks = Remarks(out)
        self.catalogue = Catalogue(self.tape)
        self.scripts = Scripts(
            self.tape, self.catalogue, self.remarks, out,
            Imports(settings["directory"], settings.get("paths") or [settings["directory"]]))
        self.project = Project(settings)
        self.order = None
        self.index = 0
        self.pending_down = None
        self.runs = 0
        self.table = None

    def record(self):
        self.versions = need_alembic()
        self.remarks.environment(os.environ.get("PGOPTIONS"))
        self.scratch.environment()
        drivers = install(self.scratch, self.tape)
        if not drivers:
            raise Refused(
                "program", "this Python has no PostgreSQL driver that Skein can watch",
                "Install psycopg2, psycopg, asyncpg or pg8000 for it")
        engines = Engines(self.scratch, drivers, self.tape, self.remarks)
        engines.install()
        self.project.load(engines)
        self.watch()
        while self.table is None:
            before = (self.index, self.pending_down)
            try:
                self.environment()
            except Undo:
                pass
            if (self.index, self.pending_down) == before and self.table is None:
                raise Refused(
                    "program", "env.py ran revision %s and nothing came of it"
                    % self.order[self.index].revision, "See that it commits its transaction")
        self.render_offline()
        self.out.write("end", table=self.table)

    # -- env.py -----------------------------------------------------------------------------

    def watch(self):
        """Alembic's own functions for env.py, with an eye on what it asks for."""
        from alembic.runtime.environment import EnvironmentContext

        configure, run = EnvironmentContext.configure, EnvironmentContext.run_migrations

        def configured(context, *given, **named):
            self.remarks.configured(named)
            named["transaction_per_migration"] = True
            return configure(context, *given, **named)

        def ran(context, **named):
            self.runs += 1
            if self.runs > 1:
                raise Refused(
                    "configuration", "env.py runs the migrations more than once, for several"
                    " databases or several schemas", "Let it take one of them, chosen with"
                    " -x NAME=VALUE or --environment SECTION, and build one plan for each")
            # What Alembic does with its version table is no revision's.
            with self.tape.silent():
                run(context, **named)

        EnvironmentContext.configure, EnvironmentContext.run_migrations = configured, ran

    def environment(self):
        """Runs env.py once, with as many revisions as its transactions allow."""
        self.runs = 0
        self.catalogue.connection = None
        self.tape.start(None)
        self.project.run_env(self.steps)
        if self.runs == 0:
            raise Refused("program", "env.py ended without running the migrations",
                          "Run 'alembic current' with the same program and see why")
        self.catalogue.connection = None
        self.write_around(
            "after", [each for each in self.tape.finish() if "calls" not in each])

    def write_around(self, when, entries):
        """Writes what env.py itself has changed ahead of the revisions or behind them."""
        kept = [each for each in entries if each["kind"] == "write" and self.lasts(each)]
        if kept:
            self.out.write("environment", when=when, statements=kept)

    def lasts(self, entry):
        """Whether a statement from before there was a connection to ask changes something."""
        return "calls" not in entry or self.catalogue.volatile(entry["calls"]) is not False

    # -- one revision after the other ----------------------------------------------------------

    def steps(self, heads, context):
        """The work that env.py is asked to do: Alembic runs each step that this yields."""
        self.begin(context)
        external = getattr(context, "_in_external_transaction", None)
        if external is None:
            external = context.connection.in_transaction()
        if self.pending_down is not None:
            self.go_back(self.pending_down, context, external)
        while self.index < len(self.order):
            revision = self.order[self.index]
            yield self.step(revision)
            if self.index >= self.settings.get("from", 0):
                self.pending_down = revision
                if external:
                    return
                self.go_back(revision, context, False)
            else:
                self.index += 1
                if external:
                    return
        self.find_table(context)

    def begin(self, context):
        """Takes over from env.py, which has its connection now."""
        if context.as_sql:
            raise Refused(
                "program", "env.py runs its migrations in offline mode, without a database",
                "Recording needs its online mode: let it connect unless --sql is given")
        self.catalogue.connection = context.connection
        self.scripts.transactional = bool(context.impl.transactional_ddl)
        self.remarks.connected(context.connection)
        if self.remarks.found(self.catalogue.path()[1]):
            self.scripts.path_given = True
        self.write_around("before", self.tape.finish())
        context.on_version_apply_callbacks = tuple(
            self.scripts.heard(each) for each in context.on_version_apply_callbacks)
        if self.order is None:
            self.order = self.project.order()
            self.out.write("start", total=len(self.order), **self.versions)

    def step(self, revision):
        from alembic.runtime.migration import MigrationStep

        step = MigrationStep.upgrade_from_script(self.project.scripts.revision_map, revision)
        step.migration_fn = lambda **named: self.scripts.upgrade(revision, **named)
        return step

    def go_back(self, revision, context, external):
        """Records the way back from the newest revision and takes it back in its turn."""
        if not external:
            self.settle(context)
        try:
            with context.begin_transaction(_per_migration=True):
                down = self.scripts.downgrade(revision)
                raise Undo()
        except Undo:
            pass
        commits = self.tape.commits
        self.scripts.write(revision, down)
        self.pending_down = None
        self.index += 1
        if external:
            if commits:
                raise Restart()
            # A pool would keep the connection, and with it the locks of its session.
            context.connection.invalidate()
            raise Undo()
        if commits:
            self.again(revision, context)

    def settle(self, context):
        """Commits what a script left open behind a commit of its own, as the next step would."""
        with context.begin_transaction(_per_migration=True):
            pass

    def again(self, revision, context):
        """A way back that committed is undone by going forward once more."""
        try:
            with context.begin_transaction(_per_migration=True):
                revision.module.upgrade()
        except Exception:
            raise Restart()

    def find_table(self, context):
        self.table = {
            "schema": context.version_table_schema
            or self.catalogue.schema_of(context.version_table),
            "table": context.version_table,
            "key": context.opts.get("version_table_pk", True)}

    # -- without a database -----------------------------------------------------------------------

    def render_offline(self):
        """Renders what asked the catalogue, to see whether the answers made a difference."""
        if not self.settings.get("offline"):
            return
        self.scratch.closed = True
        with self.tape.silent():
            for revision, direction in self.scripts.asking:
                self.out.write(
                    "offline", id=revision.revision, direction=direction,
                    **self.rendered(getattr(revision.module, direction + "grade")))

    def rendered(self, function):
        project = self.project
        try:
            sql = rendered(project.config, project.scripts, function, project.application)
            return {"sql": sql, "error": None}
        except (Exception, SystemExit) as error:
            return {"sql": None, "error": first_line(error)}
