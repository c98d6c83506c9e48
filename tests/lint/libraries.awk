# One library, one room (harfbuzz serves two).
BEGIN {
	rooms["hpdf"] = "pdf"
	rooms["lcms2"] = "pdf"
	rooms["qpdf"] = "pdf"
	rooms["png"] = "pdf"
	rooms["jpeglib"] = "pdf"
	rooms["libdeflate"] = "pdf"
	rooms["hb"] = "type pdf"
	rooms["hb-ot"] = "type pdf"
	rooms["hb-subset"] = "pdf"
	rooms["linebreak"] = "type"
	rooms["unibreakdef"] = "type"
	rooms["qrencode"] = "compose"
	rooms["cmark-gfm"] = "source"
	rooms["cmark-gfm-core-extensions"] = "source"
	rooms["yaml"] = "source"
	rooms["sqlite3"] = "delivery"
	rooms["libpq-fe"] = "delivery"
	rooms["idn2"] = "delivery"
	rooms["sodium"] = "delivery"
	rooms["gmime"] = "delivery"
	rooms["microhttpd"] = "preview serve"
	status = 0
}

/^#include </ {
	split(FILENAME, path, "/")
	name = $2
	gsub(/[<>]/, "", name)
	sub(/\.h$/, "", name)
	sub(/^gmime\/.*/, "gmime", name)
	sub(/^qpdf\/.*/, "qpdf", name)
	sub(/^hpdf_.*/, "hpdf", name)
	if (name ~ /^(curl|openssl)\//)
		room = "delivery"
	else if (name in rooms)
		room = rooms[name]
	else
		next
	if (index(" " room " ", " " path[2] " ") == 0) {
		print FILENAME ":" FNR ": " $2 " belongs to " room "/"
		status = 1
	}
}

END { exit status }
