"""Where the scratch database is, in the words of each driver."""

import os
import ssl

from skein_errors import Refused

_NAMES = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT")
_URLS = ("DATABASE_URL", "DATABASE_URI", "DB_URL", "SQLALCHEMY_DATABASE_URI",
         "SQLALCHEMY_DATABASE_URL", "POSTGRES_URL")
_VERIFIED = ("verify-ca", "verify-full")


class Scratch:
    """The scratch database and its server."""

    def __init__(self, settings):
        self.host = settings["host"]
        self.port = int(settings["port"])
        self.user = settings["user"]
        self.database = settings["database"]
        self.password = settings.get("password") or "none"
        self.tls = settings.get("sslmode") or "prefer"
        self.authorities = settings.get("sslrootcert")
        if self.tls in _VERIFIED and not self.authorities:
            known = ssl.get_default_verify_paths()
            self.authorities = known.cafile or known.openssl_cafile
        self.closed = False

    def libpq(self):
        """For drivers on libpq, which also read the environment."""
        told = dict(self.keywords("dbname"), sslmode=self.tls)
        if self.tls in _VERIFIED:
            told["sslrootcert"] = self.authorities
        return told

    def asyncpg(self):
        return dict(
            self.keywords(), ssl=self.context() if self.tls in _VERIFIED else self.tls)

    def pg8000(self):
        told = self.keywords()
        if self.tls not in ("disable", "prefer"):
            told["ssl_context"] = self.context()
        return told

    def context(self):
        """How Python's own TLS says what sslmode says."""
        context = ssl.create_default_context(cafile=self.authorities)
        context.check_hostname = self.tls == "verify-full"
        context.verify_mode = ssl.CERT_REQUIRED if self.tls in _VERIFIED else ssl.CERT_NONE
        return context

    def keywords(self, database="database"):
        if self.closed:
            raise Refused("offline", "it connects to a database", "")
        return {"host": self.host, "port": self.port, "user": self.user,
                "password": self.password, database: self.database}

    def url(self, scheme="postgresql"):
        from urllib.parse import quote

        host = "[%s]" % self.host if ":" in self.host else self.host
        return "%s://%s:%s@%s:%d/%s" % (
            scheme, quote(self.user, ""), quote(self.password, ""), host, self.port, self.database)

    def environment(self):
        """What programs read that take their database from the environment."""
        values = (self.host, str(self.port), self.user, self.database, self.password, self.tls,
                  self.authorities)
        for name, value in zip(_NAMES, values):
            if value:
                os.environ[name] = value
        for name in ("PGSERVICE", "PGHOSTADDR"):
            os.environ.pop(name, None)
        for name in _URLS:
            if name in os.environ or name == "DATABASE_URL":
                scheme = os.environ.get(name, "").split("://")[0]
                postgres = scheme.startswith("postgres")
                os.environ[name] = self.url(scheme if postgres else "postgresql")
