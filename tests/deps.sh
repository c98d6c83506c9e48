#!/bin/sh
# deps.sh PACKAGE…: installs those that Debian does not have installed yet.
set -eu
missing=
for package in "$@"; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null || {
	echo "glos is built on Debian 12; install these by hand:$missing" >&2
	exit 1
}
echo "installing from Debian:$missing"
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
# The stories have a Postfix of their own; the system's need not run.
case " $missing " in
*" postfix "*)
	echo "postfix postfix/main_mailer_type select No configuration" | $as_root debconf-set-selections
	;;
esac
# A fresh machine has no lists yet; old lists name files that are gone.
install="apt-get install -y -qq --no-install-recommends"
# shellcheck disable=SC2086
$as_root $install $missing >/dev/null 2>&1 || {
	$as_root apt-get update -qq
	$as_root $install $missing
}
