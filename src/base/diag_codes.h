/* Every diagnostic of the program: code, level, name on the command line, text,
 * and the sentence of the manual. The one list from which enum, texts and the
 * manual are made; keep it sorted by room, then by name.
 *
 * DIAG_CODE(ENUM, LEVEL, "name", "text", "what the manual says") */

/* base: files and the world */
DIAG_CODE(FILE_EXISTS, ERROR, "file-exists", "file is there already",
	  "A new issue or article never replaces one that exists.")
DIAG_CODE(FILE_MISSING, FAILURE, "file-missing", "cannot open file",
	  "A file that was named does not exist or may not be read.")
DIAG_CODE(FILE_READ, FAILURE, "file-read", "cannot read file",
	  "The system failed while a file was read.")
DIAG_CODE(FILE_TOO_LARGE, ERROR, "file-too-large", "file is too large",
	  "Articles may hold 2 MB and 20,000 lines, which is a thick book; settings 4 MB.")
DIAG_CODE(FILE_WRITE, FAILURE, "file-write", "cannot write file",
	  "The disk is full, or the folder may not be written. Nothing was left half-written.")

/* source: the publication and its files */
DIAG_CODE(PUBLICATION_MISSING, ERROR, "publication-missing", "no glos.yaml here or above",
	  "Run glos in the folder of a publication, or name it with -C; glos init makes a new one.")
DIAG_CODE(ISSUE_MISSING, ERROR, "issue-missing", "no such issue",
	  "issues/ has no folder of that name with an issue.yaml in it.")
DIAG_CODE(ISSUE_NAME, ERROR, "issue-name", "an issue cannot have this name",
	  "out/web/ has the archive of all issues, and each of them under the name of its folder.")
DIAG_CODE(ARTICLE_MISSING, ERROR, "article-missing", "article not found",
	  "issue.yaml names an article that is not in the issue's folder.")
DIAG_CODE(ARTICLE_EMPTY, ERROR, "article-empty", "article is empty",
	  "An article needs a title and at least one paragraph.")
DIAG_CODE(ENCODING, ERROR, "encoding", "not UTF-8",
	  "Save the file as UTF-8. The place is the first byte that is not.")
DIAG_CODE(CONTROL_CHARACTER, ERROR, "control-character", "control character in text",
	  "NUL and other control characters have no place in a text.")
DIAG_CODE(YAML_SYNTAX, ERROR, "yaml-syntax", "wrong YAML",
	  "The settings cannot be read: often a tab, a missing space after a colon, an open quote.")
DIAG_CODE(YAML_DUPLICATE, ERROR, "yaml-duplicate", "key given twice",
	  "Only one of the values could hold.")
DIAG_CODE(YAML_DEPTH, ERROR, "yaml-depth", "nested too deeply", "Settings nest 32 levels at most.")
DIAG_CODE(KEY_UNKNOWN, WARNING, "key-unknown", "unknown key",
	  "The key does nothing; the hint names the nearest known one.")
DIAG_CODE(KEY_MISSING, ERROR, "key-missing", "required key is missing",
	  "The settings lack a value that nothing can stand in for.")
DIAG_CODE(VALUE_TYPE, ERROR, "value-type", "wrong type of value",
	  "A list, a text, a number or a table of keys was expected.")
DIAG_CODE(VALUE_INVALID, ERROR, "value-invalid", "invalid value",
	  "The value is of the right type but means nothing here.")
DIAG_CODE(PASSWORD_IN_FILE, ERROR, "password-in-file", "password in a settings file",
	  "Put it in the environment (password_env) or in a file of its own (password_file).")
DIAG_CODE(FRONT_MATTER_MISSING, ERROR, "front-matter-missing", "no front matter",
	  "An article begins with a line of three hyphens, its settings, and three hyphens again.")
DIAG_CODE(FRONT_MATTER_OPEN, ERROR, "front-matter-open", "front matter is not closed",
	  "The settings at the head of an article end with a line of three hyphens.")
