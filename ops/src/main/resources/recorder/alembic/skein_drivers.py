"""Points every PostgreSQL driver at the scratch database and notes what goes through it."""

import importlib

from skein_errors import Refused
from skein_literals import formatted, numbered

_NO_COPY = ("copies rows between the client and the server", "Write the rows as insert statements")


def install(scratch, tape):
    """Redirects and taps each driver that is there; gives their names."""
    found = []
    for name, tap in (
            ("psycopg2", _psycopg2), ("psycopg", _psycopg), ("pg8000", _pg8000),
            ("asyncpg", _asyncpg)):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        tap(module, scratch, tape)
        found.append(name)
    return found


def _run(tape, cursor, connection, autocommit, text, execute):
    entry = tape.before(cursor, connection, autocommit, text)
    result = execute()
    tape.done(cursor, entry)
    return result


def _psycopg2(module, scratch, tape):
    import psycopg2.extensions as extensions

    class TappedCursor:
        # Of the last executemany, which the driver does not run: the sum, as the driver has it.
        _all = None

        @property
        def rowcount(self):
            return super().rowcount if self._all is None else self._all

        def execute(self, query, vars=None):
            self._all = None
            text = self.mogrify(query, vars)
            if isinstance(text, bytes):
                text = text.decode(extensions.encodings[self.connection.encoding])
            connection = self.connection
            autocommit = connection.autocommit
            return _run(tape, self, connection, autocommit, text,
                        lambda: super(TappedCursor, self).execute(query, vars))

        def executemany(self, query, vars_list):
            found = [0]
            for each in vars_list:
                self.execute(query, each)
                found.append(super().rowcount)
            self._all = -1 if -1 in found else sum(found)

        def fetchone(self):
            row = super().fetchone()
            tape.rows(self, [row])
            return row

        def fetchmany(self, *size, **named):
            rows = super().fetchmany(*size, **named)
            tape.rows(self, rows)
            return rows

        def fetchall(self):
            rows = super().fetchall()
            tape.rows(self, rows)
            return rows

        def copy_expert(self, *given, **named):
            raise Refused("not-supported", *_NO_COPY)

        copy_from = copy_to = copy_expert

    def tapped(factory):
        factory = factory or extensions.cursor
        if issubclass(factory, TappedCursor):
            return factory
        return type("Tapped" + factory.__name__, (TappedCursor, factory), {})

    class TappedConnection:
        def cursor(self, *given, **named):
            factory = named.pop("cursor_factory", None) or self.cursor_factory
            return super().cursor(*given, cursor_factory=tapped(factory), **named)

        def commit(self):
            super().commit()
            tape.committed(self)

        def rollback(self):
            super().rollback()
            tape.rolled_back(self)

    connect = module._connect

    def redirected(dsn=None, connection_factory=None, **named):
        given = extensions.parse_dsn(dsn) if dsn else {}
        kept = {key: given[key] for key in ("options", "application_name") if key in given}
        target = extensions.make_dsn(**dict(kept, **scratch.libpq()))
        base = connection_factory or extensions.connection
        factory = type("Tapped" + base.__name__, (TappedConnection, base), {})
        return connect(target, connection_factory=factory, **named)

    module._connect = redirected


def _psycopg(module, scratch, tape):
    def keywords(conninfo, named):
        given = dict(module.conninfo.conninfo_to_dict(conninfo or ""), **{
            key: value for key, value in named.items() if isinstance(value, str)})
        kept = {key: given[key] for key in ("options", "client_encoding") if key in given}
        for key in ("autocommit", "prepare_threshold", "row_factory", "cursor_factory", "context"):
            if key in named:
                kept[key] = named[key]
        return dict(kept, **scratch.libpq())

    def text_of(cursor, query, params, factory):
        renderer = factory(cursor.connection)
        return renderer.mogrify(query, params)

    for kind, client in ((module.Cursor, module.ClientCursor),):
        execute, fetchone, fetchall = kind.execute, kind.fetchone, kind.fetchall
        fetchmany = kind.fetchmany

        def tapped(self, query, params=None, _execute=execute, _client=client, **named):
            text = text_of(self, query, params, _client)
            connection = self.connection
            return _run(tape, self, connection, connection.autocommit, text,
                        lambda: _execute(self, query, params, **named))

        def many(self, query, params_seq, *, returning=False):
            answers = _Answers()
            for each in params_seq:
                self.execute(query, each)
                answers.add(self)
            answers.give(self, returning)

        kind.execute, kind.executemany = tapped, many
        kind.fetchone = _watched(fetchone, tape, True)
        kind.fetchall, kind.fetchmany = _watched(fetchall, tape), _watched(fetchmany, tape)
        kind.copy = _copy
    _async_psycopg(module, tape, text_of)
    for kind in (module.Connection, module.AsyncConnection):
        _ends(kind, tape, kind is module.AsyncConnection)
        _redirect_psycopg(kind, keywords)
    module.connect = module.Connection.connect


