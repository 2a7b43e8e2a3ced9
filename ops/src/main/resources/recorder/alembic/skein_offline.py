"""Renders scripts as 'alembic upgrade --sql' does, without a database."""

import io


def rendered(config, scripts, function, application):
    """The SQL that a script gives where it has no database to ask."""
    from alembic.operations import Operations
    from alembic.runtime.environment import EnvironmentContext

    text = io.StringIO()
    environment = EnvironmentContext(config, scripts, as_sql=True)
    with environment, application():
        # With another style of values Alembic would double percent signs.
        environment.configure(
            dialect_name="postgresql", output_buffer=text, literal_binds=True,
            dialect_opts={"paramstyle": "named"})
        with Operations.context(environment.get_context()):
            function()
    return text.getvalue()
