# Who may include whom (docs/ARCHITECTURE.md): a star, not a web.
# And no room that composes knows an edition's name: large print is another layout.
BEGIN {
	split("source email web pdf preflight preview delivery type compose impose", leaf)
	for (i in leaf)
		may[leaf[i]] = "base model"
	may["base"] = ""
	may["model"] = "base"
	may["compose"] = "base model type"
	may["serve"] = "base model delivery"
	may["cli"] = "base model source type compose impose preflight pdf web email preview delivery cli serve"
	status = 0
}

/EDITION_(PRINT|SCREEN|LARGE|WEB|EMAIL)/ && FILENAME ~ /^src\/(compose|impose|type)\// {
	print FILENAME ":" FNR ": composing knows no editions, only what their layouts say"
	status = 1
}

/^#include "/ {
	split(FILENAME, path, "/")
	room = path[2]
	split($0, quoted, "\"")
	split(quoted[2], target, "/")
	where = FILENAME ":" FNR ": " room "/ may not include \"" quoted[2] "\""
	if (target[1] == room)
		next
	if (index(" " may[room] " ", " " target[1] " ") == 0) {
		print where
		status = 1
	} else if (target[1] != "base" && target[1] != "model" && \
		   target[2] != target[1] ".h") {
		print where ": only the door, " target[1] "/" target[1] ".h"
		status = 1
	} else if (room == "type" && quoted[2] == "model/document.h") {
		print where ": it sees runs, not articles"
		status = 1
	}
}

END { exit status }
