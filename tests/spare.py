"""A PostgreSQL database that tests use one after another: to empty one takes a tenth of the time of making one."""

from uuid import uuid4

import sqlalchemy as sa

LARGE = 40_000_000  # bytes; the rows that a test deleted stand in the files until they are cleaned up
# Whatever a test could have changed beside rows.
SHAPE = """
    SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
        SELECT concat_ws(' ', oid::regclass, relkind) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, atttypid::regtype) FROM pg_attribute
            WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT version_num FROM alembic_version) parts"""
# The rows and numbers of the template, kept beside the tables under names that no table of ours has.
KEEP = """
    DO $$ DECLARE it text; filled bool; BEGIN
        DROP SCHEMA IF EXISTS kept CASCADE; -- of a template that was one of these itself
        CREATE SCHEMA kept;
        CREATE TABLE kept.numbers (sequence text, last bigint, called bool);
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', it) INTO filled;
            IF filled THEN
                EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'of_' || it, it);
            END IF;
        END LOOP;
        FOR it IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
            EXECUTE format('INSERT INTO kept.numbers SELECT %L, last_value, is_called FROM public.%I', it, it);
        END LOOP;
    END $$"""
BACK = """
    DO $$ DECLARE it text; BEGIN
        SET LOCAL lock_timeout = '5s';
        SET LOCAL session_replication_role = replica;
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('DELETE FROM public.%I', it);
        END LOOP;
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename <> 'numbers' LOOP
            EXECUTE format('INSERT INTO public.%I TABLE kept.%I', substr(it, 4), it);
        END LOOP;
        PERFORM setval(format('public.%I', sequence), last, called) FROM kept.numbers;
    END $$"""
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Spare:
    """One database, as its template is, whenever it is asked for."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template, self._name = server, template, ""
        self._admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")

    @property
    def name(self) -> str:
        return self._name

    @property
    def url(self) -> str:
        return sa.make_url(self._server).set(database=self._name).render_as_string(hide_password=False)

    def ready(self) -> str:
        """Its URL, with nothing in it that its template does not hold."""
        if not self._name or not self._emptied():
            self.drop()
            self._make()
        return self.url

    def drop(self) -> None:
        if self._name:
            with self._admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name = ""

    def close(self) -> None:
        """The database goes with its server."""
        self._admin.dispose()

    def _make(self) -> None:
        self._name = f"t{uuid4().hex}"
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {self._name} TEMPLATE {self._template}")
        engine = sa.create_engine(self.url)
        with engine.begin() as connection:
            self._shape = connection.exec_driver_sql(SHAPE).scalar()
            connection.execute(sa.text(KEEP))
        engine.dispose()

    def _emptied(self) -> bool:
        """False where a test changed more than rows, or left too much behind."""
        engine = sa.create_engine(self.url)
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(OTHERS)
                size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
                if size > LARGE or connection.exec_driver_sql(SHAPE).scalar() != self._shape:
                    return False
                connection.execute(sa.text(BACK))
        except sa.exc.OperationalError:  # somebody holds its rows
            return False
        finally:
            engine.dispose()
        return True
