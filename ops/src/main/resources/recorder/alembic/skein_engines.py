"""Engines for other databases, placeholders among them, become ones for the scratch database."""

import sys

from skein_errors import Refused

_ASYNCHRONOUS = ("asyncpg", "psycopg", "psycopg_async")
# What an address of another database says of itself means nothing to PostgreSQL's drivers.
_FOREIGN = ("connect_args", "poolclass", "pool_size", "max_overflow")


class Engines:
    """Stands in for SQLAlchemy's create_engine."""

    def __init__(self, scratch, drivers, tape, remarks):
        self.remarks = remarks
        self.scratch = scratch
        self.drivers = drivers
        self.tape = tape

    def install(self):
        import sqlalchemy
        import sqlalchemy.engine

        self.original = sqlalchemy.create_engine
        sqlalchemy.create_engine = sqlalchemy.engine.create_engine = self.create
        inner = sys.modules.get("sqlalchemy.engine.create")
        if inner is not None:
            inner.create_engine = self.create
        self.listen()

    def create(self, url, *given, **named):
        backend, driver = _parts(url)
        mine = backend in ("postgresql", "postgres")
        asynchronous = bool(named.get("_is_async"))
        if mine and self.fits(driver, asynchronous):
            return self.original(url, *given, **named)
        if not mine:
            for key in _FOREIGN:
                named.pop(key, None)
        scheme = self.scheme(asynchronous or driver.startswith("aio"))
        return self.original(self.scratch.url(scheme), *given, **named)

    def fits(self, driver, asynchronous):
        """Whether an engine can be made with the driver that an address names."""
        if asynchronous:
            return driver in _ASYNCHRONOUS and driver.replace("_async", "") in self.drivers
        return (driver or _usual()) in self.drivers

    def scheme(self, asynchronous):
        if asynchronous:
            return "postgresql+asyncpg" if "asyncpg" in self.drivers else "postgresql+psycopg_async"
        for name in ("psycopg2", "psycopg", "pg8000"):
            if name in self.drivers:
                return "postgresql+" + name
        return "postgresql+asyncpg"

    def address(self, url, asynchronous):
        """The scratch database's address, for the driver that another address names."""
        scheme = url.split("://")[0]
        return self.scratch.url(
            scheme if scheme.startswith("postgresql+") else self.scheme(asynchronous))

    def listen(self):
        import sqlalchemy.engine
        from sqlalchemy import event

        @event.listens_for(sqlalchemy.engine.Engine, "do_connect")
        def guard(dialect, record, cargs, cparams):
            if dialect.name != "postgresql":
                raise Refused(
                    "program", "env.py or a script connects to a database of the kind "
                    + dialect.name, "Skein records connections to PostgreSQL only")
            self.remarks.connecting(cparams)

        @event.listens_for(sqlalchemy.engine.Engine, "commit")
        def committing(connection):
            self.tape.asked_to_commit()

        @event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute")
        def passing(connection, cursor, statement, parameters, context, executemany):
            self.tape.place = (None, False)
            self.tape.place = self.tape.origin()


def _parts(url):
    from sqlalchemy.engine.url import make_url

    name = getattr(make_url(url), "drivername", "") if "://" in str(url) else ""
    backend, driver = (name.split("+") + [""])[:2]
    return backend, driver


def _usual():
    """The driver where an address names none; SQLAlchemy 2.1 has another one than before."""
    import sqlalchemy

    version = tuple(int(each) for each in sqlalchemy.__version__.split(".")[:2])
    return "psycopg" if version >= (2, 1) else "psycopg2"
