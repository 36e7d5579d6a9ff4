"""The same people with the same secrets, enrolled in all three, in stores of several sizes."""

import base64
import hashlib
import hmac
import os
import subprocess
import time

ROOT = "/run/bench"  # on a disk
STACKS = "/run/stacks"
PROGRAMS = ("totp", "google", "oath")
FIRST_UID = 100_000
FIRST_FILLER = 200_000


class Person:
    def __init__(self, number):
        self.name = f"bench{number}"
        self.uid = FIRST_UID + number
        self.secret = os.urandom(20)

    def code(self, step):
        """RFC 6238 with SHA-1 and six digits."""
        value = hmac.digest(self.secret, step.to_bytes(8, "big"), hashlib.sha1)
        start = value[-1] & 15
        return f"{(int.from_bytes(value[start:start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"

    def right_code(self):
        return self.code(int(time.time()) // 30)

    def wrong_code(self):
        """One that no step near the present has."""
        step = int(time.time()) // 30
        near = {self.code(step + distance) for distance in range(-5, 6)}
        return next(code for code in map("{:06}".format, range(20)) if code not in near)


class Site:
    """People may log in at every size once after each `reset`."""

    def __init__(self, count, sizes):
        self.people = [Person(number) for number in range(count)]
        self.sizes = sizes
        self.services = [f"{program}-{size}" for size in sizes for program in PROGRAMS]
        self.smallest = {program: f"{program}-{sizes[0]}" for program in PROGRAMS}
        self.pristine = {}
        self._make_accounts()
        self._enroll()
        for size in sizes:
            self._fill(size)
        self._write_stacks()

    def reset(self):
        """Everything as it was when everybody had just been enrolled; nothing of it is unwritten."""
        for path, contents in self.pristine.items():
            # In place: a state keeps its blocks, as it does in use.
            with open(path, "r+b") as file:
                file.write(contents)
                file.truncate()
        os.sync()

    def _make_accounts(self):
        add_accounts((person.name, person.uid) for person in self.people)
        os.makedirs(f"{ROOT}/floor")
        for person in self.people:
            write(f"{ROOT}/floor/{person.name}", os.urandom(8192))

    def _enroll(self):
        """In google-authenticator's way, from where totp-admin imports it."""
        write_configuration("totp", store=f"totp-{self.sizes[0]}")
        admin("init", "--conf", f"{ROOT}/totp.conf")
        for person in self.people:
            folder = f"{ROOT}/google-{self.sizes[0]}/{person.name}"
            path = f"{folder}/.google_authenticator"
            secret = base64.b32encode(person.secret).decode()
            os.makedirs(folder)
            # A step long ago is used up, so that the codes of the present are good.
            write(path, f'{secret}\n" DISALLOW_REUSE 1\n" TOTP_AUTH\n'.encode(), 0o600)
            for owned in (folder, path):
                os.chown(owned, person.uid, person.uid)
            admin("import", "google-authenticator", "--conf", f"{ROOT}/totp.conf",
                  "--user", person.name, "--file", path)

    def _fill(self, size):
        """The store of this size, in the three forms: the people, and records that nobody uses.

        One key seals them all, so the people's records are the same in every store.
        """
        first, missing = self.sizes[0], range(size - len(self.people))
        lines = [f"HOTP/T30 {person.name} - {person.secret.hex()}" for person in self.people]
        lines += [f"HOTP/T30 filler{number} - {os.urandom(20).hex()}" for number in missing]
        write(f"{ROOT}/oath-{size}", ("\n".join(lines) + "\n").encode(), 0o600)
        if size != first:
            for program in ("totp", "google"):
                subprocess.run(["cp", "-a", f"{ROOT}/{program}-{first}", f"{ROOT}/{program}-{size}"],
                               check=True)
        write_configuration(f"totp-{size}", store=f"totp-{size}")
        records, homes = f"{ROOT}/totp-{size}/users", f"{ROOT}/google-{size}"
        model = Folder(f"{records}/{self.people[0].uid}")
        home = Folder(f"{homes}/{self.people[0].name}")
        for number in missing:
            model.copy_to(f"{records}/{FIRST_FILLER + number}")
            home.copy_to(f"{homes}/filler{number}")
        changing = [f"{ROOT}/oath-{size}"]
        for person in self.people:
            changing += [f"{records}/{person.uid}/state",
                         f"{homes}/{person.name}/.google_authenticator"]
        self.pristine |= {path: read(path) for path in changing}

    def _write_stacks(self):
        os.makedirs(STACKS)
        write(f"{STACKS}/other", b"")
        lines = {"permit": "pam_permit.so", "floor": "pam_permit.so"}
        for size in self.sizes:
            lines |= {f"{program}-{size}": module_line(program, size) for program in PROGRAMS}
        for service, line in lines.items():
            write(f"{STACKS}/{service}", f"auth required {line}\n".encode())


def module_line(program, size):
    """The module with its options; the same window of three steps for all."""
    return {
        "totp": f"pam_totp.so conf={ROOT}/totp-{size}.conf",
        "google": "pam_google_authenticator.so "
                  f"secret={ROOT}/google-{size}/${{USER}}/.google_authenticator",
        "oath": f"pam_oath.so usersfile={ROOT}/oath-{size} window=1 digits=6",
    }[program]


class Folder:
    """A folder, to be had many times over.

    The files in it are links to the same few: nobody opens them, and a disk takes minutes to forget
    half a million.
    """

    LINKS = 20_000  # to one file; ext4 takes 65,000

    def __init__(self, path):
        self.status = os.stat(path)
        self.files = [(entry.name, read(entry.path), entry.stat()) for entry in os.scandir(path)]
        self.count = 0

    def copy_to(self, path):
        os.mkdir(path)
        give(path, self.status)
        if self.count % self.LINKS == 0:
            self.original = path
        for name, contents, status in self.files:
            if self.original == path:
                write(f"{path}/{name}", contents)
                give(f"{path}/{name}", status)
            else:
                os.link(f"{self.original}/{name}", f"{path}/{name}")
        self.count += 1


def give(path, status):
    """The owner and mode of another."""
    os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, status.st_mode & 0o7777)


def write_configuration(name, store, key="key"):
    text = f"store = {ROOT}/{store}\nkey_file = {ROOT}/{key}\n"
    write(f"{ROOT}/{name}.conf", text.encode())


def add_accounts(accounts):
    """In the sandbox's own files. Not with useradd, which takes a second for a few."""
    with open("/etc/passwd", "a") as passwd, open("/etc/shadow", "a") as shadow:
        for name, uid in accounts:
            passwd.write(f"{name}:x:{uid}:{uid}::/:/bin/sh\n")
            shadow.write(f"{name}:*:20000:0:99999:7:::\n")


def admin(*arguments):
    subprocess.run(["totp-admin", *arguments], check=True, stdout=subprocess.DEVNULL)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, contents, mode=0o644):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(contents)
