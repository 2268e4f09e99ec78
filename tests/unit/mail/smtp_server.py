"""A real mail server in a process of its own: prints its port, then every message that it takes, a JSON line each."""

import argparse
import asyncio
import json
import ssl
import sys
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

arguments = argparse.ArgumentParser()
arguments.add_argument("--mode", default="take")
arguments.add_argument("--log-in", nargs=2, metavar=("USER", "PASSWORD"))
arguments.add_argument("--security", choices=("none", "starttls", "tls"), default="none")
arguments.add_argument("--certificate", nargs=2, metavar=("CERTIFICATE", "KEY"))
args = arguments.parse_args()


def say(value: object) -> None:
    print(json.dumps(value), flush=True)


class Handler:
    """What the server does with what comes, by its mode."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if args.mode == "refuse-recipient":
            return f"550 5.1.1 <{address}> is unknown here"
        if args.mode == "recipient-later":
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if args.mode == "refuse-message":
            return "554 5.6.0 this looks like nothing that anybody wants"
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "content": envelope.content.decode("utf-8"),
                "logged_in": bool(session.authenticated),
                "encrypted": session.ssl is not None or args.security == "tls",
            }
        )
        if args.mode == "take-and-hang":
            await asyncio.Event().wait()
        return "250 taken"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        if args.mode == "hang-at-the-end":
            await asyncio.Event().wait()
        return "221 bye" + "e" * (10_000 if args.mode == "babble-at-the-end" else 0)


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = args.log_in and [data.login.decode(), data.password.decode()] == args.log_in
    return AuthResult(success=bool(right), handled=False)


def context() -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(*args.certificate)
    return made


def protocol() -> asyncio.BaseProtocol:
    if args.mode == "silent":
        return asyncio.Protocol()
    return SMTP(
        Handler(),
        hostname="mail.test",
        enable_SMTPUTF8=False,
        authenticator=authenticate if args.log_in else None,
        auth_required=bool(args.log_in),
        auth_require_tls=False,
        tls_context=context() if args.security == "starttls" else None,
        require_starttls=args.security == "starttls",
    )


async def main() -> None:
    tls = context() if args.security == "tls" else None
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls)
    say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    sys.exit(0)