DIAG_CODE(TEMPLATE_UNKNOWN, ERROR, "template-unknown", "unknown template",
	  "The layout has no template of that name.")
DIAG_CODE(STYLE_UNKNOWN, ERROR, "style-unknown", "unknown style",
	  "The layout names a style that it does not define.")
DIAG_CODE(COLOUR_UNKNOWN, ERROR, "colour-unknown", "unknown colour",
	  "The layout names a colour that it does not define.")
DIAG_CODE(MASTER_UNKNOWN, ERROR, "master-unknown", "unknown page master",
	  "The layout names a page master that it does not define.")
DIAG_CODE(SUBJECT_LONG, WARNING, "subject-long", "subject is long",
	  "Lists of messages show some 70 characters of a subject, telephones 40: begin with what "
	  "matters.")
DIAG_CODE(PREHEADER_LONG, WARNING, "preheader-long", "preheader is long",
	  "Behind the subject lists of messages show 140 characters at most.")
DIAG_CODE(COVER_LINES, WARNING, "cover-lines", "layout has no place for the lines of the cover",
	  "The cover of the layout has no frame of the role teasers.")
DIAG_CODE(LAYOUT_MISSING, ERROR, "layout-missing", "layout not found",
	  "Neither the publication nor the program has a layout of that name.")
DIAG_CODE(LAYOUT_LOOP, ERROR, "layout-loop", "style is based on itself",
	  "The chain of based_on must end.")
DIAG_CODE(LAYOUT_FRAME, ERROR, "layout-frame", "impossible frame",
	  "A frame has no area, no room for its words, or lies outside the page.")
DIAG_CODE(LAYOUT_UNUSED, WARNING, "layout-unused", "name is never called",
	  "No template, style or frame of the layout calls this style, colour or page master.")
DIAG_CODE(FONT_FAMILY_UNKNOWN, ERROR, "font-family-unknown", "unknown font family",
	  "fonts.yaml has no family of that name.")
DIAG_CODE(FONT_MISSING, ERROR, "font-missing", "font file not found",
	  "Install the package that fonts.yaml names, or put the file into fonts/.")
DIAG_CODE(IMAGE_MISSING, ERROR, "image-missing", "image not found",
	  "The path is relative to the issue's folder.")
DIAG_CODE(IMAGE_DAMAGED, ERROR, "image-damaged", "image is damaged",
	  "The file is truncated, cannot be decoded, or is not what its header says.")
DIAG_CODE(IMAGE_DOUBTFUL, WARNING, "image-doubtful", "image may be damaged",
	  "Its coding holds more than its pixels, as files do that were damaged on their way: part "
	  "of the picture may be shifted, or of other colours.")
DIAG_CODE(IMAGE_FORMAT, ERROR, "image-format", "image has the wrong format",
	  "Pictures are JPEG or PNG, and named as what they are.")
DIAG_CODE(IMAGE_ALT, ERROR, "image-alt", "image has no alternative text",
	  "Say in the brackets what the picture shows; alt=\"\" marks mere decoration.")
DIAG_CODE(ARTICLE_UNLISTED, WARNING, "article-unlisted", "article is not in the issue",
	  "It lies in the issue's folder, and contents: of issue.yaml does not name it. Files that "
	  "do not begin with a line of three hyphens are taken for notes.")
DIAG_CODE(DIRECTIVE_UNKNOWN, ERROR, "directive-unknown", "unknown directive",
	  "The hint names the nearest known one.")
DIAG_CODE(DIRECTIVE_OPEN, ERROR, "directive-open", "directive is not closed",
	  "A line of as many colons as opened it ends a directive.")
DIAG_CODE(DIRECTIVE_STRAY, ERROR, "directive-stray", "nothing to close here",
	  "A line of colons closes a directive, but none is open.")
