#!/usr/bin/python3
"""A mail server that is not ours: Debian's aiosmtpd, with STARTTLS and login.

    mta.py FOLDER CERTIFICATE KEY USER PASSWORD

Prints "port N"; writes each message as FOLDER/NUMBER.eml with X-Sender and
X-Recipient before its header. Ends with SIGTERM."""

import asyncio
import itertools
import logging
import os
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, certificate, key, user, password = sys.argv[1:6]
numbers = itertools.count(1)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(folder, f"{next(numbers):06d}.eml")
        with open(name, "wb") as f:
            for recipient in envelope.rcpt_tos:
                f.write(f"X-Sender: {envelope.mail_from}\r\nX-Recipient: {recipient}\r\n".encode())
            f.write(envelope.original_content)
        return "250 2.0.0 taken"


def login(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        user.encode(), password.encode())
    return AuthResult(success=good, handled=good)


logging.disable(logging.WARNING)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(certificate, key)


def session():
    return SMTP(Handler(), tls_context=tls, require_starttls=True, auth_required=True,
                authenticator=login, enable_SMTPUTF8=True, data_size_limit=50 << 20)


async def serve():
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(session, "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await ended.wait()
    server.close()


asyncio.run(serve())
