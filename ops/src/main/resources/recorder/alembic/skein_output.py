"""The file of findings."""

import json


class Output:
    """Writes findings, one JSON object a line, as soon as they are known."""

    def __init__(self, file):
        self.file = file

    def write(self, kind, **content):
        content["type"] = kind
        self.file.write(json.dumps(content) + "\n")
        self.file.flush()

    def problem(self, code, message, hint, file=None, line=None):
        self.write("problem", code=code, message=message, hint=hint, file=file, line=line)
