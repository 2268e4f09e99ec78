"""The arguments with which the supervisor starts a process."""

from argparse import ArgumentParser


def process_arguments(description: str) -> ArgumentParser:
    """A parser that knows what every process of the supervisor is given."""
    parser = ArgumentParser(description=f"{description} Started by `broadsheet serve`.")
    parser.add_argument("--pipe", type=int, required=True, help="descriptor that closes when the supervisor is gone")
    return parser
