"""Questions to the scratch database that no recording shows."""

_PATH = "select array_to_string(current_schemas(false), ','), current_setting('search_path')"


class Catalogue:
    """Asks through the connection of env.py, once that is known."""

    def __init__(self, tape):
        self.tape = tape
        self.connection = None
        self.known = {}
        tape.volatile = self.volatile

    def ask(self, sql):
        import sqlalchemy

        with self.tape.silent():
            return [tuple(row) for row in self.connection.execute(sqlalchemy.text(sql))]

    def path(self):
        """The schemas in which names are looked up, and the setting that says so."""
        return self.ask(_PATH)[0]

    def volatile(self, names):
        """Whether one of the functions may change something.

        None where nobody can be asked, since env.py has not told its connection yet.
        """
        unknown = [name for name in names if name not in self.known]
        if unknown and self.connection is None:
            return None
        if unknown:
            listed = ", ".join("'" + name + "'" for name in unknown)
            found = dict(self.ask(
                "select proname, bool_or(provolatile = 'v') from pg_catalog.pg_proc"
                " where proname in (" + listed + ") group by 1"))
            self.known.update((name, bool(found.get(name))) for name in unknown)
        return any(self.known.get(name) for name in names)

    def schema_of(self, table):
        """The schema of a table that is looked up by its bare name; none for public."""
        found = self.ask(
            "select n.nspname from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
            " on n.oid = c.relnamespace where c.relname = '" + table.replace("'", "''")
            + "' and c.relkind in ('r', 'p') order by n.nspname = 'public' desc")
        return found[0][0] if found and found[0][0] != "public" else None