DIAG_CODE(
	DIRECTIVE_CONTENT, ERROR, "directive-content", "directive has the wrong content",
	"A gallery holds pictures alone, a button one link, a break nothing; the others hold text.")
DIAG_CODE(ATTRIBUTE_INVALID, ERROR, "attribute-invalid", "invalid attribute",
	  "Attributes are written {key=value key=\"value with spaces\"}.")
DIAG_CODE(RAW_HTML, ERROR, "raw-html", "raw HTML",
	  "HTML would reach only some editions. The hint says what to write instead.")
DIAG_CODE(NESTING, ERROR, "nesting", "nested too deeply",
	  "Quotes, lists and brackets nest 64 levels at most.")
DIAG_CODE(PARAGRAPH_MARKS, ERROR, "paragraph-marks", "paragraph has too many marks",
	  "A paragraph holds 5,000 stars, brackets and other marks at most. Leave a line empty "
	  "to divide it.")
DIAG_CODE(NOTE_UNDEFINED, ERROR, "note-undefined", "footnote is not defined",
	  "A reference [^name] needs a line [^name]: text in the same article.")
DIAG_CODE(NOTE_UNUSED, WARNING, "note-unused", "footnote is never referred to",
	  "A note without a reference [^name] in the text stands in no edition.")
DIAG_CODE(NOTE_DUPLICATE, ERROR, "note-duplicate", "footnote is defined twice",
	  "Only the first definition of a footnote could be kept.")
DIAG_CODE(IMAGE_INLINE, ERROR, "image-inline", "image within a line of text",
	  "A picture stands in a paragraph of its own, with empty lines around it.")
DIAG_CODE(LINK_INVALID, ERROR, "link-invalid", "invalid link",
	  "Links lead to http, https, mailto or tel addresses, or to an article of the issue.")
DIAG_CODE(
	MARKUP_SLIP, WARNING, "markup-slip", "this would stand in the text as it is typed",
	"A space or a sign keeps it from being a link, bold words, a heading, a list, a table or a "
	"directive. If it is meant, a backslash before its first sign says so.")
DIAG_CODE(HEADING_SKIPPED, WARNING, "heading-skipped", "heading skips a level",
	  "Readers who listen find their way by levels. The editions close the gap.")
DIAG_CODE(HEADING_UNDERLINED, WARNING, "heading-underlined",
	  "hyphens below a paragraph make it a heading",
	  "A line of hyphens is a rule only behind an empty line.")
DIAG_CODE(HEADING_TITLE, WARNING, "heading-title", "level 1 is the article's title",
	  "Headings inside an article begin at level 2; this one was lowered.")
DIAG_CODE(
	TABLE_ROW, ERROR, "table-row", "table row has more cells than the header",
	"The cells beyond the header's columns would be lost. A | within a cell needs a backslash.")
DIAG_CODE(TABLE_WIDE, ERROR, "table-wide", "table has too many columns",
	  "A table has 64 columns at most; even twelve are hard to read.")
DIAG_CODE(TABLE_HEADER, WARNING, "table-header", "table has an empty header row",
	  "Readers who listen need the names of the columns.")

/* compose and type */
DIAG_CODE(FONT_DAMAGED, ERROR, "font-damaged", "font cannot be used",
	  "The file is truncated, is no font, or has no outlines.")
DIAG_CODE(FONT_EMBEDDING, ERROR, "font-embedding", "font may not be embedded",
	  "The maker's licence bits in the file forbid it.")
DIAG_CODE(GLYPH_MISSING, WARNING, "glyph-missing", "no font has this character",
	  "Neither the style's family nor a fallback can set it.")
DIAG_CODE(HYPHENATION_MISSING, WARNING, "hyphenation-missing", "no hyphenation patterns",
	  "The dictionary of the language is not installed; its words stay whole.")
DIAG_CODE(JUMP, WARNING, "jump", "article goes on on another page",
	  "Its slot or frame is too small for it. Lines on both pages say where it goes on; "
	  "shorten it, or give it pages of its own.")
