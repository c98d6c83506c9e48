#!/bin/sh
# globals.sh LIBRARY: no object may hold writable data: state is a struct passed in.
# Tables of pointers (.data.rel.ro) are const: the linker fills them once.
set -u
found=$(nm -A "$1" 2>/dev/null | grep -E ' [BbDdGgSsC] ' | grep -vE ' (__|_?_?gcov|lcov|\.L)')
# nm calls .data.rel.ro "d": ask objdump which of them are in a writable section.
[ -z "$found" ] && exit 0
bad=$(objdump -t "$1" 2>/dev/null |
	awk '/file format/ { object = $1 }
	     $0 ~ / O \.(data|bss|tbss|tdata)[^.]/ || $0 ~ / O \.(data|bss)\t/ { print object " " $NF }' |
	grep -vE ' (__|_?_?gcov|\.L)')
[ -z "$bad" ] && exit 0
echo "$bad" | while read -r object name; do
	echo "${object%:}: $name: writable global"
done
exit 1
