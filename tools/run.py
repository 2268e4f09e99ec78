"""`make run`: sets up what is missing, then serves; an empty home becomes the demo newsroom."""

from edge import run_tool


def main() -> int:
    """Set up if that is needed, and become `broadsheet serve`."""
    import environment

    if not environment.is_set_up():
        environment.set_up()
        environment.say("Everything is set up.")
    broadsheet = environment.environment_command("broadsheet")
    environment.replace_this_process([broadsheet, "serve", "--demo-if-empty"])
    return 1


if __name__ == "__main__":
    run_tool(main)