DIAG_CODE(OVERSET, ERROR, "overset", "text does not fit",
	  "No page of the article has a place for it.")
DIAG_CODE(UNBREAKABLE, WARNING, "unbreakable", "cut to fit",
	  "A box, row or word taller or wider than a page had to be divided.")
DIAG_CODE(CODE_LARGE, ERROR, "code-large", "QR code does not fit",
	  "With modules of 0.4 mm, the least that telephones read, it is larger than its column.")
DIAG_CODE(CONTENTS_UNSETTLED, WARNING, "contents-unsettled", "page references did not settle",
	  "The contents page kept changing the pages it refers to.")
DIAG_CODE(PAGE_COUNT, WARNING, "page-count", "page count is not a multiple of 4",
	  "A stitched magazine is bound from sheets of four pages.")
DIAG_CODE(BINDING_PAGES, ERROR, "binding-pages", "pages do not fit the binding",
	  "Stitched sheets hold four pages each, glued leaves two; a separate cover takes four.")
DIAG_CODE(SPINE_THIN, WARNING, "spine-thin", "spine is thin",
	  "Words on a spine want 6 mm of it, glue about 3 mm. Ask the printer.")

/* preflight: pages as a printer and a reader see them */
DIAG_CODE(BLEED_SHORT, ERROR, "bleed-short", "picture or colour ends at the trim",
	  "What touches the edge of the page goes on to the end of the bleed; else paper shows "
	  "where the knife errs.")
DIAG_CODE(CONTRAST, ERROR, "contrast", "words stand out too little",
	  "Letters need 4.5:1 against what is behind them, large ones (18 pt, or 14 pt bold) 3:1, "
	  "those of large print 7:1 (WCAG 2.2, 1.4.3 and 1.4.6).")
DIAG_CODE(CODE_FINE, WARNING, "code-fine", "code is too fine to be read",
	  "Modules of a QR code below 0.4 mm run together on paper, and telephones do not read it.")
DIAG_CODE(CONTRAST_PICTURE, WARNING, "contrast-picture", "words stand out too little on a picture",
	  "Somewhere below the letters the picture is too like them: the same limits as for "
	  "contrast, where it is worst.")
DIAG_CODE(HAIRLINE, WARNING, "hairline", "line is too thin for the press",
	  "A line of one ink holds from 0.25 pt on, one of several inks or left white from 0.5 pt "
	  "(GWG 2022, R0018 and R0019).")
DIAG_CODE(IMAGE_COARSE, ERROR, "image-coarse", "image is too coarse for print",
	  "Below 150 ppi at the printed size a picture shows its pixels; line art of one bit needs "
	  "550 ppi (GWG 2022, R0031 and R0032).")
DIAG_CODE(IMAGE_RESOLUTION, WARNING, "image-resolution", "image resolution is low for print",
	  "Below 225 ppi at the printed size a picture looks soft, line art of one bit below "
	  "800 ppi (GWG 2022, R0031 and R0032).")
DIAG_CODE(INK_COLOUR, WARNING, "ink-colour", "colour has too much ink",
	  "Its inks together are above the limit of press: ink_limit, or above 280 % in letters "
	  "(GWG 2022, R0015).")
DIAG_CODE(INK_TOTAL, ERROR, "ink-total", "too much ink on one spot",
	  "The mean of 15 × 15 mm of the page is above the limit of press: ink_limit: it dries "
	  "slowly and sets off (GWG 2022, R0026).")
DIAG_CODE(PAGE_EMPTY, WARNING, "page-empty", "page is empty",
	  "Nothing stands on it but its background and its folio (GWG 2022, R0005).")
DIAG_CODE(PAGE_TAIL, WARNING, "page-tail", "article ends on a page that is nearly empty",
	  "A few lines were left for its last page, and white paper stands below them.")
DIAG_CODE(SAFETY_ZONE, WARNING, "safety-zone", "letters stand near the trim",
	  "The knife errs by a millimetre, and what stands near it looks cut. press: safety says "
	  "how near is near.")
