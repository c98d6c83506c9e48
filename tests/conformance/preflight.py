#!/usr/bin/env python3
"""preflight.py [--ink 300] [--bleed 3] [--safety 5] [--spots 0] [--sheets] PDF…: may it go to press?

An independent judge of press files; see press/. Says each finding with its rule
and page; exit 1 when there is any, error or warning. --sheets: the pages are the sides
of folded sheets, the outermost first.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from press import ink, marks, objects      # noqa: E402


def findings(path, options):
    found = list(objects.check(path, options.bleed, options.spots, options.sheets))
    found += marks.check(path, options.safety)
    if options.weigh:
        found += ink.check(path, options.ink)
    return found


def options_from(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ink", type=float, default=300)
    parser.add_argument("--bleed", type=float, default=3)
    parser.add_argument("--safety", type=float, default=5)
    parser.add_argument("--spots", type=int, default=0)
    parser.add_argument("--sheets", action="store_true")
    parser.set_defaults(weigh=True)
    parser.add_argument("pdf", nargs="+")
    return parser.parse_args(arguments)


def main():
    options, bad = options_from(sys.argv[1:]), False
    for path in options.pdf:
        found = findings(path, options)
        for f in found:
            print("%s: %s%s %s: %s" % (path, "page %d: " % f.page if f.page else "", f.rule, f.level, f.text))
        errors = sum(f.level == "error" for f in found)
        print("%s: %d errors, %d warnings" % (path, errors, len(found) - errors))
        bad |= bool(found)
    return bad


if __name__ == "__main__":
    sys.exit(main())
