"""The team's Alembic project: its configuration, its env.py, its Flask application."""

import argparse
import contextlib
import os

from skein_errors import Refused


class Project:
    """What Alembic's own command would make of the same options."""

    def __init__(self, settings):
        self.settings = settings
        self.config = None
        self.scripts = None

    def load(self, engines):
        """Reads the configuration; revisions are imported when env.py asks for them."""
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        given = self.settings
        named = {"ini_section": given.get("section") or "alembic"}
        if given.get("toml"):
            named["toml_file"] = given["toml"]
        options = upgrade_options(given, named["ini_section"])
        config = Config(given.get("ini"), cmd_opts=options, **named)
        if given.get("location") and not config.get_main_option("script_location"):
            config.set_main_option("script_location", given["location"].replace("%", "%%"))
        self.scripts = ScriptDirectory.from_config(config)
        self.config = config
        url = engines.address(
            named_address(config), self.mentions("async_engine"))
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))

    def order(self):
        """All revisions, in the order in which Alembic runs them."""
        return [step.revision for step in self.scripts._upgrade_revs("heads", ())]

    def mentions(self, word):
        """Whether env.py has the word in it."""
        try:
            with open(os.path.join(self.scripts.dir, "env.py"), encoding="utf-8") as file:
                return word in file.read()
        except OSError:
            return False

    def run_env(self, work):
        """Runs env.py as 'alembic upgrade heads' does, with the work to do in its transactions."""
        from alembic.runtime.environment import EnvironmentContext

        context = EnvironmentContext(
            self.config, self.scripts, fn=work, as_sql=False,
            destination_rev="heads", starting_rev=None, tag=None)
        with context, self.application():
            self.scripts.run_env()

    def application(self):
        """Flask's application context as 'flask db' has it, where env.py asks for one."""
        if not self.mentions("current_app"):
            return contextlib.nullcontext()
        try:
            from flask.cli import ScriptInfo, load_dotenv
        except ImportError:
            return contextlib.nullcontext()
        # FLASK_APP is often in a file of settings.
        load_dotenv()
        return ScriptInfo().load_app().app_context()


def upgrade_options(given, section):
    """What env.py finds in config.cmd_opts under 'alembic upgrade heads'."""
    from alembic import command

    return argparse.Namespace(
        x=given.get("arguments") or None, name=section, config=given.get("ini"),
        cmd=(command.upgrade, ["revision"], ["sql", "tag"]),
        revision="heads", sql=False, tag=None, raiseerr=False, quiet=False)


def named_address(config):
    """The team's sqlalchemy.url; env.py may still have to set names that it is made of."""
    from configparser import InterpolationError

    try:
        return config.get_main_option("sqlalchemy.url") or ""
    except InterpolationError:
        return config.file_config.get(config.config_ini_section, "sqlalchemy.url", raw=True)


def need_alembic():
    """The versions of Alembic and SQLAlchemy; refuses a Python that has none."""
    import sys

    try:
        import alembic
        import sqlalchemy
    except ImportError as missing:
        raise Refused(
            "program", "%s has no Alembic (%s)" % (sys.executable, missing),
            "Name the Python that has the project's Alembic with --program, for instance"
            " .venv/bin/python")
    return {"alembic": alembic.__version__, "sqlalchemy": sqlalchemy.__version__}