DIAG_CODE(SPINE_TYPE, WARNING, "spine-type", "words do not fit the spine",
	  "Letters on a spine want 5 pt, and 1.5 mm to the folds, which are never quite where they "
	  "should be.")
DIAG_CODE(TYPE_INKS, WARNING, "type-inks", "letters are too small for their inks",
	  "Below 8 pt letters of several inks have coloured edges, and white ones fill in "
	  "(GWG 2022, R0016 and R0017).")

/* pdf */
DIAG_CODE(ADVERTISEMENT_ACCESS, WARNING, "advertisement-access",
	  "ready-made page is not for readers who listen",
	  "Its words cannot be told, so that the edition does not claim PDF/UA. Ask for a PDF with "
	  "embedded fonts that have Unicode.")
DIAG_CODE(ADVERTISEMENT_BLEED, WARNING, "advertisement-bleed",
	  "ready-made page has too little bleed",
	  "A white edge may show where the sheet is cut. Ask for a page with bleed on all sides.")
DIAG_CODE(ADVERTISEMENT_DAMAGED, ERROR, "advertisement-damaged", "ready-made page cannot be used",
	  "The PDF is damaged, locked with a password, has layers that are hidden, or no page of "
	  "that number.")
DIAG_CODE(ADVERTISEMENT_MENDED, WARNING, "advertisement-mended", "ready-made page was mended",
	  "It was damaged, does not say where it is trimmed, or has parts that only a screen can "
	  "show, which were left out. Look at it in the PDF.")
DIAG_CODE(ADVERTISEMENT_PRESS, WARNING, "advertisement-press",
	  "ready-made page is not fit for print",
	  "RGB colours and fonts that are not embedded print otherwise than they look; inks of "
	  "their own want a plate each; pictures below 150 pixels an inch are coarse, below 225 "
	  "soft. Ask for PDF/X.")
DIAG_CODE(
	ADVERTISEMENT_SIZE, WARNING, "advertisement-size", "ready-made page has another size",
	"It was scaled to the trimmed page. Ask for a page of the publication's format with bleed.")
DIAG_CODE(LIBRARY_MISSING, FAILURE, "library-missing", "a library cannot be loaded",
	  "A program library that this command needs is not installed, or is too old. On Debian, "
	  "apt-get install brings it back; the message names its file.")
DIAG_CODE(PDF_FAILED, FAILURE, "pdf-failed", "PDF could not be made",
	  "The PDF library refused; the reason is its own.")
DIAG_CODE(IMAGE_PROFILE, WARNING, "image-profile", "colour profile of an image cannot be used",
	  "It is damaged, or of another kind than the image. Its colours are taken as sRGB, its "
	  "inks as those of the printing condition.")
DIAG_CODE(
	IMAGE_TRANSPARENT, WARNING, "image-transparent",
	"transparent image lies on more than a tint",
	"PDF/X-1a knows no transparency: the image hides the words and pictures below it. Save it "
	"without transparency, or write pdfx: 4.")
DIAG_CODE(PROFILE_CONDITION, WARNING, "profile-condition",
	  "colour profile is of another printing condition",
	  "Pictures would be separated for one way of printing, and the file say that it is made "
	  "for another. Name the condition of the profile, or the profile of the condition.")
DIAG_CODE(PROFILE_INVALID, ERROR, "profile-invalid", "colour profile cannot be used",
	  "The press needs a profile of an output device with four inks (CMYK), whole and with "
	  "both ways of conversion.")
DIAG_CODE(PROFILE_MISSING, WARNING, "profile-missing", "no colour profile",
	  "Without the printing condition's profile the print edition is not PDF/X.")

/* web and email */
DIAG_CODE(MESSAGE_LARGE, WARNING, "message-large", "message is large",
	  "Gmail cuts messages off at 102 KB.")
