#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the robot of a WeCom group on 127.0.0.1: its documented limits, and failures as told.

robot_server.py FOLDER [--certificate FILE --key FILE] [--do ACTION]...

It says its port on the first line and goes when its input ends. FOLDER/N.json are the messages that the group shows.
It takes the key `the-key`, markdown of 4,096 bytes at most and 20 messages a minute. The Nth request meets the Nth
action: `ok`, `errcode=N`, `http=N`, `close`, `silent`, `text` (an answer that is no JSON), `endless` (good,
but far too long), `echo` (an error
that names the key); those after the last meet `ok`.
"""
import argparse
import http.server
import json
import pathlib
import ssl
import sys
import threading
import time
import urllib.parse

KEY = "the-key"


class Group:
    def __init__(self, folder, actions):
        self.folder = folder
        self.actions = actions
        self.requests = 0
        self.taken = []

    def next_action(self):
        self.requests += 1
        return self.actions[self.requests - 1] if self.requests <= len(self.actions) else "ok"

    def judge(self, key, message):
        if key != KEY:
            return {"errcode": 93000, "errmsg": f"invalid webhook url, key {key}"}
        if message.get("msgtype") != "markdown" or not isinstance(message.get("markdown", {}).get("content"), str):
            return {"errcode": 40008, "errmsg": "invalid message type"}
        if len(message["markdown"]["content"].encode()) > 4096:
            return {"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"}
        if sum(1 for when in self.taken if when > time.monotonic() - 60) >= 20:
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        self.taken.append(time.monotonic())
        (self.folder / f"{len(self.taken)}.json").write_text(json.dumps(message, ensure_ascii=False))
        return {"errcode": 0, "errmsg": "ok"}


class Talk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        group = self.server.group
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = query.get("key", [""])[0]
        action, _, number = group.next_action().partition("=")
        if action == "silent":
            time.sleep(3600)
        elif action == "close":
            self.close_connection = True
        elif action == "http":
            self.answer(int(number), f"the key was {key}".encode())
        elif action == "text":
            self.answer(200, b"<html>log in to the network first</html>")
        elif action == "endless":
            self.answer(200, b'{"errcode": 0, "errmsg": "ok"}' + b" " * (1 << 20))
        elif action == "errcode":
            self.say({"errcode": int(number), "errmsg": "told to fail"})
        elif action == "echo":
            self.say({"errcode": 93000, "errmsg": f"bad key\r\n{key} in ?key={key}"})
        else:
            self.say(group.judge(key, json.loads(body)))

    def say(self, answer):
        self.answer(200, json.dumps(answer).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # those who do not trust our certificate hang up


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--do", action="append", default=[])
    order = parser.parse_args()
    server = Server(("127.0.0.1", 0), Talk)
    server.group = Group(order.folder, order.do)
    if order.certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(order.certificate, order.key)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
