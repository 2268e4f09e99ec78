"""What `broadsheet check` looks at: ordered lists of small functions; each knows one thing that can be wrong."""

from broadsheet.config.checks import database, homes, jobs, machine, mail, public
from broadsheet.config.checks.findings import Check

# Each is called with the situation and yields findings. The first list needs nothing but the settings.
OF_THE_SETTINGS: tuple[Check, ...] = (
    public.errors_are_shown,
    public.address_is_missing,
    public.address_is_not_secure,
    public.every_host_is_allowed,
    mail.server_has_no_name,
    mail.password_travels_in_the_open,
    mail.log_in_is_half,
    mail.sender_is_no_address,
    mail.sender_is_this_machine,
    mail.goes_nowhere,
    machine.few_files,
)
OF_THE_HOME: tuple[Check, ...] = (
    homes.is_newer,
    homes.cannot_be_written,
    homes.belongs_to_somebody_else,
    homes.secrets_are_open,
    homes.first_login_lies_there,
    homes.disk_is_full,
    homes.lies_on_a_network,
)
ITS_ANSWER: Check = database.does_not_answer
"""Without an answer the lists below are not looked at."""
OF_THE_DATABASE: tuple[Check, ...] = (
    database.is_too_old,
    database.is_not_up_to_date,
    database.lacks_rules,
    database.index_is_not_right,
    database.is_damaged,
    database.keeps_no_log,
    machine.zones_are_unknown,
    mail.server_refuses,
    mail.is_held_up,
    jobs.have_failed,
    jobs.are_late,
)