DIAG_CODE(MESSAGE_TOO_LARGE, ERROR, "message-too-large", "message is too large",
	  "Above 100 KB the end of the message would be lost in Gmail. Set articles as teasers.")
DIAG_CODE(
	MESSAGE_PICTURES, ERROR, "message-pictures", "pictures of the message are too large",
	"Together they may have 1 MB, which goes to every subscriber. Set articles as teasers, or "
	"let pictures stand on the site: images: hosted.")
DIAG_CODE(HEADER_INVALID, ERROR, "header-invalid", "line break or control character in a header",
	  "Subject, sender and other headers are single lines.")
DIAG_CODE(HOLE_UNKNOWN, ERROR, "hole-unknown", "unknown placeholder",
	  "Known are {name}, {org}, {token} and {region}.")

/* delivery */
DIAG_CODE(CSV_SYNTAX, ERROR, "csv-syntax", "wrong CSV",
	  "A quote is not closed, or stands inside a field.")
DIAG_CODE(CSV_HEADER, ERROR, "csv-header", "CSV has no usable header row",
	  "The first row names the columns; email is required.")
DIAG_CODE(ADDRESS_INVALID, ERROR, "address-invalid", "not an e-mail address",
	  "The row was refused.")
DIAG_CODE(ADDRESS_SUPPRESSED, WARNING, "address-suppressed", "address is suppressed",
	  "This person unsubscribed, or the address does not exist. An import never revives it.")
DIAG_CODE(ROW_INVALID, ERROR, "row-invalid", "row cannot be taken",
	  "A cell holds what it cannot mean, or the row has too many or too few of them.")
DIAG_CODE(SUBSCRIBER_UNKNOWN, ERROR, "subscriber-unknown", "no such subscriber",
	  "Nobody has this address.")
DIAG_CODE(REGION_UNKNOWN, ERROR, "region-unknown", "nobody is of this region",
	  "Regions are known by the subscribers who are of them.")
DIAG_CODE(NOT_AMBIGUOUS, ERROR, "not-ambiguous", "no ambiguous delivery",
	  "Nothing is to be settled for this address: glos status ISSUE --ambiguous lists those "
	  "of whom nobody knows.")
DIAG_CODE(STORE_FAILED, FAILURE, "store-failed", "database failed",
	  "The words after the colon are the database's own.")
DIAG_CODE(STORE_UNKNOWN, ERROR, "store-unknown", "no such kind of store",
	  "Subscribers are kept in SQLite or PostgreSQL: store: sqlite:FILE, or "
	  "postgresql://HOST/DATABASE.")
DIAG_CODE(STORE_SETTING, ERROR, "store-setting", "store: cannot be used as it is",
	  "The password is not where glos.yaml says, or the two stores of a copy are one.")
DIAG_CODE(STORE_LOCKED, FAILURE, "store-locked", "another glos is sending from this database",
	  "One sender per ledger. Wait for it, or end it with Ctrl-C.")
DIAG_CODE(
	ISSUE_FORGOTTEN, ERROR, "issue-forgotten", "nobody knows any more who got this issue",
	"It was sent so long ago that retention: of glos.yaml no longer keeps that. Sent again it "
	"would reach people twice.")
DIAG_CODE(RETENTION_UNSURE, ERROR, "retention-unsure", "nothing is forgotten",
	  "Something in retention: of glos.yaml is not understood, and what is forgotten is gone. "
	  "Mend it first.")
DIAG_CODE(STORE_REPLACED, FAILURE, "store-replaced", "the database was taken away or replaced",
	  "Its file, or the lock beside it, is not the one any more that was opened. What happens "
	  "now would be lost, or done twice. Start again when the right one is in its place.")
DIAG_CODE(STORE_FENCED, FAILURE, "store-fenced", "this sender was declared dead",
	  "It was stopped, or cut off from the database, for longer than the lease of store:. "
	  "Others have taken its recipients over, so it sends nothing more. Start it again.")
