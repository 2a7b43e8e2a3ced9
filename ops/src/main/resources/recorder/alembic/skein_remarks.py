"""What env.py asks for that a plan has no place for: said, since its author may count on it."""

import re

_OPTION = re.compile(r"(?:-c\s*|--)([A-Za-z_][A-Za-z0-9_.-]*)=((?:\\.|[^\s\\])*)")
# Agents set these themselves, or they change nothing that a script does.
_AGENTS = ("application_name", "statement_timeout", "lock_timeout", "jit",
           "idle_in_transaction_session_timeout")
_SESSION = ("agents connect by themselves; let env.py execute it ahead of the revisions,"
            " as in 'set %s = …', and it goes into every step")
_PATH = ("%s goes into every step: what is named without a schema lies there in every database,"
         " also where tenants are schemas")
_LEVEL = ("steps run at the level of the agent's session; a revision that needs another begins"
          " with 'set transaction isolation level …'")


class Remarks:
    """Each setting without effect, once."""

    def __init__(self, out):
        self.out = out
        self.made = set()
        # Search paths that connections are told, with what told them.
        self.paths = []

    def make(self, setting, reason):
        if setting not in self.made:
            self.made.add(setting)
            self.out.write("remark", setting=setting, reason=reason)

    def environment(self, options):
        """What the variable PGOPTIONS tells drivers on libpq."""
        for name, value in _settings(options):
            self.told("the variable PGOPTIONS with %s=%s" % (name, value), name, value)

    def told(self, setting, name, value):
        if name == "search_path":
            self.paths.append((setting, value))
        elif name not in _AGENTS:
            self.make(setting, _SESSION % name)

    def found(self, path):
        """The search path that holds; whether a connection was told it when it was made."""
        held = False
        for setting, value in self.paths:
            if _bare(value) == _bare(path):
                held = True
                self.say("env.py", _PATH % setting)
            else:
                self.make(setting, "the search path that holds is " + path)
        self.paths = []
        return held

    def say(self, origin, words):
        if words not in self.made:
            self.made.add(words)
            self.out.write("remark", origin=origin, words=words)

    def configured(self, named):
        """What context.configure() is given."""
        if named.get("transaction_per_migration") is False:
            self.make("transaction_per_migration=False",
                      "each revision runs in transactions of its own")
        if named.get("transactional_ddl") is False:
            self.make("transactional_ddl=False",
                      "what shared a transaction while it was recorded is one step; take"
                      " autocommit_block() for what has to run outside of one")

    def connecting(self, parameters):
        """What a connection is made with."""
        found = _settings(parameters.get("options"))
        settings = parameters.get("server_settings")
        if isinstance(settings, dict):
            found += [(name, str(value)) for name, value in settings.items()]
        for name, value in found:
            self.told("the connection's setting %s=%s" % (name, value), name.lower(), value)

    def connected(self, connection):
        """At which isolation level it works; AUTOCOMMIT shows in what is recorded."""
        told = getattr(connection, "get_execution_options", dict)().get("isolation_level")
        level = told or getattr(connection.dialect, "_on_connect_isolation_level", None) \
            or getattr(connection.dialect, "isolation_level", None)
        if isinstance(level, str) and level.replace("_", " ").upper() not in (
                "AUTOCOMMIT", "READ COMMITTED"):
            self.make("the isolation level " + level, _LEVEL)


def _settings(options):
    """The settings that options of a connection make, by name."""
    found = _OPTION.findall(options) if isinstance(options, str) else []
    return [(name.replace("-", "_").lower(), re.sub(r"\\(.)", r"\1", value))
            for name, value in found]


def _bare(path):
    return path.replace(" ", "")
