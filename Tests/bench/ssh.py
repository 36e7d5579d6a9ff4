"""A whole ssh login, password and code, beside one with the password alone."""

import os
import socket
import subprocess
import time

from driver import Driver, Unexpected
from measure import shuffled
from people import PROGRAMS, ROOT, module_line, write

FOLDER = "/run/ssh"
PASSWORD = "correct horse battery staple"
ASKPASS = f"""#!/bin/sh
case $1 in
*Password:*) cat {FOLDER}/password ;;
*) cat {FOLDER}/code ;;
esac
"""
CONFIG = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
PidFile none
UsePAM yes
KbdInteractiveAuthentication yes
PasswordAuthentication no
AuthenticationMethods keyboard-interactive:pam
"""


def logins(table, site, program):
    driver = Driver(program, {"SSH_ASKPASS": f"{FOLDER}/askpass", "SSH_ASKPASS_REQUIRE": "force"})
    os.makedirs(FOLDER)
    write(f"{FOLDER}/askpass", ASKPASS.encode(), 0o700)
    write(f"{FOLDER}/password", f"{PASSWORD}\n".encode(), 0o600)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{FOLDER}/host_key"],
                   check=True)
    people = site.people[:max(1, len(site.people) // 8)]
    subprocess.run(["chpasswd"], input="".join(f"{person.name}:{PASSWORD}\n" for person in people),
                   text=True, check=True)
    servers = {"permit": Server("permit", None)}
    for name in PROGRAMS:
        servers[name] = Server(name, module_line(name, site.sizes[0]))
    site.reset()
    for person in people:
        for name in shuffled(servers):
            write(f"{FOLDER}/code", f"{person.right_code()}\n".encode(), 0o600)
            table.add("ssh login, password alone and with code: ms", name,
                      driver.milliseconds("run", *servers[name].client(person)))
    for server in servers.values():
        server.process.terminate()


class Server:
    """An sshd on loopback; its stack has the name that sshd is called by."""

    def __init__(self, name, line):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        stack = ["auth requisite pam_unix.so", f"auth required {line}" if line else "",
                 "account required pam_unix.so", "session required pam_permit.so"]
        write(f"/etc/pam.d/sshd-{name}", "\n".join([*stack, ""]).encode())
        program = f"{FOLDER}/sshd-{name}"
        os.symlink("/usr/sbin/sshd", program)
        write(f"{program}.conf", CONFIG.format(port=self.port, folder=FOLDER).encode())
        with open(f"{program}.log", "wb") as log:
            self.process = subprocess.Popen([program, "-D", "-e", "-f", f"{program}.conf"],
                                            stderr=log)
        for _ in range(100):
            if os.path.getsize(f"{program}.log") > 0:
                return
            time.sleep(0.05)
        raise Unexpected(f"sshd-{name} does not listen")

    def client(self, person):
        settings = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null",
                    "NumberOfPasswordPrompts=1", "IdentityAgent=none", "ConnectTimeout=20"]
        options = [word for setting in settings for word in ("-o", setting)]
        return ["ssh", "-F", "none", "-T", "-p", self.port, *options, f"{person.name}@127.0.0.1",
                "true"]