DIAG_CODE(
	DOTS_UNKEPT, WARNING, "dots-unkept", "it is not kept which messages have left",
	"The file beside the database that tells it cannot be made. Sending goes on; only if this "
	"sender is killed, all that is on its way is held as ambiguous and not what may have "
	"arrived alone.")
DIAG_CODE(SMTP_CONNECT, FAILURE, "smtp-connect", "cannot reach the mail server",
	  "Nobody lost an attempt. Check smtp: in glos.yaml and start the server.")
DIAG_CODE(SMTP_TLS, FAILURE, "smtp-tls", "no secure connection to the mail server",
	  "tls: required was not possible; the server's certificate may be wrong, or ours.")
DIAG_CODE(SMTP_AUTH, FAILURE, "smtp-auth", "mail server refused the login",
	  "Check user and password or token. The issue stopped; nobody lost an attempt.")
DIAG_CODE(SMTP_REFUSED, FAILURE, "smtp-refused", "mail server refused the issue",
	  "The server's words follow. The issue stopped; send it again when they are heeded.")
DIAG_CODE(SMTP_UNKNOWN, FAILURE, "smtp-unknown", "mail server refused too many as unknown",
	  "A server that lost its table of recipients says of everybody that nobody lives there. "
	  "The issue stopped, nobody was suppressed by the last 64 answers, and the next glos send "
	  "tries them again. When the addresses are really dead: --believe-refusals.")
DIAG_CODE(RELAY_ASIDE, WARNING, "relay-aside", "a mail server refused us, the others go on",
	  "Its share goes to the others until the end of this run. The words are its own; the "
	  "word at the end tells the kind of trouble.")
DIAG_CODE(SMTP_SETTING, ERROR, "smtp-setting", "smtp: cannot be used as it is",
	  "The URL, the TLS policy or the password does not fit; the detail says which.")
DIAG_CODE(PASSWORD_OPEN, WARNING, "password-open", "everybody on this machine can read it",
	  "Whoever has this password or token can send in your name.")
DIAG_CODE(MAILBOX_CONNECT, FAILURE, "mailbox-connect", "cannot read the folder of bounces",
	  "The mail server's words follow. What was read so far is settled; the next run goes on "
	  "behind it.")
DIAG_CODE(MAILBOX_SETTING, ERROR, "mailbox-setting", "--imap cannot be used as it is",
	  "The URL is like imaps://mail.example.org/Bounces; --user and --password-env or "
	  "--password-file tell who reads.")
DIAG_CODE(DKIM_KEY, ERROR, "dkim-key", "cannot sign with the DKIM key",
	  "An RSA key of 2048 bits or more, or an Ed25519 key, as a PEM file without password.")
DIAG_CODE(DKIM_UNSEEN, WARNING, "dkim-unseen", "the DKIM key cannot be looked at",
	  "It is not on this machine, or not for you to read. The machine that sends needs it.")
DIAG_CODE(
	MESSAGE_UNSENDABLE, ERROR, "message-unsendable", "message cannot be sent",
	"It holds what no mail server takes: overlong lines, or bytes it does not offer to carry.")
DIAG_CODE(SENDER_INCOMPLETE, ERROR, "sender-incomplete", "glos.yaml does not say who sends",
	  "mail: and smtp: are needed before anything can be sent.")

/* preview */
DIAG_CODE(
	PORT_TAKEN, FAILURE, "port-taken", "cannot answer on this port",
	"Another program answers there already, perhaps another glos preview; ports below 1024 are "
	"the system's.")
DIAG_CODE(WATCH_FAILED, FAILURE, "watch-failed", "cannot watch the sources",
	  "The system allows so many folders to be watched at once; other programs use them up.")

/* serve */
DIAG_CODE(
	SERVE_SETTING, ERROR, "serve-setting", "cannot serve with these settings",
	"The addresses of mail: and serve: in glos.yaml have to tell where readers come and where "
	"glos listens; the detail says which does not.")
