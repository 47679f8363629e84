#!/usr/bin/env python3
"""Tests that the proxy disturbs a COMMIT as documented."""

import contextlib
import queue
import socket
import threading
import time
import unittest

from proxy import KINDS, LONGEST_REFUSAL, Proxy


class Upstream:
    """A server that responds "done" to each chunk and records the chunks with their times."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.chunks = queue.Queue()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with client:
            try:
                while chunk := client.recv(1 << 16):
                    self.chunks.put((time.monotonic(), chunk))
                    client.sendall(b"done")
            except OSError:
                pass

    def next_chunk(self):
        """Returns the next chunk's time and bytes, or (None, b"") if none arrives."""
        try:
            return self.chunks.get(timeout=1)
        except queue.Empty:
            return None, b""


class ProxyTest(unittest.TestCase):
    def send_one(self, kind, chunk):
        """Sends one chunk. Returns the response, its time, the chunk upstream and its time."""
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.settimeout(10)
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")
                self.assertEqual(upstream.next_chunk()[1], b"SELECT 1")
                proxy.every, proxy.kinds = 0, [kind]
                client.sendall(chunk)
                try:
                    response = client.recv(100)
                except ConnectionError:
                    response = b""
                ended = time.monotonic()
            arrived, received = upstream.next_chunk()
            self.assertEqual(proxy.counts, {kind: 1} if b"COMMIT" in chunk else {})
            return response, ended, received, arrived

    def test_cuts_before(self):
        response, _, received, _ = self.send_one("before", b"rows and COMMIT")
        self.assertEqual((response, received), (b"", b""))

    def test_cuts_in_the_middle(self):
        response, _, received, _ = self.send_one("half", b"rows and COMMIT")
        self.assertEqual(response, b"")
        self.assertTrue(b"rows and COMMIT".startswith(received), received)
        self.assertNotEqual(received, b"rows and COMMIT")

    def test_delivers_late(self):
        response, _, received, _ = self.send_one("late", b"rows and COMMIT")
        self.assertEqual((response, received), (b"", b"rows and COMMIT"))

    def test_drops_the_response(self):
        response, ended, received, arrived = self.send_one("after", b"rows and COMMIT")
        self.assertEqual((response, received), (b"", b"rows and COMMIT"))
        self.assertGreaterEqual(ended, arrived)

    def test_stalls(self):
        response, _, received, _ = self.send_one("stall", b"rows and COMMIT")
        self.assertEqual((response, received), (b"done", b"rows and COMMIT"))

    def test_refuses_connections_for_a_while(self):
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            proxy.every, proxy.kinds, proxy.refuse_after = 0, ["before"], 1.0
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(b"COMMIT")
                self.expect_cut(client)
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                self.expect_cut(client)
            self.assertEqual(proxy.counts, {"before": 1, "refusal": 1})
            time.sleep(LONGEST_REFUSAL)
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")

    def expect_cut(self, client):
        """Expects the connection to end without a response."""
        client.settimeout(10)
        with contextlib.suppress(ConnectionError):
            self.assertEqual(client.recv(100), b"")

    def test_forwards_everything_else(self):
        for kind in KINDS:
            response, _, received, _ = self.send_one(kind, b"SELECT 2")
            self.assertEqual((response, received), (b"done", b"SELECT 2"))

    def test_cuts_all_connections(self):
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            clients = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(3)]
            for client in clients:
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")
            self.assertEqual(proxy.cut_all(), 3)
            for client in clients:
                with client:
                    self.expect_cut(client)

    def test_refuses_when_the_server_is_down(self):
        with Upstream() as upstream:
            port = upstream.port
        with Proxy(port) as proxy, socket.create_connection(("127.0.0.1", proxy.port)) as client:
            self.expect_cut(client)


if __name__ == "__main__":
    unittest.main()
