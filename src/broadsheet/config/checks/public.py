"""Settings that are wrong for a site that others can reach."""

from urllib.parse import urlsplit

from broadsheet.config.checks.findings import Findings, Situation, is_this_machine, wrong


def errors_are_shown(situation: Situation) -> Findings:
    """debug is on."""
    if situation.settings.flag("debug"):
        yield wrong(
            "debug is on.",
            "Whoever meets an error sees the program's insides, settings among them.",
            "Set debug = false, unless nobody but you can reach this site.",
        )


def address_is_missing(situation: Situation) -> Findings:
    """The site answers others and does not know its address."""
    settings = situation.settings
    if not settings.text("site_url") and not is_this_machine(settings.text("listen")):
        yield wrong(
            f"The site answers other machines (listen is {settings.text('listen')}), and site_url is empty.",
            "Canonical addresses, feeds and links in mails say localhost, where nobody else finds it.",
            'Set site_url to the public address, such as "https://news.example".',
        )


def address_is_not_secure(situation: Situation) -> Findings:
    """The public address begins with http."""
    address = urlsplit(situation.settings.text("site_url"))
    if address.scheme == "http" and not is_this_machine(str(address.hostname)):
        yield wrong(
            f"site_url is {address.geturl()}, without encryption.",
            "Passwords and log-ins can be read on the way.",
            "Put nginx, Caddy or a CDN with TLS in front, and set site_url to the https address.",
        )


def every_host_is_allowed(situation: Situation) -> Findings:
    """allowed_hosts lets any name through."""
    if "*" in situation.settings.words("allowed_hosts"):
        yield wrong(
            'allowed_hosts holds "*".',
            "With a made-up host name anybody can have links in mails, those that set passwords too, lead elsewhere.",
            "Name the host names that are yours.",
        )
