"""Errors whose message a user may see."""


class UserError(Exception):
    """Something the user can act on: the message says what is wrong and what to do next.

    The command line prints the message as one line and exits with `exit_code`; the page shows it as a notice.
    """

    exit_code = 1
