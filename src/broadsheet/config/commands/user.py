"""`broadsheet user`: who may log in, and as what."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable

NAME = "user"
HELP = "add people to the desk, give them roles and passwords"
DESCRIPTION = """\
Who may log in to the desk, and in which role, for which edition and section.

Examples:
  broadsheet user add ines@news.example --name "Ines Duarte" --role reporter
  broadsheet user add tomas@news.example --name "Tomas Rey" --role editor --edition main --section economy
  broadsheet user assign ines@news.example picture-editor
  broadsheet user assign ines@news.example reporter --remove
  broadsheet user password ines@news.example             prints a new one, made at random
  broadsheet user password ines@news.example --read      takes it from the first line of standard input
  broadsheet user close ines@news.example                lets them log in no more; what they wrote stays
  broadsheet user roles                                  what each role may do
  broadsheet user roles ines@news.example                which roles somebody has
  broadsheet user list                                   everybody with a log-in to the desk
"""
EDITION_HELP = "the edition by its prefix in addresses, such as ru; “main” for the one without; none given: all"
SECTION_HELP = "the section by its slug; none given: all"


def add_arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True, title="verbs")

    def verb(name: str, run: Callable[[Namespace], None], help_: str) -> ArgumentParser:
        one = verbs.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
        one.formatter_class = RawDescriptionHelpFormatter
        one.set_defaults(verb=run)
        return one

    add = verb("add", _add, "add a member of staff")
    add.add_argument("email", help="the address with which they log in")
    add.add_argument("--name", default="", help="as it stands on the desk")
    add.add_argument("--role", help="a role from the start; “broadsheet user roles” lists them")
    _add_place(add)
    _add_password(add)
    password = verb("password", _password, "give somebody a new password")
    password.add_argument("email")
    _add_password(password)
    verb("close", _close, "let somebody log in no more; what they wrote stays").add_argument("email")
    assign = verb("assign", _assign, "give somebody a role, or take it back")
    assign.add_argument("email")
    assign.add_argument("role", help="“broadsheet user roles” lists them")
    _add_place(assign)
    assign.add_argument("--remove", action="store_true", help="take the role back, exactly as it was given")
    verb("roles", _roles, "say what each role may do, or which roles somebody has").add_argument("email", nargs="?")
    verb("list", _list, "list everybody with a log-in to the desk")


def run(args: Namespace) -> int:
    from broadsheet.config.start import open_home

    open_home()
    args.verb(args)
    return 0


def _add_place(parser: ArgumentParser) -> None:
    parser.add_argument("--edition", help=EDITION_HELP)
    parser.add_argument("--section", help=SECTION_HELP)


def _add_password(parser: ArgumentParser) -> None:
    # No option takes the password itself: it would stay in the shell's history and show in the list of processes.
    parser.add_argument("--read", action="store_true", help="read the password from standard input; else a random one")


def _given_password(args: Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\n") if args.read else None


def _add(args: Namespace) -> None:
    from django.db import transaction

    from broadsheet.accounts.actions import add_staff
    from broadsheet.editions.actions import assign

    with transaction.atomic():
        user, password = add_staff(email=args.email, name=args.name, password=_given_password(args))
        if args.role:
            assign(email=user.email, role=args.role, edition=args.edition, section=args.section)
    _say(f"{user.email} may log in{'' if args.role else ', and has no role yet'}.")
    if not args.read:
        _say(f"Password: {password}")


def _password(args: Namespace) -> None:
    from broadsheet.accounts.actions import set_password
    from broadsheet.foundation.home import home_from_environment

    password = set_password(email=args.email, password=_given_password(args))
    login = home_from_environment().desk_login
    if login.exists() and args.email.strip().lower() in login.read_text(encoding="utf-8"):
        login.unlink()
    _say(f"{args.email} has a new password." if args.read else f"Password: {password}")


def _close(args: Namespace) -> None:
    from broadsheet.accounts.actions import close_account

    close_account(email=args.email)
    _say(f"{args.email} may log in no more. What they wrote stays.")


def _assign(args: Namespace) -> None:
    from broadsheet.editions.actions import assign, unassign

    (unassign if args.remove else assign)(email=args.email, role=args.role, edition=args.edition, section=args.section)
    _say(f"{args.email} {'is no longer' if args.remove else 'is now'} {args.role}{_place(args)}.")


def _place(args: Namespace) -> str:
    return f", edition {args.edition or 'all'}, section {args.section or 'all'}"


def _roles(args: Namespace) -> None:
    from broadsheet.accounts.roles import RIGHTS, Role
    from broadsheet.editions.models import Assignment

    if not args.email:
        for role in Role:
            _say(f"{role.value:15} {', '.join(right for right, roles in RIGHTS.items() if role in roles)}")
        return
    for given in Assignment.objects.filter(user__email__iexact=args.email).select_related("edition", "section"):
        edition = "all" if given.edition is None else given.edition.path_prefix or "main"
        _say(f"{given.role:15} edition {edition}, section {given.section.slug if given.section else 'all'}")


def _list(args: Namespace) -> None:
    from broadsheet.accounts.models import User, UserKind

    for user in User.objects.filter(kind=UserKind.STAFF).prefetch_related("assignments").order_by("email"):
        roles = sorted({given.role for given in user.assignments.all()})
        _say(f"{user.email:40} {user.name:30} {', '.join(roles) or 'no role'}{'' if user.is_active else '  (closed)'}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
