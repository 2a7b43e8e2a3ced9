"""What goes wrong in the team's code, in words for a person."""

import os
import sysconfig
import traceback

_SAME_PROGRAM = "Run 'alembic current' with the same program and see why"


class Refused(Exception):
    """Something that a recording cannot carry; the code and the hint are for the operator."""

    def __init__(self, code, message, hint):
        Exception.__init__(self, message)
        self.code = code
        self.hint = hint


def first_line(error):
    """An error's kind and the first line of what it says."""
    inner = getattr(error, "orig", None) or error
    text = str(inner).strip().splitlines()
    return "%s: %s" % (type(inner).__name__, text[0]) if text else type(inner).__name__


def line_of(error, file):
    """The line of a file at which an error arose, or none."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file]
    return lines[-1] if lines else None


def located(error):
    """File and line of the team's own code in which an error arose, if it did there."""
    found = (None, None)
    for frame in traceback.extract_tb(error.__traceback__):
        if _is_the_teams(frame.filename):
            found = (frame.filename, frame.lineno)
    return found


def _is_the_teams(file):
    foreign = (sysconfig.get_paths()["stdlib"], os.path.dirname(os.path.dirname(__file__)))
    return (os.path.isabs(file) and os.path.exists(file) and "-packages" not in file
            and not file.startswith(tuple(each + os.sep for each in foreign)))


def explained(error):
    """Code, message and hint for an error outside of the functions of revisions."""
    if isinstance(error, SystemExit):
        return "program", "env.py ended the program (exit code %s)" % error.code, _SAME_PROGRAM
    if isinstance(error, ImportError):
        return ("program", first_line(error),
                "Install it for this Python, name another one with --program, or put its"
                " directory on PYTHONPATH")
    if isinstance(error, KeyError) and _asked_the_environment(error):
        return ("program", "it asks for the environment variable %s, which is not set"
                % error.args[0], "Set it as for 'alembic upgrade'; a database that it names is"
                " not touched")
    kind = type(error).__name__
    if kind == "NoAppException":
        return ("configuration", "env.py asks for Flask's current application, and Flask finds"
                " none: " + first_line(error).split(": ", 1)[-1],
                "Set FLASK_APP as for 'flask db upgrade', for instance FLASK_APP=app:create_app,"
                " and name the directory in which that command runs")
    if kind == "CommandError" and type(error).__module__.startswith("alembic"):
        return ("program", "Alembic says: " + first_line(error).split(": ", 1)[-1],
                "See that 'alembic heads' and 'alembic upgrade heads' work with the same program,"
                " directory and --config")
    return "program", first_line(error), _SAME_PROGRAM


def _asked_the_environment(error):
    last = traceback.extract_tb(error.__traceback__)[-1]
    return last.name == "__getitem__" and last.filename in (os.__file__, "<frozen os>")
