#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A mail server on 127.0.0.1 that fails as it is told to, and keeps what arrives.

mail_server.py FOLDER [--security plain|starttls|tls] [--certificate FILE --key FILE] [--login USER:PASSWORD]
               [--fault POINT[@N]=ACTION]...

It says its port on the first line and goes when its input ends. FOLDER/log has a line for each point that is passed,
FOLDER/N.eml and N.envelope are the messages that it took.
Points: connect, tls (after the 220 of STARTTLS), ehlo, starttls, auth, mail, rcpt, data, body (after the first bytes of
the message), dot (the whole message came and is not kept), kept (it was kept), rset, quit. @N: only the Nth time.
Actions: a code to answer, `close`, `reset` (a close that throws away what is on its way), `silent`, `half` (a reply
that breaks off in its middle), `gbk` (550 in GBK), `echo` (550 with what the client said), `inject` (a second answer
behind the first), `none` (starttls: not offered).
"""
import argparse
import asyncio
import collections
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


class Book:
    def __init__(self, folder, faults):
        self.folder = folder
        self.faults = {}
        for fault in faults:
            point, action = fault.split("=")
            name, _, number = point.partition("@")
            self.faults[name, int(number or 0)] = action
        self.passed = collections.Counter()
        self.messages = 0

    def log(self, line):
        with open(self.folder / "log", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def action(self, point):
        self.passed[point] += 1
        self.log(point)
        return self.faults.get((point, self.passed[point])) or self.faults.get((point, 0))

    def offers(self, what):
        return self.faults.get((what, 0)) != "none"

    def keep(self, envelope):
        self.messages += 1
        (self.folder / f"{self.messages}.envelope").write_text(f"{envelope.mail_from}\n{' '.join(envelope.rcpt_tos)}\n")
        (self.folder / f"{self.messages}.eml").write_bytes(envelope.original_content)


class Server(SMTP):
    """At each point: act as told, and say whether that was all."""

    def __init__(self, book, **rest):
        self.book = book
        self.injected = b""
        super().__init__(book, hostname="mail.test", ident="ready", **rest)

    async def acted(self, point, said=""):
        action = self.book.action(point)
        return action not in (None, "none") and await self.act(action, point, said)

    async def act(self, action, point, said=""):
        if action == "silent":
            await asyncio.sleep(3600)
        elif action == "close":
            self.transport.close()
        elif action == "reset":
            self.transport.abort()
        elif action == "half":
            self._writer.write(b"250-half a reply\r\n250-")
            await self._writer.drain()
            self.transport.close()
        elif action == "gbk":
            await super().push("550 5.7.1 拒收\x01\t垃圾邮件".encode("gbk") + b"\xff end")
        elif action == "echo":
            await super().push(f"550-5.7.1 refused\r\n550 5.7.1 {said}")
        elif action == "inject":
            self.injected = b"\r\n250 injected"
            return False
        else:
            await super().push(f"{action} 5.7.1 told to fail at {point}")
            if action == "421":
                self.transport.close()
        return True

    async def push(self, status):
        if self.injected and isinstance(status, str) and status.startswith("220 "):
            status, self.injected = status.encode() + self.injected, b""
        await super().push(status)

    async def _handle_client(self):
        if not await self.acted("connect"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        self.book.log(f"name {hostname}")
        if not await self.acted("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg):
        if await self.acted("starttls"):
            return
        if ("tls", 0) in self.book.faults:
            await super().push("220 Ready")
            await self.acted("tls")
        else:
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        if not await self.acted("auth", arg):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.acted("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.acted("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_RSET(self, arg):
        if not await self.acted("rset"):
            await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg):
        if not await self.acted("quit"):
            await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg):
        if await self.acted("data"):
            return
        if ("body", 0) in self.book.faults:
            await super().push("354 go on")
            await self._reader.read(100)
            await self.acted("body")
            return
        await super().smtp_DATA(arg)


class Handler:
    """What aiosmtpd calls once a message is complete."""

    def __init__(self, book):
        self.book = book

    async def handle_DATA(self, server, session, envelope):
        for point in ("dot", "kept"):
            if point == "kept":
                self.book.keep(envelope)
            action = self.book.action(point)
            if action and action.isdigit():
                return f"{action} 5.7.1 told to fail at {point}"
            if action:
                await server.act(action, point)
                await asyncio.sleep(3600)
        return "250 2.0.0 taken"


def context(certificate, key):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate, key)
    return made


async def serve(order):
    loop = asyncio.get_running_loop()
    book = Book(order.folder, order.fault)
    tls = context(order.certificate, order.key) if order.certificate else None
    offered = order.security == "starttls" and book.offers("starttls")

    def check(server, session, envelope, mechanism, data):
        good = order.login == f"{data.login.decode()}:{data.password.decode()}"
        return AuthResult(success=good, handled=False)

    def connection():
        server = Server(book, loop=loop, tls_context=tls if offered else None, auth_require_tls=False,
                        auth_required=bool(order.login), authenticator=check)
        server.event_handler = Handler(book)
        server._handle_hooks = {"DATA": server.event_handler.handle_DATA}
        return server

    listening = await loop.create_server(connection, "127.0.0.1", 0, ssl=tls if order.security == "tls" else None)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--security", default="plain")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--login")
    parser.add_argument("--fault", action="append", default=[])
    order = parser.parse_args()
    logging.disable()
    warnings.simplefilter("ignore")  # it warns of logins without encryption, which some tests are about
    asyncio.run(serve(order))


if __name__ == "__main__":
    main()
