"""A PostgreSQL server whose disk can lose power: the log after its last sync is lost.

simulated_disk.cpp is preloaded into the server and notes what was synced.
"""

import mmap
import os
import shutil
import struct
import time

from server import PostgresServer, ServerError

PAGE = 8192
HEADER = struct.Struct("=QQQ")
HANGS_AT = 16
SEGMENT = struct.Struct("=QII")
# How long to wait for a write to the log: longer than the longest wal_writer_delay, 10 s.
WRITE_SECONDS = 30


class ServerOnDisk(PostgresServer):
    """A server with fsync. A sync of the log takes `sync_us` microseconds."""

    def __init__(self, preload, *, sync_us, **options):
        super().__init__(fsync=True, **options)
        self._preload = preload
        self._sync_us = sync_us

    def _server_environment(self):
        return {
            **super()._server_environment(),
            "LD_PRELOAD": str(self._folder / "preload.so"),
            "SEATBOOK_DISK_FOLDER": str(self._disk),
            "SEATBOOK_DISK_SYNC_US": str(self._sync_us),
        }

    def start(self):
        """Starts the server on a disk on which everything is synced."""
        # The server's user may not be able to read the folder of the build.
        shutil.copyfile(self._preload, self._folder / "preload.so")
        os.chmod(self._folder / "preload.so", 0o755)
        self._disk = self._folder / "disk"
        shutil.rmtree(self._disk, ignore_errors=True)
        self._disk.mkdir()
        self._give_to_user(self._disk)
        super().start()

    def hang_disk(self, seconds):
        """Prevents all syncs from ending, until the server starts again.

        Returns after some seconds, or later if nothing was written to the log yet.
        """
        with (self._disk / "table").open("r+b") as file, mmap.mmap(file.fileno(), 0) as table:
            table[HANGS_AT:HEADER.size] = struct.pack("=Q", 1)
            deadline = time.monotonic() + WRITE_SECONDS
            time.sleep(seconds)
            while not unsynced(table):
                if time.monotonic() > deadline:
                    raise ServerError("simulated disk: the server writes no log")
                time.sleep(0.001)

    def cut_power(self):
        """Ends all processes of the server at once. Returns how many pages of the log are lost."""
        self.kill_all()
        table = (self._disk / "table").read_bytes()
        syncs, overlaps, _ = HEADER.unpack_from(table)
        if syncs == 0 or overlaps:
            raise ServerError(f"simulated disk: {syncs} syncs, {overlaps} of them not exclusive")
        files = {path.stat().st_ino: path for path in (self._data / "pg_wal").iterdir()}
        return sum(restore_synced(self._disk / str(inode), files[inode], first, end)
                   for inode, first, end in unsynced(table))  # fmt: skip


def unsynced(table):
    """Lists the segments with unsynced pages: inode, first page, page after the last."""
    segments = SEGMENT.iter_unpack(table[HEADER.size:])
    return [segment for segment in segments if segment[1] < segment[2]]


def restore_synced(kept, segment, first, end):
    """Restores the synced pages of a segment. Returns how many pages differed."""
    size = (end - first) * PAGE
    with kept.open("rb") as source, segment.open("r+b") as target:
        source.seek(first * PAGE)
        target.seek(first * PAGE)
        synced, written = source.read(size), target.read(size)
        target.seek(first * PAGE)
        target.write(synced)
    if len(synced) != size:
        raise ServerError(f"simulated disk: pages of {segment.name} were not kept")
    return sum(synced[at:at + PAGE] != written[at:at + PAGE] for at in range(0, size, PAGE))
