#!/bin/sh
# The commands do what their help and the manual say, and no option is missing
# from either.
. "$(dirname "$0")/tap.sh"
root=$story_folder/magazine
out=$story_folder/out
manual=$GLOS_ROOT/docs/glos.1

ok "a publication begins" exits 0 "$GLOS" init "$root"
id=$(ls "$root/issues")
pasted() {
	(cd "$story_folder" && "$GLOS" init "Głos Anny's numer") 2> "$story_folder/.said" || return 1
	said=$(sed -n 's/^Now: glos //p' "$story_folder/.said")
	(cd "$story_folder" && eval "'$GLOS' $said -e email" && eval "ls $(sed -n '/glos.yaml/p' "$story_folder/.said")")
}
ok "what init says can be pasted, whatever the folder is called" pasted

# ---- help and manual ----

commands=$("$GLOS" help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
options_of() { "$GLOS" help "$1" | sed -n 's/^  .*--\([a-z-]*\)[ ].*/\1/p' | sort -u; }
manual_options() { grep -o '\\-[a-z][a-z-]*' "$manual" | sed 's/^\\-//' | sort -u; }
all_options() { for c in $commands; do options_of "$c"; done | sort -u; }
in_manual() {
	for o in $(options_of "$1"); do
		grep -qE "\\\\-$o( |\$)" "$manual" || { echo "docs/glos.1 lacks --$o of $1"; return 1; }
	done
	grep -qE "Cm $1( |\$)" "$manual" || { echo "docs/glos.1 lacks $1"; return 1; }
}
for c in $commands; do ok "the manual knows glos $c and its options" in_manual "$c"; done
each_is_made() {
	for f in src/cli/cmd_*.c; do
		c=${f#src/cli/cmd_}
		echo "$commands" | grep -qx "${c%.c}" || { echo "glos help does not list ${c%.c}"; return 1; }
	done
}
ok "help lists every command" each_is_made
no_more_in_manual() { [ -z "$(manual_options | grep -vxF "$(all_options)")" ]; }
ok "the manual has no option that is none" no_more_in_manual
every_diagnostic() {
	codes=$(grep -v '^ \*' "$GLOS_ROOT/src/base/diag_codes.h" | tr '\n' ' ' | sed 's/DIAG_CODE(/\n&/g' |
		sed -n 's/^DIAG_CODE([[:space:]]*[A-Z_]*,[[:space:]]*[A-Z]*,[[:space:]]*"\([a-z-]*\)".*/\1/p' | sort)
	[ "$(echo "$codes" | wc -l)" = "$(grep -c '^DIAG_CODE(' "$GLOS_ROOT/src/base/diag_codes.h")" ] || return 1
	[ "$codes" = "$("$GLOS" help --diagnostics | sed -n 's/^\([a-z-]*\) (.*/\1/p' | sort)" ]
}
ok "help --diagnostics has all of them" every_diagnostic
# roles MACRO: the names of an X-macro's rows in model/layout.h.
roles() {
	awk -v macro="#define $1(X)" 'index($0, macro) { on = 1; next } on && !/X\(/ { exit } on' \
		"$GLOS_ROOT/src/model/layout.h" | sed 's/.*X([A-Z0-9_]*, "\([a-z0-9-]*\)").*/\1/'
}
roles_in_manual() {
	[ "$(roles "$1" | wc -l)" -ge "$2" ] || return 1
	for r in $(roles "$1"); do
		grep -qE "^\.Cm $r( |$)" "$GLOS_ROOT/docs/glos-layout.5" || { echo "glos-layout(5) lacks $r"; return 1; }
	done
}
ok "the manual knows every style" roles_in_manual STYLE_ROLES 40
ok "and every frame" roles_in_manual FRAME_ROLES 15
manual_diagnostics() {
	sed -n 's/^\.It Li \([a-z]*-[a-z-]*\)\( .*\)*$/\1/p' "$GLOS_ROOT"/docs/glos-issue.5 "$GLOS_ROOT"/docs/glos-layout.5
}
no_other_diagnostics() {
	"$GLOS" help --diagnostics | sed -n 's/^\([a-z-]*\) (.*/\1/p' > "$story_folder/codes"
	[ "$(manual_diagnostics | wc -l)" -gt 40 ] && [ -z "$(manual_diagnostics | grep -vxFf "$story_folder/codes")" ]
}
ok "no manual tells of a diagnostic that is none" no_other_diagnostics
columns_are_even() {
	"$GLOS" help "$1" | sed 's/…/x/g' | awk '
		/^  .*--/ { seen++; if (substr($0, 31, 2) !~ /^ [^ ]$/) bad = 1 }
		END { exit bad || seen < 7 }'
}
for c in build send; do ok "the options of $c stand in columns" columns_are_even "$c"; done

# ---- options ----

ok "options stand before the command" exits 0 "$GLOS" --colour never -C "$root" check
ok "or behind it" exits 0 "$GLOS" check -C "$root" --colour=never
ok "an unknown option" exits 2 "$GLOS" build --drafts
ok "gets the nearest" says "--draft?"
ok "an unknown command" exits 2 "$GLOS" biuld
ok "too" says "did you mean build?"
ok "an option without its argument" exits 2 "$GLOS" build -o
printf 'pubisher: X\n' >> "$root/glos.yaml"
ok "a warning" exits 0 "$GLOS" -C "$root" check
ok "says what, not what it means" says_not "The key does nothing"
ok "with -v" exits 0 "$GLOS" -C "$root" check -v
ok "it tells" says "The key does nothing"
ok "with -q" exits 0 "$GLOS" -C "$root" check -q
ok "it is not told" says_not "pubisher"

# shellcheck disable=SC2046
ok "a test to too many" exits 2 "$GLOS" -C "$GLOS_ROOT" send 2026-1 --test \
	$(awk 'BEGIN { for (i = 0; i <= 100; i++) print "a" i "@example.org" }')
ok "is refused" says "100 addresses at most"

# ---- issues are apart ----

ok "a second issue" exits 0 "$GLOS" -C "$root" new issue 2090-1
printf -- '---\ntitle: T\n---\n\na <b>b</b> c\n' > "$root/issues/$id/01-powitanie.md"
ok "a mistake in the first" exits 1 "$GLOS" -C "$root" build -o "$out" -e email
ok "keeps it from being built" test ! -e "$out/$id"
ok "and no other" test -s "$out/2090-1/email/pl.html"
ok "checking ends with it, too" exits 1 "$GLOS" -C "$root" check
ok "and goes on with the next" says "2090-1: 1 entry, no errors"
ok "one edition leaves no folder of another" test ! -e "$out/2090-1/web"
ok "a draft" exits 1 "$GLOS" -C "$root" build "$id" --draft -o "$out" -e email
ok "is built all the same" test -s "$out/$id/email/pl.html"
ok "nothing is replaced" exits 1 "$GLOS" -C "$root" new issue 2090-1
ok "and that is told" says file-exists
done_testing
