"""Runs a team's Alembic scripts against a scratch database and writes down what they execute.

Called with a file of settings (JSON); writes its findings, one JSON object a line, to the file
that the settings name, since scripts may print what they like.
"""

import argparse
import json
import os
import sys
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "alembic"))

from skein_clock import go_ahead
from skein_drivers import Scratch, install
from skein_literals import Unrenderable
from skein_offline import rendered
from skein_tape import Refused, Tape

_PATH = "select array_to_string(current_schemas(false), ','), current_setting('search_path')"


class Undo(BaseException):
    """Takes a recorded way back out of the database again."""


class Restart(BaseException):
    """The database is not what it was before a way back ran: another one is needed."""


class Failed(BaseException):
    """A script cannot be recorded; what is known about it has been written."""


def first_line(error):
    inner = getattr(error, "orig", None) or error
    text = str(inner).strip().splitlines()
    return "%s: %s" % (type(inner).__name__, text[0]) if text else type(inner).__name__


def line_of(error, revision):
    """The line of a revision's file at which it failed, or none."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == revision.module.__file__]
    return lines[-1] if lines else None


class Recorder:
    def __init__(self, settings, out):
        self.settings = settings
        self.out = out
        self.scratch = Scratch(settings)
        self.tape = Tape(self.volatile)
        self.known = {}
        self.order = []
        self.index = 0
        self.pending_down = None
        self.runs = 0
        self.kept = None
        self.asking = []

    def write(self, kind, **content):
        content["type"] = kind
        self.out.write(json.dumps(content) + "\n")
        self.out.flush()

    def problem(self, code, message, hint, file=None, line=None):
        self.write("problem", code=code, message=message, hint=hint, file=file, line=line)

    # -- connections ------------------------------------------------------------------------

    def connect(self):
        self.scratch.environment()
        self.drivers = install(self.scratch, self.tape)
        if not self.drivers:
            raise Refused(
                "program", "this Python has no PostgreSQL driver that Skein can watch",
                "Install psycopg2, psycopg, asyncpg or pg8000 for it")
        self.patch_engines()

    def volatile(self, names):
        """Whether one of the functions may change something, as the catalogue says.

        None where nobody can be asked, since env.py has not told its connection yet.
        """
        unknown = [name for name in names if name not in self.known]
        if unknown and self.context is None:
            return None
        if unknown:
            listed = ", ".join("'" + name + "'" for name in unknown)
            found = dict(self.ask(
                "select proname, bool_or(provolatile = 'v') from pg_catalog.pg_proc"
                " where proname in (" + listed + ") group by 1"))
            self.known.update((name, bool(found.get(name))) for name in unknown)
        return any(self.known.get(name) for name in names)

    context = None

    def ask(self, sql):
        import sqlalchemy

        self.tape.muted += 1
        try:
            return [tuple(row) for row in self.context.connection.execute(sqlalchemy.text(sql))]
        finally:
            self.tape.muted -= 1

    def patch_engines(self):
        """Engines for other databases, placeholders among them, become ones for this database."""
        import sqlalchemy
        import sqlalchemy.engine
        from sqlalchemy import event
        from sqlalchemy.engine.url import make_url

        create = sqlalchemy.create_engine

        def redirected(url, *given, **named):
            text = str(url)
            name = getattr(make_url(url), "drivername", "") if "://" in text else ""
            backend, driver = (name.split("+") + [""])[:2]
            mine = backend in ("postgresql", "postgres")
            # SQLAlchemy 2.1 has another driver than its predecessors where none is named.
            version = tuple(int(each) for each in sqlalchemy.__version__.split(".")[:2])
            usual = "psycopg" if version >= (2, 1) else "psycopg2"
            if mine and (driver or usual in self.drivers):
                return create(url, *given, **named)
            asynchronous = driver.startswith("aio") or named.pop("_is_async", False)
            for key in ("connect_args", "poolclass", "pool_size", "max_overflow"):
                if not mine:
                    named.pop(key, None)
            return create(self.scratch.url(self.scheme(asynchronous)), *given, **named)

        sqlalchemy.create_engine = sqlalchemy.engine.create_engine = redirected
        inner = sys.modules.get("sqlalchemy.engine.create")
        if inner is not None:
            inner.create_engine = redirected

        @event.listens_for(sqlalchemy.engine.Engine, "do_connect")
        def guard(dialect, record, cargs, cparams):
            if dialect.name != "postgresql":
                raise Refused(
                    "program", "env.py or a script connects to a database of the kind "
                    + dialect.name, "Skein records connections to PostgreSQL only")

        @event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute")
        def passing(connection, cursor, statement, parameters, context, executemany):
            self.tape.place = (None, False)
            self.tape.place = self.tape.origin()

    def scheme(self, asynchronous):
        if asynchronous:
            return "postgresql+asyncpg" if "asyncpg" in self.drivers else "postgresql+psycopg_async"
        for name in ("psycopg2", "psycopg", "pg8000"):
            if name in self.drivers:
                return "postgresql+" + name
        return "postgresql+asyncpg"

    # -- the team's Alembic ------------------------------------------------------------------

    def load(self):
        import alembic
        import sqlalchemy
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        given = self.settings
        named = {"ini_section": given.get("section") or "alembic"}
        if given.get("toml"):
            named["toml_file"] = given["toml"]
        options = argparse.Namespace(
            x=given.get("arguments") or None, name=named["ini_section"], config=given.get("ini"))
        config = Config(given.get("ini"), cmd_opts=options, **named)
        if given.get("location") and not config.get_main_option("script_location"):
            config.set_main_option("script_location", given["location"].replace("%", "%%"))
        url = config.get_main_option("sqlalchemy.url") or ""
        config.set_main_option("sqlalchemy.url", self.url_like(url).replace("%", "%%"))
        self.scripts = ScriptDirectory.from_config(config)
        self.config = config
        steps = self.scripts._upgrade_revs("heads", ())
        self.order = [step.revision for step in steps]
        self.write(
            "start", total=len(self.order), alembic=alembic.__version__,
            sqlalchemy=sqlalchemy.__version__, heads=list(self.scripts.get_heads()))

    def url_like(self, url):
        scheme = url.split("://")[0]
        if scheme.startswith("postgresql+"):
            return self.scratch.url(scheme)
        env = os.path.join(self.scripts_home(), "env.py")
        try:
            with open(env, encoding="utf-8") as file:
                asynchronous = "async_engine" in file.read()
        except OSError:
            asynchronous = False
        return self.scratch.url(self.scheme(asynchronous))

    def scripts_home(self):
        return self.settings.get("location") or "."

    def environment(self):
        """Runs env.py once, with as many revisions as its transactions allow."""
        from alembic.runtime.environment import EnvironmentContext

        self.runs = 0
        self.context = None
        self.tape.muted = 0
        self.tape.start(None)
        context = EnvironmentContext(
            self.config, self.scripts, fn=self.steps, as_sql=False,
            destination_rev="heads", starting_rev=None, tag=None)
        with context, self.application():
            self.scripts.run_env()
        if self.runs == 0:
            raise Refused("program", "env.py ended without running the migrations",
                          "Run 'alembic current' with the same program and see why")
        self.context = None
        self.wrote(after=[each for each in self.tape.finish() if "calls" not in each])

    def watch(self):
        """Alembic's own functions for env.py, with an eye on what it asks for."""
        from alembic.runtime.environment import EnvironmentContext

        recorder = self
        configure, run = EnvironmentContext.configure, EnvironmentContext.run_migrations

        def configured(context, *given, **named):
            named["transaction_per_migration"] = True
            return configure(context, *given, **named)

        def ran(context, **named):
            recorder.runs += 1
            if recorder.runs > 1:
                raise Refused(
                    "configuration", "env.py runs the migrations more than once, for several"
                    " databases or several schemas", "Let it take one of them, chosen with"
                    " -x NAME=VALUE or --environment SECTION, and build one plan for each")
            # Alembic asks for its version table, and makes it, before it asks for steps.
            recorder.tape.muted = 1
            run(context, **named)
            recorder.tape.muted = 0

        EnvironmentContext.configure, EnvironmentContext.run_migrations = configured, ran

    def application(self):
        """Flask's application context, where env.py asks for one."""
        import contextlib

        try:
            with open(os.path.join(self.scripts.dir, "env.py"), encoding="utf-8") as file:
                if "current_app" not in file.read():
                    return contextlib.nullcontext()
            from flask.cli import ScriptInfo
        except (OSError, ImportError):
            return contextlib.nullcontext()
        return ScriptInfo().load_app().app_context()

    def wrote(self, **entries):
        for when, found in entries.items():
            kept = [each for each in found if each["kind"] == "write" and self.lasts(each)]
            if kept:
                self.write("environment", when=when, statements=kept)

    def lasts(self, entry):
        """Whether a statement from before there was a connection to ask changes something."""
        return "calls" not in entry or self.volatile(entry["calls"]) is not False

    # -- one revision after the other ----------------------------------------------------------

    def steps(self, heads, context):
        """The work that env.py is asked to do: Alembic runs each step that this yields."""
        from alembic.runtime.migration import MigrationStep

        self.context = context
        if context.as_sql:
            raise Refused(
                "program", "env.py runs its migrations in offline mode, without a database",
                "Recording needs its online mode: let it connect unless --sql is given")
        self.wrote(before=self.tape.finish())
        self.tape.muted = 0
        context.on_version_apply_callbacks = tuple(
            self.heard(each) for each in context.on_version_apply_callbacks)
        external = getattr(context, "_in_external_transaction", None)
        if external is None:
            external = context.connection.in_transaction()
        if self.pending_down is not None:
            self.go_back(self.pending_down, context, external)
        while self.index < len(self.order):
            revision = self.order[self.index]
            step = MigrationStep.upgrade_from_script(self.scripts.revision_map, revision)
            step.migration_fn = lambda **named: self.go_on(revision, **named)
            self.tape.muted += 1  # until the script begins: Alembic looks at its version table
            yield step
            self.tape.muted -= 1
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

    def find_table(self, context):
        schema = context.version_table_schema
        table = context.version_table
        if schema is None:
            found = self.ask(
                "select n.nspname from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                " on n.oid = c.relnamespace where c.relname = '" + table.replace("'", "''")
                + "' and c.relkind in ('r', 'p') order by n.nspname = 'public' desc")
            schema = found[0][0] if found and found[0][0] != "public" else None
        self.table = {"schema": schema, "table": table}

    table = None

    def heard(self, callback):
        """What env.py wants to be told of: its statements belong to the revision."""

        def called(**named):
            muted, self.tape.muted = self.tape.muted, 0
            self.tape.start(None)
            callback(**named)
            self.kept["statements"] += self.tape.finish()
            self.tape.muted = muted

        return called

    def go_on(self, revision, **named):
        self.tape.muted -= 1
        schemas, path = self.ask(_PATH)[0]
        self.tape.start(revision.module.__file__)
        try:
            revision.module.upgrade(**named)
            recorded = {"statements": self.tape.finish()}
        except Refused as refused:
            self.problem(
                "not-supported", "upgrade() of revision %s %s" % (revision.revision, refused),
                refused.hint, revision.path, line_of(refused, revision))
            raise Failed()
        except Exception as error:
            self.failed(revision, error, "upgrade")
            raise Failed()
        finally:
            self.tape.muted += 1
        if schemas != "public":
            recorded["path"] = path
        self.kept = recorded

    def failed(self, revision, error, function):
        line = line_of(error, revision)
        if isinstance(error, Unrenderable):
            self.problem(
                "not-supported", str(error), "Write the value as SQL", revision.path, line)
            return
        self.problem(
            "recording", "%s() of revision %s fails on an empty database: %s" % (
                function, revision.revision, first_line(error)),
            "Make 'alembic upgrade heads' work on an empty database; what it needs beside (roles,"
            " extensions) can be had with --scratch, a server that has it", revision.path, line)

    def go_back(self, revision, context, external):
        """Records the way back from the newest revision and takes it back in its turn."""
        self.tape.muted = 0
        down = {"statements": [], "error": None}
        function = getattr(revision.module, "downgrade", None)
        try:
            with context.begin_transaction(_per_migration=True):
                if function is None:
                    down["error"] = "it has no downgrade()"
                else:
                    self.run_down(revision, function, down)
                raise Undo()
        except Undo:
            pass
        commits = self.tape.commits
        self.write_revision(revision, down)
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

    def run_down(self, revision, function, down):
        schemas, path = self.ask(_PATH)[0]
        if schemas != "public":
            down["path"] = path
        self.tape.start(revision.module.__file__)
        try:
            function()
        except Exception as error:
            line = line_of(error, revision)
            down["error"] = first_line(error) + (" (line %d)" % line if line else "")
        down["statements"] = self.tape.finish()

    def again(self, revision, context):
        """A way back that committed is undone by going forward once more."""
        self.tape.muted += 1
        try:
            with context.begin_transaction(_per_migration=True):
                revision.module.upgrade()
        except Exception:
            raise Restart()
        finally:
            self.tape.muted -= 1

    def write_revision(self, revision, down):
        parents = list(revision._versioned_down_revisions)
        parents += [each for each in revision._resolved_dependencies if each not in parents]
        for direction, script in (("up", self.kept), ("down", down)):
            if any(each["kind"] == "catalogue" for each in script["statements"]):
                self.asking.append((revision, direction))
        self.write(
            "revision", id=revision.revision, path=revision.path, doc=revision.doc or "",
            parents=parents, up=self.kept, down=down)

    def record(self):
        self.connect()
        self.load()
        self.watch()
        while self.index < len(self.order) or self.table is None:
            before = (self.index, self.pending_down)
            try:
                self.environment()
            except Undo:
                pass
            if (self.index, self.pending_down) == before and self.table is None:
                raise Refused(
                    "program", "env.py ran revision %s and nothing came of it"
                    % self.order[self.index].revision, "See that it commits its transaction")
        self.offline()
        self.write("end", table=self.table)

    def offline(self):
        """Renders what asked the catalogue, to see whether the answers made a difference."""
        if not self.settings.get("offline"):
            return
        self.tape.muted += 1
        self.scratch.closed = True
        for revision, direction in self.asking:
            function = getattr(revision.module, direction + "grade")
            found = {"sql": None, "error": None}
            try:
                found["sql"] = rendered(self.config, self.scripts, function, self.application)
            except (Exception, SystemExit) as error:
                found["error"] = first_line(error)
            self.write("offline", id=revision.revision, direction=direction, **found)


