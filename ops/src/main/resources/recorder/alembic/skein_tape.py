"""What the connections of one process executed, in order, and where it came from."""

import contextlib
import re
import sys

from skein_errors import Refused

_SKIPPED = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/|\()*", re.S)
_WORD = re.compile(r"[A-Za-z_]+")
_OPAQUE = re.compile(
    r"'(?:[^']|'')*'|\$([A-Za-z_]\w*)?\$.*?\$(?(1)\1)\$|--[^\n]*|/\*.*?\*/", re.S)
_READS = ("select", "show", "values", "table", "explain", "with")
_WRITES = re.compile(r"\b(insert|update|delete|merge|into)\b", re.I)
_RELATION = re.compile(
    r"\b(?:from|join)\s+(?:only\s+)?((?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))?)(?!\s*\()", re.I)
_CREATED = re.compile(
    r"\bcreate\s+(?:temp\w*\s+|unlogged\s+)?(?:table|(?:materialized\s+)?view)\s+"
    r"(?:if\s+not\s+exists\s+)?((?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))?)", re.I)
# A table that begins empty in every database; what else makes one may bring rows along.
_EMPTY = re.compile(
    r"\s*create\s+(?:temp\w*\s+|unlogged\s+)?table\s+"
    r"((?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))?)\s*\(", re.I)
_GIVEN = re.compile(
    r"\blike\b|\binherits\b|\bcurrent_|\bsession_user\b|\bdefault\s+(?!nextval)\w+\s*\(", re.I)
_CALL = re.compile(r"(\w+)\s*\(")
_RETURNING = re.compile(r"\breturning\b", re.I)
_SERVER_WIDE = re.compile(r"\s*(create|drop|alter)\s+(database|tablespace|system)\b", re.I)

# Functions that PostgreSQL calls volatile although a call leaves nothing behind.
_HARMLESS = frozenset((
    "random", "clock_timestamp", "timeofday", "gen_random_uuid", "uuid_generate_v4",
    "uuid_generate_v1", "pg_sleep", "currval", "lastval", "pg_backend_pid", "txid_current",
    "pg_is_in_recovery", "query_to_xml"))


def first_word(text):
    """The word a statement begins with, in small letters."""
    word = _WORD.match(text, _SKIPPED.match(text).end())
    return word.group(0).lower() if word else ""


def bare(text):
    """The statement without its literals and comments, in which no word of SQL is one."""
    return _OPAQUE.sub(" ", text)


def calls(text):
    """The functions of a statement that may leave something behind."""
    return {each.lower() for each in _CALL.findall(bare(text))} - _HARMLESS