def _async_psycopg(module, tape, text_of):
    kind = module.AsyncCursor
    execute = kind.execute

    async def tapped(self, query, params=None, **named):
        text = text_of(self, query, params, module.AsyncClientCursor)
        connection = self.connection
        entry = tape.before(self, connection, connection.autocommit, text)
        result = await execute(self, query, params, **named)
        tape.done(self, entry)
        return result

    async def many(self, query, params_seq, *, returning=False):
        answers = _Answers()
        for each in params_seq:
            await self.execute(query, each)
            answers.add(self)
        answers.give(self, returning)

    kind.execute, kind.executemany, kind.copy = tapped, many, _copy


class _Answers:
    """What psycopg's cursor knows after executemany: the sum of all rows, or all results."""

    def __init__(self):
        self.rows = 0
        self.results = []

    def add(self, cursor):
        self.rows += max(cursor.rowcount, 0)
        self.results.extend(cursor._results)

    def give(self, cursor, returning):
        if not returning:
            cursor._rowcount = self.rows
        elif self.results:
            cursor._results = self.results
            cursor._select_current_result(0)


def _redirect_psycopg(kind, keywords):
    connect = kind.connect.__func__

    def redirected(cls, conninfo="", **named):
        return connect(cls, "", **keywords(conninfo, named))

    kind.connect = classmethod(redirected)


def _copy(self, *given, **named):
    raise Refused("not-supported", *_NO_COPY)


def _watched(fetch, tape, single=False):
    def watched(self, *given, **named):
        rows = fetch(self, *given, **named)
        tape.rows(self, [rows] if single else rows)
        return rows

    return watched


def _ends(kind, tape, asynchronous=False):
    commit, rollback = kind.commit, kind.rollback

    def wrap(end, note):
        async def later(self, *given, **named):
            await end(self, *given, **named)
            note(self)

        def now(self, *given, **named):
            end(self, *given, **named)
            note(self)

        return later if asynchronous else now

    kind.commit, kind.rollback = wrap(commit, tape.committed), wrap(rollback, tape.rolled_back)


def _pg8000(module, scratch, tape):
    import pg8000.core as core

    begin = core.CoreConnection.__init__

    def redirected(self, *given, **named):
        kept = {key: named[key] for key in ("timeout", "tcp_keepalive") if key in named}
        begin(self, **dict(kept, **scratch.pg8000()))

    core.CoreConnection.__init__ = redirected
    kinds = []
    for name in ("pg8000.dbapi", "pg8000.legacy"):
        try:
            kinds.append(importlib.import_module(name))
        except ImportError:
            continue
    for each in kinds:
        _tap_pg8000(each, tape)
        _ends(each.Connection, tape)


def _tap_pg8000(module, tape):
    kind = module.Cursor
    execute = kind.execute
    convert = getattr(module, "convert_paramstyle", None)

    def tapped(self, operation, args=(), **named):
        text = operation
        if args:
            sql, values = convert("format", operation, args)
            text = numbered(sql, values() if callable(values) else list(values))
        if named.get("stream") is not None:
            raise Refused("not-supported", *_NO_COPY)
        connection = self.connection
        control = text.strip().lower() in ("begin transaction", "rollback", "commit")
        if control:
            return execute(self, operation, args, **named)
        return _run(tape, self, connection, connection.autocommit, text,
                    lambda: execute(self, operation, args, **named))

    # Its executemany goes through execute, and adds up the rows itself.
    kind.execute = tapped
    for name in ("fetchone", "fetchall", "fetchmany"):
        if hasattr(kind, name):
            setattr(kind, name, _watched(getattr(kind, name), tape, name == "fetchone"))


def _asyncpg(module, scratch, tape):
    connect = module.connect

    async def redirected(dsn=None, **named):
        kept = {key: value for key, value in named.items() if key in (
            "server_settings", "statement_cache_size", "prepared_statement_cache_size",
            "connection_class", "record_class", "timeout", "command_timeout", "loop")}
        return await connect(**dict(kept, **scratch.asyncpg()))

    module.connect = redirected
    module.connection.connect = redirected
    try:
        from sqlalchemy.dialects.postgresql import asyncpg as dialect
    except ImportError:
        return
    _tap_asyncpg(dialect, tape)


def _tap_asyncpg(dialect, tape):
    import sqlalchemy

    kind = dialect.AsyncAdapt_asyncpg_cursor
    execute = kind.execute
    rendered = formatted if sqlalchemy.__version__.startswith("1.") else numbered

    def tapped(self, operation, parameters=None):
        text = rendered(operation, list(parameters or ()))
        connection = self._adapt_connection
        autocommit = connection.isolation_level == "autocommit"
        return _run(tape, self, connection, autocommit, text,
                    lambda: execute(self, operation, parameters))

    def many(self, operation, seq_of_parameters):
        known = self.rowcount
        for each in seq_of_parameters:
            self.execute(operation, each)
        # The driver's executemany does not say how many rows it changed.
        setattr(self, "_rowcount" if hasattr(self, "_rowcount") else "rowcount", known)

    kind.execute, kind.executemany = tapped, many
    for name in ("fetchone", "fetchall", "fetchmany"):
        setattr(kind, name, _watched(getattr(kind, name), tape, name == "fetchone"))
    _ends(dialect.AsyncAdapt_asyncpg_connection, tape)
