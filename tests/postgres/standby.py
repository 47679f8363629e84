"""A standby of a PostgresServer, which can take over."""

import time

from server import ROLE, PostgresServer, ServerError

WAIT_SECONDS = 30


class Standby(PostgresServer):
    """A hot standby that replicates `primary` while the `with` block runs."""

    def __init__(self, primary, **options):
        super().__init__(**options)
        self.primary = primary
        self.password = primary.password

    def _make_data(self):
        copied = self._run(
            "pg_basebackup", "--pgdata", self._data, "--host", self.primary.socket_folder,
            "--port", str(self.primary.port), "--username", ROLE, "--write-recovery-conf",
            "--checkpoint", "fast", "--no-sync",
        )  # fmt: skip
        if copied.returncode != 0:
            raise ServerError(f"pg_basebackup failed:\n{copied.stdout}{copied.stderr}")

    def _make_database(self):
        self.wait_for("SELECT status = 'streaming' FROM pg_stat_wal_receiver")

    def wait_for(self, condition):
        """Waits until a query on the standby returns true."""
        deadline = time.monotonic() + WAIT_SECONDS
        while self.sql(condition) != "t":
            if time.monotonic() > deadline:
                raise ServerError(f"still not true on the standby: {condition}")
            time.sleep(0.02)

    def wait_until_caught_up(self):
        """Waits until the standby shows what the primary has committed until now."""
        position = self.primary.sql("SELECT pg_current_wal_insert_lsn()")
        self.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{position}'")

    def stop_replication(self):
        """Receives nothing more from the primary."""
        self.sql("ALTER SYSTEM SET primary_conninfo = ''")
        self.sql("SELECT pg_reload_conf()")
        self.wait_for("SELECT count(*) = 0 FROM pg_stat_wal_receiver")

    def pause_replay(self):
        """Receives the primary's log, but does not apply it."""
        self.sql("SELECT pg_wal_replay_pause()")
        self.wait_for("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def resume_replay(self):
        """Undoes pause_replay()."""
        self.sql("SELECT pg_wal_replay_resume()")

    def promote(self):
        """Makes the standby the primary, after it has applied what it has received."""
        if self.sql("SELECT pg_promote()") != "t":
            raise ServerError("the standby was not promoted")