class Tape:
    """The statements of the script that runs now; outside of scripts, those of env.py."""

    def __init__(self):
        # Whether one of some functions may change something: the catalogue's to say.
        self.volatile = lambda names: None
        self.muted = False
        self.file = None
        self.entries = []
        self.transactions = {}
        self.commits = 0
        self.seen = set()
        self.created = set()
        self.own = set()
        self.returned = {}
        self.current = {}
        self.place = (None, False)
        # Where the script has last committed by itself.
        self.own_commit = None

    @contextlib.contextmanager
    def hearing(self, muted):
        before, self.muted = self.muted, muted
        try:
            yield
        finally:
            self.muted = before

    def silent(self):
        """What runs meanwhile is nobody's."""
        return self.hearing(True)

    def listening(self):
        """What runs meanwhile is noted, also within what is silent."""
        return self.hearing(False)

    def start(self, file):
        """Begins a script and gives what came since the last one ended."""
        before = self.finish()
        self.file = file
        self.commits = 0
        self.created = set()
        self.own = set()
        self.returned = {}
        self.own_commit = None
        return before

    def finish(self):
        """Ends what was begun and gives its statements."""
        entries, self.entries, self.file = self.entries, [], None
        self.current = {}
        return entries

    def before(self, cursor, connection, autocommit, text):
        """Notes a statement that is about to run; None where nobody wants to know."""
        if self.muted:
            return None
        if _SERVER_WIDE.match(text) and self.file is None:
            raise Refused(
                "server-wide", "env.py executes '%s', which concerns the whole server"
                % " ".join(text.split())[:60], "Let env.py leave the server alone, for instance"
                " by an -x argument")
        line, checkfirst = self.origin()
        reads = self.reads(text)
        entry = {
            "sql": text, "line": line, "autocommit": bool(autocommit),
            "transaction": "%d.%d" % self.transaction(connection)}
        entry["kind"] = "write" if reads is None else "check" if checkfirst else reads
        if entry["kind"] == "unknown":
            entry["kind"], entry["calls"] = "write", sorted(calls(text))
        if entry["kind"] == "write":
            self.created.update(_name(each) for each in _CREATED.findall(bare(text)))
            self.fills(bare(text))
            self.uses(entry)
        return entry

    def fills(self, plain):
        """Keeps in mind which tables hold what the script itself wrote, and nothing else."""
        empty = _EMPTY.match(plain)
        if empty and not _GIVEN.search(plain):
            self.own.add(_name(empty.group(1)))
        elif {_name(each) for each in _RELATION.findall(plain)} - self.own:
            self.own -= {_name(each) for each in re.findall(r'[\w."]+', plain) if _name(each)}

    def done(self, cursor, entry):
        """Keeps a statement that the server accepted."""
        self.current[id(cursor)] = entry
        if entry is not None:
            self.entries.append(entry)

    def uses(self, entry):
        """Marks a statement that holds a value which an earlier one of the script returned."""
        for value in self.returned:
            if re.search(r"(?<![\w.])%s(?![\w.])" % re.escape(value), entry["sql"]):
                entry["uses"] = self.returned[value]

    def rows(self, cursor, rows):
        """Looks at rows that a script fetched: a returned key may show up in later statements."""
        entry = self.current.get(id(cursor))
        if not entry or not self.file or entry["kind"] != "write":
            return
        if not _RETURNING.search(entry["sql"]):
            return
        target = re.search(r"\b(?:into|update|from)\s+(?:only\s+)?([\w\".]+)", entry["sql"], re.I)
        if target and _name(target.group(1)) in self.created:
            return
        for row in rows or ():
            for value in (row.values() if isinstance(row, dict) else row or ()):
                if value is not None and not isinstance(value, bool):
                    self.returned[str(value)] = " ".join(entry["sql"].split())[:80]

    def transaction(self, connection):
        key = id(connection)
        if key not in self.transactions:
            self.transactions[key] = [len(self.transactions), 0]
        return tuple(self.transactions[key])

    def committed(self, connection):
        """The driver ended a transaction and kept it."""
        if not self.muted:
            number, count = self.transaction(connection)
            if any(each["transaction"] == "%d.%d" % (number, count) for each in self.entries):
                self.commits += 1
        self.next(connection)

    def asked_to_commit(self):
        """SQLAlchemy is asked to commit: by the script itself, or by Alembic around a block."""
        frame, names = sys._getframe(1), set()
        while frame is not None:
            if self.file is not None and frame.f_code.co_filename == self.file:
                if "autocommit_block" not in names:
                    self.own_commit = frame.f_lineno
                return
            names.add(frame.f_code.co_name)
            frame = frame.f_back

    def rolled_back(self, connection):
        """The driver ended a transaction and threw its statements away."""
        gone = "%d.%d" % self.transaction(connection)
        self.entries = [
            each for each in self.entries
            if each["transaction"] != gone or each["autocommit"] or each["kind"] == "rows"]
        self.next(connection)

    def next(self, connection):
        self.transaction(connection)
        self.transactions[id(connection)][1] += 1

    def reads(self, text):
        """None if a statement changes something, else "rows" or "catalogue": what it reads.

        "unknown" where that depends on functions which are not known.
        """
        word = first_word(text)
        if word not in _READS:
            return None
        plain = bare(text)
        if word != "show" and _WRITES.search(plain):
            return None
        functions = calls(text)
        volatile = self.volatile(functions) if functions else False
        if volatile is not False:
            return "unknown" if volatile is None else None
        relations = [_name(each) for each in _RELATION.findall(plain)]
        foreign = [each for each in relations if not _is_catalogue(each)]
        if relations and not set(relations) - self.own:
            return "own"
        return "rows" if set(foreign) - self.created else "catalogue"

    def origin(self):
        """The line of the script that runs now, and whether SQLAlchemy asks on its own."""
        line, checkfirst, frame = None, False, sys._getframe(1)
        while frame is not None and line is None:
            file, name = frame.f_code.co_filename, frame.f_code.co_name
            if self.file is not None and file == self.file:
                line = frame.f_lineno
            elif "sqlalchemy" in file and (
                    name.startswith("_can_") or file.endswith("ddl.py") and name != "has_table"
                    or "postgresql" in file and name in ("create", "drop")):
                checkfirst = True
            frame = frame.f_back
        # An asynchronous driver runs elsewhere: then SQLAlchemy was seen to pass by before.
        return self.place if line is None and self.place[0] else (line, checkfirst)


def _name(text):
    parts = re.findall(r'"[^"]+"|\w+', text)
    return ".".join(
        each[1:-1] if each.startswith('"') else each.lower() for each in parts)


def _is_catalogue(name):
    schema = name.split(".")[0]
    return schema in ("pg_catalog", "information_schema") or name.startswith("pg_")
