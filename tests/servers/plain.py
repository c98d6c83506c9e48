#!/usr/bin/python3
"""A mail server that is not ours: Debian's aiosmtpd, in the clear, on loopback.

    plain.py FOLDER

Prints "port N"; writes each message as FOLDER/NUMBER.eml. Ends with SIGTERM."""

import asyncio
import itertools
import logging
import os
import signal
import sys

from aiosmtpd.smtp import SMTP

numbers = itertools.count(1)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(sys.argv[1], f"{next(numbers):06d}.eml")
        with open(name + "~", "wb") as f:
            f.write(envelope.original_content)
        os.rename(name + "~", name)
        return "250 2.0.0 taken"


async def serve():
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(lambda: SMTP(Handler(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await ended.wait()
    server.close()


logging.disable(logging.WARNING)
asyncio.run(serve())
