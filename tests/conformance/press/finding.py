"""What a check says, and how tools are asked."""
import collections
import subprocess
import sys

ERROR, WARNING = "error", "warning"
Finding = collections.namedtuple("Finding", "rule level page text")
MM = 72 / 25.4


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        sys.exit("preflight: %s is not installed" % command[0])
    except subprocess.CalledProcessError as failure:
        sys.exit("preflight: %s: %s" % (" ".join(command[:2]), failure.stderr.decode("utf-8", "replace").strip()))
