"""Measures pam_totp beside its peers, and prints a table; scripts/bench runs it in scripts/sandbox.

    main.py DRIVER PEOPLE

PEOPLE, 2 at least, is how many log in, and how many rounds there are; the stores have so many users,
100 times and 1,000 times as many.
"""

import sys

import measure
import ssh
from driver import Driver
from people import Site
from table import Table


def goals(table, sizes):
    """What is wanted, what was found, and whether that will do."""
    small, large = (f"accepted, {size:,} users: ms" for size in (sizes[0], sizes[-1]))
    refused = max(table.largest(row) for row in table.rows if "legitimate" in row)
    replayed = table.largest("one code from 8 at once: accepted")
    kept = table.median("kept by a session: kB") - table.median("kept by a session: kB", "google")
    yield ("accepted, to google-authenticator", "at most 0.25",
           table.worst_ratio(small, small, "google"), 0.25)
    yield "accepted, to the floor", "at most 1.5", table.worst_ratio(small, small, "floor"), 1.5
    yield (f"accepted, {sizes[-1]:,} users to {sizes[0]:,}", "at most 1.1",
           table.worst_ratio(large, small), 1.1)
    yield "legitimate ones refused, %, at worst", "none", refused, 0
    yield "one code from 8 at once: accepted, at worst", "at most 1", replayed, 1
    yield "kept by a session, kB above google-authenticator", "at most 16", kept, 16


def main(program, count):
    sizes = [count, 100 * count, 1000 * count]
    table, driver = Table(), Driver(program)
    say(f"enrolling {sizes[0]:,}, {sizes[1]:,} and {sizes[2]:,} users")
    site = Site(count, sizes)
    for measuring in (measure.one_login, measure.crowds, measure.replays, measure.modules):
        say(measuring.__name__.replace("_", " "))
        measuring(table, site, driver)
    say("ssh logins")
    ssh.logins(table, site, program)
    say("administration")
    measure.administration(table, site, driver, 100 * count)
    print("\n".join(table.markdown()))
    print("\n| goal | | found | |\n|---|---|---|---|")
    for what, wanted, found, limit in goals(table, sizes):
        print(f"| {what} | {wanted} | {found:.2f} | {'met' if found <= limit else 'missed'} |")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


main(sys.argv[1], int(sys.argv[2]))
