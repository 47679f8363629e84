#!/usr/bin/env python3
"""Does the proxy do to a COMMIT what it says?"""

import contextlib
import queue
import socket
import threading
import time
import unittest

from proxy import KINDS, LONGEST_REFUSAL, Proxy


class Upstream:
    """A server that answers "done" to each piece it gets, and remembers them with their times."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pieces = queue.Queue()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)  # or the thread in accept() would go on
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
                while piece := client.recv(1 << 16):
                    self.pieces.put((time.monotonic(), piece))
                    client.sendall(b"done")
            except OSError:
                pass

    def piece(self):
        """The next piece and when it came; nothing where none comes."""
        try:
            return self.pieces.get(timeout=1)
        except queue.Empty:
            return None, b""


class ProxyTest(unittest.TestCase):
    def one(self, kind, piece):
        """What became of a piece: the client's answer, when it ended, and what came upstream."""
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.settimeout(10)
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")
                self.assertEqual(upstream.piece()[1], b"SELECT 1")
                proxy.every, proxy.kinds = 0, [kind]
                client.sendall(piece)
                try:
                    answer = client.recv(100)
                except ConnectionError:
                    answer = b""
                ended = time.monotonic()
            came, got = upstream.piece()
            self.assertEqual(proxy.counts, {kind: 1} if b"COMMIT" in piece else {})
            return answer, ended, got, came

    def test_cuts_before(self):
        answer, _, got, _ = self.one("before", b"rows and COMMIT")
        self.assertEqual((answer, got), (b"", b""))

    def test_cuts_in_the_middle(self):
        answer, _, got, _ = self.one("half", b"rows and COMMIT")
        self.assertEqual(answer, b"")
        self.assertTrue(b"rows and COMMIT".startswith(got) and got != b"rows and COMMIT", got)

    def test_lets_it_land_late(self):
        answer, _, got, _ = self.one("late", b"rows and COMMIT")
        self.assertEqual((answer, got), (b"", b"rows and COMMIT"))

    def test_swallows_the_answer(self):
        answer, ended, got, came = self.one("after", b"rows and COMMIT")
        self.assertEqual((answer, got), (b"", b"rows and COMMIT"))
        self.assertGreaterEqual(ended, came)

    def test_holds_it_up(self):
        answer, _, got, _ = self.one("stall", b"rows and COMMIT")
        self.assertEqual((answer, got), (b"done", b"rows and COMMIT"))

    def test_lets_nobody_through_for_a_while(self):
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            proxy.every, proxy.kinds, proxy.refuse_after = 0, ["before"], 1.0
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(b"COMMIT")
                self.gone(client)
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                self.gone(client)
            self.assertEqual(proxy.counts, {"before": 1, "nobody let through": 1})
            time.sleep(LONGEST_REFUSAL)
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")

    def gone(self, client):
        """That this client is cut off and hears nothing."""
        client.settimeout(10)
        with contextlib.suppress(ConnectionError):
            self.assertEqual(client.recv(100), b"")

    def test_leaves_everything_else_alone(self):
        for kind in KINDS:
            answer, _, got, _ = self.one(kind, b"SELECT 2")
            self.assertEqual((answer, got), (b"done", b"SELECT 2"))

    def test_cuts_all_at_once(self):
        with Upstream() as upstream, Proxy(upstream.port) as proxy:
            clients = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(3)]
            for client in clients:
                client.sendall(b"SELECT 1")
                self.assertEqual(client.recv(100), b"done")
            self.assertEqual(proxy.cut_all(), 3)
            for client in clients:
                with client:
                    self.gone(client)

    def test_refuses_where_there_is_no_server(self):
        with Upstream() as upstream:
            port = upstream.port
        with Proxy(port) as proxy, socket.create_connection(("127.0.0.1", proxy.port)) as client:
            self.gone(client)


if __name__ == "__main__":
    unittest.main()
