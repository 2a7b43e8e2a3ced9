"""Runs a team's Alembic scripts against a scratch database and writes down what they execute.

Called with a file of settings (JSON); writes its findings, one JSON object a line, to the file
that the settings name, since scripts may print what they like. The work is done by the modules
beside this file: skein_recording goes over the revisions, skein_scripts runs each one.
"""

import json
import os
import sys
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "alembic"))

from skein_clock import go_ahead
from skein_errors import Refused, explained, located
from skein_output import Output
from skein_recording import Recording, Restart
from skein_scripts import Failed


def prepare(settings):
    """The process as the team's own command would find it."""
    # The recorder's own directories, which the imports above have used, leave the path.
    del sys.path[0:2]
    # A team's package may be called like one of Python's own, such as logging: that one wins.
    installed = [each.endswith("-packages") for each in sys.path] + [True]
    at = installed.index(True)
    sys.path[at:at] = settings.get("paths") or []
    os.chdir(settings["directory"])
    if settings.get("ahead"):
        go_ahead(settings["ahead"])


def record(settings, out):
    """Records all that can be, and writes the reason where something cannot."""
    recording = Recording(settings, out)
    try:
        recording.record()
    except Refused as refused:
        out.problem(refused.code, str(refused), refused.hint)
    except Restart:
        recording.render_offline()
        out.write("restart", next=recording.index)
    except Failed:
        pass
    except BaseException as error:
        traceback.print_exc()
        file, line = located(error)
        out.problem(*explained(error), file=file, line=line)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    prepare(settings)
    with open(settings["out"], "w", encoding="utf-8") as file:
        record(settings, Output(file))
    sys.stdout.flush()
    # Threads that the team's code has started would keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main()
