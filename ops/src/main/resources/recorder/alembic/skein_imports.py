"""Which files of the project a migration is made of, as far as its text tells."""

import ast
import os


class Imports:
    """Finds what a file imports below the project's directory, without running anything."""

    def __init__(self, home, paths):
        self.home = os.path.realpath(home)
        self.paths = [os.path.realpath(each) for each in paths]

    def of(self, file):
        """The file and what it imports, paths relative to the project's directory, sorted."""
        found, left = set(), [os.path.realpath(file)]
        while left:
            each = left.pop()
            if each not in found and self.inside(each):
                found.add(each)
                left += self.imported(each)
        return sorted(os.path.relpath(each, self.home).replace(os.sep, "/") for each in found)

    def inside(self, file):
        parts = os.path.relpath(file, self.home).split(os.sep)
        return parts[0] != os.pardir and not any(each.endswith("-packages") for each in parts)

    def imported(self, file):
        try:
            with open(file, "rb") as source:
                tree = ast.parse(source.read())
        except (OSError, SyntaxError, ValueError):
            return []
        files = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    files += self.module(self.paths, alias.name)
            elif isinstance(node, ast.ImportFrom):
                roots = self.paths
                if node.level:
                    root = file
                    for _ in range(node.level):
                        root = os.path.dirname(root)
                    roots = [root]
                module = node.module or ""
                files += self.module(roots, module)
                for alias in node.names:
                    files += self.module(roots, (module + "." + alias.name).strip("."))
        return files

    def module(self, roots, name):
        """The files that an import of the module runs: its packages' and its own."""
        for root in roots:
            files, path = [], root
            for part in filter(None, name.split(".")):
                path = os.path.join(path, part)
                if os.path.isfile(path + ".py"):
                    files.append(path + ".py")
                elif os.path.isfile(os.path.join(path, "__init__.py")):
                    files.append(os.path.join(path, "__init__.py"))
            if files:
                return [os.path.realpath(each) for each in files]
        return []
