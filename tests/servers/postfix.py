"""Debian's Postfix in a folder of its own, as root, on a port from the kernel.

Mail for the domain `relayed` goes on to another server, by whose refusal it makes a report; mail for
odbicia@`domain` stands in a Maildir, mail for odbicia@`piped` goes to a command, one mail a run, as
the user nobody."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time

POSTFIX = shutil.which("postfix", path="/usr/sbin:/usr/bin:/sbin:/bin")
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 1 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
relay     unix - - n - - smtp
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
local     unix - n n - - local
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = posta.example.org
mydestination = {piped}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtp_host_lookup = native
transport_maps = inline:{{ {relayed}=smtp:[127.0.0.1]:{next} }}
recipient_delimiter = +
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ odbicia@{domain}=odbicia/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
alias_maps = inline:{{ {{odbicia = "|{command}"}} }}
in_flow_delay = 0
minimal_backoff_time = 1s
queue_run_delay = 1s
"""


def can_run():
    return bool(POSTFIX) and os.geteuid() == 0


class Postfix:
    def __init__(self, folder, relayed, next_port, domain, piped="", command="/bin/false"):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.folder = folder
        self.maildir = os.path.join(folder, "boxes/odbicia")
        user = pwd.getpwnam("nobody")
        os.makedirs(os.path.join(folder, "etc"))
        for name in ("queue", "data", "boxes"):
            os.mkdir(os.path.join(folder, name))
        os.chown(os.path.join(folder, "data"), pwd.getpwnam("postfix").pw_uid,
                 grp.getgrnam("postfix").gr_gid)
        os.chown(os.path.join(folder, "boxes"), user.pw_uid, user.pw_gid)
        settings = dict(folder=folder, port=self.port, relayed=relayed, next=next_port, domain=domain,
                        piped=piped, command=command,
                        uid=user.pw_uid, gid=user.pw_gid)
        for name, text in (("main.cf", MAIN), ("master.cf", MASTER)):
            with open(os.path.join(folder, "etc", name), "w") as f:
                f.write(text.format(**settings))

    def command(self, *arguments):
        return subprocess.run([POSTFIX, "-c", os.path.join(self.folder, "etc"), *arguments],
                              capture_output=True, text=True, timeout=60)

    def log(self):
        try:
            with open(os.path.join(self.folder, "log")) as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def __enter__(self):
        started = self.command("start")
        if started.returncode:
            raise RuntimeError(started.stdout + started.stderr + self.log())
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.command("stop")
        raise RuntimeError("Postfix does not listen\n" + self.log())

    def __exit__(self, *_):
        self.command("stop")

    def arrived(self):
        """Mails in the Maildir of the return path."""
        new = os.path.join(self.maildir, "new")
        return sorted(os.listdir(new)) if os.path.isdir(new) else []

    def wait_for(self, count, seconds=60):
        """Whether so many mails arrived in time."""
        for _ in range(seconds * 20):
            if len(self.arrived()) >= count:
                return True
            time.sleep(0.05)
        return False
