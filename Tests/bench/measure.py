"""Each function measures one thing of all programs, in rounds that go through them in random order.

What is measured goes into a Table, under the row and the program.
"""

import os
import random
import subprocess

from driver import Unexpected
from people import ROOT, add_accounts, admin, write, write_configuration

FLOORS = ("permit", "floor")
LOGIN = ("ms", "system calls", "waits for the disk", "thousand instructions")
MODULES = {"permit": "pam_permit.so", "totp": "pam_totp.so", "oath": "pam_oath.so",
           "google": "pam_google_authenticator.so"}


def shuffled(things):
    return random.sample(list(things), len(things))


def one_login(table, site, driver):
    services = [*FLOORS, *site.services]
    # pam_oath's large files keep the disk busy for whoever comes next: they have rounds of their own.
    large = [f"oath-{size}" for size in site.sizes[1:]]
    alike = [service for service in services if service not in large]
    for verdict, is_right in (("accepted", True), ("refused", False)):
        def add(what, service, value):
            program, _, users = service.partition("-")
            # The floors are the same for any number of users.
            for size in [int(users)] if users else site.sizes:
                table.add(f"{verdict}, {size:,} users: {what}", program, value)

        table.order(f"{verdict}, {size:,} users: {what}" for what in LOGIN for size in site.sizes)
        for together in (alike, large):
            site.reset()
            for person in site.people:
                for service in shuffled(together):
                    add(LOGIN[0], service, driver.login(service, person, is_right))
        site.reset()
        for service in services:
            calls, syncs = driver.system_calls(service, site.people[0], is_right)
            add(LOGIN[1], service, calls)
            add(LOGIN[2], service, syncs)
            add(LOGIN[3], service, driver.instructions(service, site.people[1], is_right))


def crowds(table, site, driver):
    """Different people at once, in the smallest store; everybody has the right code."""
    services = site.smallest | {floor: floor for floor in FLOORS}
    for at_once in (1, 2, 8, 32):
        for _ in range(3):
            site.reset()
            for program in shuffled(services):
                words = [word for person in site.people
                         for word in (person.name, person.right_code())]
                refused, nanoseconds = driver.ask("crowd", at_once, services[program], *words)
                count = len(site.people)
                table.add(f"{at_once} at once: logins per s", program, count / (nanoseconds / 1e9))
                table.add(f"{at_once} at once: legitimate ones refused, %", program,
                          100 * refused / count)


def replays(table, site, driver):
    """One code from 8 at once; more than one accepted is a hole."""
    people = site.people[:max(1, len(site.people) // 4)]
    site.reset()
    for program, service in site.smallest.items():
        accepted = [driver.ask("race", 8, service, person.name, person.right_code())[0]
                    for person in people]
        several = sum(count > 1 for count in accepted)
        for count in accepted:
            table.add("one code from 8 at once: accepted", program, count)
        table.add("one code from 8 at once: accepted at worst", program, max(accepted))
        table.add("rounds in which more than one was, %", program, 100 * several / len(people))


def modules(table, site, driver):
    """What stays in a session's process, and what is loaded into it."""
    folder = os.path.dirname(subprocess.run(
        ["find", "/usr/lib", "/lib", "-name", "pam_permit.so", "-path", "*security*"],
        stdout=subprocess.PIPE, text=True, check=True).stdout.split()[0])
    site.reset()
    for person in site.people[:10]:
        for program, service in {"permit": "permit", **site.smallest}.items():
            table.add("kept by a session: kB", program,
                      driver.ask_well("memory", service, person.name, person.right_code()))
    for _ in site.people:
        for program in shuffled(MODULES):
            table.add("loading the module: ms", program,
                      driver.milliseconds("load", f"{folder}/{MODULES[program]}"))
    for program, module in MODULES.items():
        path = f"{folder}/{module}"
        relocations = subprocess.run(["readelf", "--relocs", "--wide", path],
                                     stdout=subprocess.PIPE, text=True, check=True).stdout
        table.add("the module: kB", program, os.path.getsize(path) / 1e3)
        table.add("the module: relocations", program, relocations.count(" R_"))


def administration(table, site, driver, count):
    """totp-admin beside google-authenticator's own program, which does one user a run."""
    commands = {"permit": ["/bin/true"], "totp": ["totp-admin", "--version"],
                "google": ["google-authenticator", "--help"]}
    for _ in site.people:
        for program in shuffled(commands):
            table.add("administration, start-up: ms", program,
                      driver.milliseconds("run", *commands[program]))
    names = [f"batch{number}" for number in range(count)]
    add_accounts((name, 500_000 + number) for number, name in enumerate(names))
    write(f"{ROOT}/batch.csv", "\n".join(["user", *names, ""]).encode())
    write_configuration("batch", store="batch", key="batch.key")
    admin("init", "--conf", f"{ROOT}/batch.conf")
    time = driver.milliseconds(
        "run", "totp-admin", "enroll", "--conf", f"{ROOT}/batch.conf", "--batch",
        f"{ROOT}/batch.csv", "--output", f"{ROOT}/batch.out")
    table.add(f"enroll {count:,}: ms per user", "totp", time / count)
    for number in range(len(site.people)):
        time = driver.milliseconds(
            "run", "google-authenticator", "-t", "-d", "-f", "-W", "-u", "-q", "-Q", "NONE", "-s",
            f"{ROOT}/google.{number}")
        table.add(f"enroll {count:,}: ms per user", "google", time)
    for _ in range(5):
        time = driver.milliseconds("run", "totp-admin", "list", "--conf", f"{ROOT}/batch.conf")
        table.add(f"list {count:,}: ms per user", "totp", time / count)
    if sum(name.isdigit() for name in os.listdir(f"{ROOT}/batch/users")) != count:
        raise Unexpected("totp-admin did not enroll everybody")
