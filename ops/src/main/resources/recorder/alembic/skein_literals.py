"""SQL literals for drivers that send values apart from the statement."""

import datetime
import decimal
import enum
import ipaddress
import json
import math
import re
import uuid


class Unrenderable(Exception):
    """A value that has no literal here; the revision that sends it is refused by name."""


# Texts in which a mark of a value is none: literals, names, dollar-quoted texts, comments.
_OPAQUE = (
    r"[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
    r"|\$(?P<tag>[A-Za-z_]\w*)?\$.*?\$(?(tag)(?P=tag))\$|--[^\n]*|/\*.*?\*/"
)
_NUMBERED = re.compile("(?P<opaque>" + _OPAQUE + r")|\$(?P<number>\d+)", re.S)


def numbered(statement, values):
    """The statement with the literals of its values in place of $1, $2, ..."""
    if not values:
        return statement

    def replaced(match):
        number = match.group("number")
        return match.group(0) if number is None else literal(values[int(number) - 1])

    return _NUMBERED.sub(replaced, statement)


def formatted(statement, values):
    """The statement with the literals of its values in place of %s; %% is one percent sign."""
    if not values:
        return statement
    return statement % tuple(literal(value) for value in values)


def literal(value):
    """One value as PostgreSQL reads it with standard_conforming_strings on."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, decimal.Decimal)):
        return _number(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "'\\x" + bytes(value).hex() + "'::bytea"
    if isinstance(value, datetime.datetime):
        kind = "timestamp" if value.tzinfo is None else "timestamptz"
        return _quoted(value.isoformat(sep=" ")) + "::" + kind
    if isinstance(value, datetime.timedelta):
        return "'%d days %d.%06d seconds'::interval" % (
            value.days, value.seconds, value.microseconds)
    return _structure(value)


def _structure(value):
    if isinstance(value, datetime.date):
        return _quoted(value.isoformat()) + "::date"
    if isinstance(value, datetime.time):
        return _quoted(value.isoformat()) + "::" + ("time" if value.tzinfo is None else "timetz")
    if isinstance(value, uuid.UUID) or type(value).__module__.startswith("asyncpg.pgproto"):
        return _quoted(str(value)) + "::uuid"
    if isinstance(value, (list, tuple)):
        return "ARRAY[" + ", ".join(literal(each) for each in value) + "]" if value else "'{}'"
    if isinstance(value, dict):
        return _quoted(json.dumps(value))
    if isinstance(value, (
            ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Interface,
            ipaddress.IPv6Interface, ipaddress.IPv4Network, ipaddress.IPv6Network)):
        return _quoted(str(value))
    raise Unrenderable("no literal is known for a value of the type " + type(value).__name__)


def _number(value):
    if isinstance(value, int):
        text = str(int(value))
    elif value.is_nan() if isinstance(value, decimal.Decimal) else math.isnan(value):
        return "'NaN'"
    elif value in (float("inf"), float("-inf")):
        return "'Infinity'" if value > 0 else "'-Infinity'"
    else:
        text = str(value) if isinstance(value, decimal.Decimal) else repr(value)
    # A cast behind a bare minus would bind to the digits alone.
    return "(" + text + ")" if text.startswith("-") else text


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"