def located(error, home):
    """File and line of the team's own code in which an error arose, if it did there."""
    found = (None, None)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(home) and "site-packages" not in frame.filename:
            found = (frame.filename, frame.lineno)
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    # The recorder's own directories, which the imports above have used, leave the path.
    del sys.path[0:2]
    # A team's package may be called like one of Python's own, such as logging: that one wins.
    installed = [each.endswith("-packages") for each in sys.path] + [True]
    at = installed.index(True)
    sys.path[at:at] = settings.get("paths") or []
    os.chdir(settings["directory"])
    if settings.get("ahead"):
        go_ahead(settings["ahead"])
    with open(settings["out"], "w", encoding="utf-8") as out:
        recorder = Recorder(settings, out)
        try:
            recorder.record()
        except Refused as refused:
            recorder.problem(refused.code, str(refused), refused.hint)
        except Restart:
            recorder.offline()
            recorder.write("restart", next=recorder.index)
        except Failed:
            pass
        except SystemExit as left:
            recorder.problem(
                "program", "env.py ended the program (exit code %s)" % left.code,
                "Run 'alembic current' with the same program and see why")
        except BaseException as error:
            traceback.print_exc()
            file, line = located(error, settings["directory"])
            hint = "Run 'alembic current' with the same program and see why"
            if isinstance(error, ImportError):
                hint = ("Install it for this Python, name another one with --program, or put its"
                        " directory on PYTHONPATH")
            recorder.problem("program", first_line(error), hint, file, line)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
