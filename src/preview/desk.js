/* The desk: shows what the program says is there, and keeps the reader's place.
 *
 * One stream of server-sent events brings the whole state after each change; its
 * address says what is looked at, so that this is made first. Editions stand in
 * frames that may not run scripts. A new build is loaded behind the old one and takes
 * its place when it is ready, at the same height. */
"use strict";

const $ = (id) => document.getElementById(id);
const VIEWS = ["email", "text", "web", "print", "screen", "large"];
const NAMES = { print: "Print", screen: "Screen", large: "Large print" };
const WIDTHS = { email: ["375", "700"], web: ["375", "700", "1280", "full"] };

let state = null;
let stream = null;

/* ---- what the reader chose; kept over a reload of this page ---- */

const kept = (() => {
	try {
		return JSON.parse(sessionStorage.getItem("desk")) || {};
	} catch {
		return {};
	}
})();
const choice = Object.assign(
	{ view: "email", scheme: "light", bare: false, spreads: "yes", zoom: "fit", which: "",
	  findings: true, widths: { email: "700", web: "full" }, web: "/web/index.html", places: {} },
	kept);

function keep() {
	sessionStorage.setItem("desk", JSON.stringify(choice));
}

/* ---- frames ---- */

const originals = new WeakMap(); /* media rule -> its condition as written */

function setCondition(media, owner, scheme) {
	if (!originals.has(owner))
		originals.set(owner, media.mediaText);
	const written = originals.get(owner);
	if (written.includes("prefers-color-scheme"))
		media.mediaText = written.replace(
			/\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)/g,
			(all, asked) => asked === scheme ? "(min-width: 0px)" : "(max-width: 0px)");
}

function setRules(rules, scheme) {
	for (const rule of rules) {
		if (rule.media)
			setCondition(rule.media, rule, scheme);
		if (rule.cssRules)
			setRules(rule.cssRules, scheme);
	}
}

/* Light or dark, whatever this machine prefers. */
function dress(doc, scheme) {
	for (const sheet of doc.styleSheets) {
		setCondition(sheet.media, sheet, scheme);
		setRules(sheet.cssRules, scheme);
	}
	for (const source of doc.querySelectorAll("source[media]")) {
		if (!originals.has(source))
			originals.set(source, source.media);
		source.media = originals.get(source).replace(
			/\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)/g,
			(all, asked) => asked === scheme ? "all" : "not all");
	}
	if (doc.documentElement)
		doc.documentElement.style.colorScheme = scheme;
}

const attended = new WeakSet(); /* documents whose links, keys and heights are ours */
const PATIENCE_MS = 60;

class Frame {
	constructor(host) {
		this.host = host;
		this.current = null;
		this.coming = null;
		this.shown = ""; /* build and address of what is shown or coming */
	}

	/* place: under which name its height is kept. */
	show(build, url, title, place) {
		const wanted = build + " " + url;
		if (wanted === this.shown)
			return;
		this.shown = wanted;
		this.build = build;
		this.coming?.remove();
		const frame = document.createElement("iframe");
		frame.className = "coming";
		frame.title = title;
		frame.setAttribute("sandbox", "allow-same-origin");
		frame.addEventListener("load", () => this.loaded(frame, place));
		frame.src = url;
		this.coming = frame;
		this.host.append(frame);
		this.watch(frame, place, performance.now() + PATIENCE_MS);
	}

	/* Words are not kept waiting for pictures for long. */
	watch(frame, place, until) {
		if (frame !== this.coming)
			return;
		const doc = frame.contentDocument;
		const readable = doc && doc.URL !== "about:blank" && doc.readyState !== "loading" &&
			[...doc.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet);
		if (readable && performance.now() > until)
			this.arrive(frame, place);
		else
			requestAnimationFrame(() => this.watch(frame, place, until));
	}

	loaded(frame, place) {
		const doc = frame.contentDocument;
		if (!doc || doc.URL === "about:blank")
			return;
		frame.whole = true;
		if (frame === this.coming) {
			this.arrive(frame, place);
		} else if (attended.has(doc)) { /* its pictures came after it was shown */
			dress(doc, choice.scheme);
			doc.scrollingElement.scrollTop = choice.places[this.place] || 0;
		} else { /* a link was followed in it */
			this.place = doc.location.pathname;
			this.attend(frame, doc);
			this.shown = this.build + " " + doc.location.pathname;
		}
	}

	attend(frame, doc) {
		attended.add(doc);
		dress(doc, choice.scheme);
		doc.addEventListener("click", (event) => follow(event, this));
		doc.addEventListener("keydown", onKey);
		doc.defaultView.addEventListener("scroll", () => {
			if (this.current !== frame || !frame.whole)
				return;
			choice.places[this.place] = doc.scrollingElement.scrollTop;
			keep();
		});
		if (this === frames.web) {
			choice.web = doc.location.pathname;
			keep();
		}
	}

	/* It takes the place of the one that is shown. */
	arrive(frame, place) {
		const doc = frame.contentDocument;
		if (this.current?.whole && this.place === place) /* its last move may not be told yet */
			choice.places[place] = this.current.contentDocument.scrollingElement.scrollTop;
		this.place = place;
		this.attend(frame, doc);
		doc.scrollingElement.scrollTop = choice.places[place] || 0;
		const focused = this.current !== null && document.activeElement === this.current;
		this.current?.remove();
		this.current = frame;
		this.coming = null;
		frame.classList.remove("coming");
		this.fit(this.width);
		if (focused)
			frame.focus();
	}

	/* As wide as asked for beside its scroll bar. */
	fit(width) {
		this.width = width;
		this.host.style.width = width === "full" ? "100%" : width + "px";
		const frame = this.current;
		const bar = frame?.contentDocument?.documentElement
			? frame.clientWidth - frame.contentDocument.documentElement.clientWidth : 0;
		if (width !== "full" && bar > 0 && bar < 40)
			this.host.style.width = Number(width) + bar + "px";
	}

	redress() {
		this.host.classList.toggle("dark", choice.scheme === "dark");
		if (this.current?.contentDocument)
			dress(this.current.contentDocument, choice.scheme);
	}
}

const frames = {};

/* Links: within the web edition as they are; to the site, to the web edition here; to
 * a PDF, to its pages. Anything else is shown, not followed. */
function follow(event, frame) {
	const link = event.target.closest?.("a[href], area[href]");
	if (!link)
		return;
	const url = new URL(link.href, link.baseURI);
	const raw = link.getAttribute("href");
	if (raw.startsWith("#"))
		return;
	const site = state?.web.address ? new URL(state.web.address).origin : location.origin;
	const pdf = [location.origin, site].includes(url.origin) && /\/(\w+)\.pdf$/.exec(url.pathname);
	if (pdf && NAMES[pdf[1]]) {
		event.preventDefault();
		choose(pdf[1]);
	} else if (url.origin === location.origin && url.pathname.startsWith("/web/")) {
		if (frame === frames.web)
			return;
		event.preventDefault();
		openWeb(url.pathname);
	} else if (state?.web.address && link.href.startsWith(state.web.address)) {
		event.preventDefault();
		openWeb("/web/" + link.href.slice(state.web.address.length).replace(/[?#].*/, ""));
	} else {
		event.preventDefault();
		say("Leads to " + link.href);
	}
}

function openWeb(path) {
	choice.web = path;
	choose("web");
}

/* ---- views ---- */

function message() {
	const all = state.mail.messages;
	return all.find((m) => m.name === choice.which) || all[0];
}

function size(bytes) {
	return bytes < 1e6 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1e6).toFixed(1) + " MB";
}

function showEmail() {
	const m = message();
	if (!m)
		return;
	$("subject").textContent = m.subject;
	$("preheader").textContent = m.preheader;
	$("about").textContent = size(m.bytes) + " as it is sent";
	frames.email.fit(choice.widths.email);
	frames.email.show(state.mail.build, (choice.bare ? "/mail-bare/" : "/mail/") +
		encodeURIComponent(m.name) + ".html", "E-mail: " + m.subject, "email " + m.name);
}

let textShown = "";
async function showText() {
	const m = message();
	const wanted = m && state.mail.build + " " + m.name;
	if (!m || wanted === textShown)
		return;
	textShown = wanted;
	const answer = await fetch("/mail/" + encodeURIComponent(m.name) + ".txt");
	const text = await answer.text();
	if (wanted !== textShown || !answer.ok)
		return;
	const top = $("text").scrollTop || choice.places["text " + m.name] || 0;
	$("text").textContent = text;
	$("text").lang = m.language;
	$("text").scrollTop = top;
}

async function showWeb() {
	const build = state.web.build;
	if (!build)
		return;
	frames.web.fit(choice.widths.web);
	if (frames.web.shown === build + " " + choice.web)
		return;
	/* An article may be gone. */
	const there = await fetch(choice.web, { method: "HEAD" }).catch(() => null);
	if (there && !there.ok)
		choice.web = "/web/index.html";
	frames.web.show(build, choice.web, "Web edition", choice.web);
}

/* Figures of an edition's pages; made anew only when their number changes. */
const watcher = new IntersectionObserver((entries) => {
	for (const entry of entries) {
		entry.target.near = entry.isIntersecting;
		if (entry.isIntersecting)
			draw(entry.target);
	}
}, { rootMargin: "800px 0px" });

function fileName(file) {
	return file.path.replace(/^.*\//, "").replace(/\.pdf$/, "");
}

function dpi() {
	const base = choice.zoom === "fit" ? 72 : 0.96 * Number(choice.zoom);
	return Math.max(36, Math.min(300, Math.round(base * window.devicePixelRatio)));
}

function draw(figure) {
	const wanted = `/page/${figure.build}/${figure.file}/${figure.page}/${dpi()}.png`;
	if (figure.wanted === wanted || !figure.near || !figure.build)
		return;
	figure.wanted = wanted;
	const coming = new Image();
	const image = figure.querySelector("img");
	coming.addEventListener("load", () => {
		if (figure.wanted !== wanted)
			return;
		const section = figure.closest(".file");
		section.style.setProperty("--ratio", coming.naturalWidth + " / " + coming.naturalHeight);
		if (choice.zoom !== "fit")
			section.style.setProperty("--width", coming.naturalWidth / window.devicePixelRatio + "px");
		else
			section.style.removeProperty("--width");
		image.alt = `Page ${figure.page} of ${figure.file}.pdf`;
		image.src = wanted;
	});
	coming.addEventListener("error", async () => {
		if (figure.wanted !== wanted)
			return;
		const answer = await fetch(wanted).catch(() => null);
		figure.wanted = "";
		if (answer?.status === 501)
			notify(await answer.text());
	});
	coming.src = wanted;
}

function pageFigure(name, page) {
	const figure = document.createElement("figure");
	figure.className = "page";
	figure.file = name;
	figure.page = page;
	const image = document.createElement("img");
	image.alt = ""; /* a browser marks what has a name and no picture as broken */
	const caption = document.createElement("figcaption");
	caption.textContent = page;
	figure.append(image, caption);
	return figure;
}

function layPages(section, files) {
	section.replaceChildren();
	for (const file of files) {
		const name = fileName(file);
		const part = document.createElement("div");
		part.className = "file";
		part.dataset.name = name;
		const head = document.createElement("h2");
		head.textContent = name + ".pdf";
		const sheets = document.createElement("div");
		sheets.className = "sheets";
		const spreads = choice.spreads === "yes" && (name === "print" || name === "screen");
		let spread = null;
		for (let page = 1; page <= file.pages; page++) {
			if (!spread || !spreads || page % 2 === 0) {
				spread = document.createElement("div");
				spread.className = "spread";
				sheets.append(spread);
			}
			spread.append(pageFigure(name, page));
		}
		if (files.length > 1)
			part.append(head);
		part.append(sheets);
		section.append(part);
	}
	section.querySelectorAll(".page").forEach((figure) => watcher.observe(figure));
}

function showPages(view) {
	const section = $("view-" + view);
	const edition = state.paged[view];
	const files = edition.files.filter((f) => f.pages);
	const shape = JSON.stringify([choice.spreads, files.map((f) => [f.path.replace(/^.*\//, ""), f.pages])]);
	$("about").replaceChildren();
	if (!edition.build) {
		section.replaceChildren(Object.assign(document.createElement("p"), {
			className: "empty",
			textContent: edition.failed ? "This edition could not be made: see the findings."
				: edition.making ? "The pages are being made…" : "The pages come next…",
		}));
		section.shape = "";
		return;
	}
	for (const file of files) {
		const link = Object.assign(document.createElement("a"),
			{ href: `/${fileName(file)}.pdf`, target: "_blank", textContent: fileName(file) + ".pdf" });
		$("about").append(link, ` ${file.pages} pages, ${size(file.bytes)}  `);
	}
	if (section.shape !== shape) {
		layPages(section, files);
		section.shape = shape;
		section.scrollTop = choice.places[view] || 0;
	}
	for (const figure of section.querySelectorAll(".page")) {
		figure.build = edition.build;
		draw(figure);
	}
}

function show() {
	if (!state)
		return;
	$("about").textContent = "";
	if (choice.view === "email")
		showEmail();
	else if (choice.view === "text")
		showText();
	else if (choice.view === "web")
		showWeb();
	else
		showPages(choice.view);
}

/* ---- what is said ---- */

let saidUntil = 0;
function say(text) {
	$("status").textContent = text;
	saidUntil = Date.now() + 4000;
	setTimeout(showStatus, 4100);
}

function notify(text) {
	$("notice").textContent = text;
	$("notice").hidden = !text;
}

function showStatus() {
	if (Date.now() < saidUntil || !state)
		return;
	const making = Object.keys(state.paged).find((e) => state.paged[e].making);
	const [kind, text] =
		!stream || stream.readyState === EventSource.CLOSED ? ["lost", "Not connected"]
		: stream.readyState === EventSource.CONNECTING ? ["lost", "glos preview has ended; waiting for it"]
		: state.stale ? ["stale", "Mistakes: this is the last good build"]
		: making ? ["busy", `Making ${NAMES[making].toLowerCase()} pages…`]
		: state.checking ? ["busy", "Checking all pages…"]
		: ["good", "Up to date"];
	$("status").dataset.kind = kind;
	if ($("status").textContent !== text)
		$("status").textContent = text;
}

function finding(d) {
	const item = document.createElement("li");
	const level = Object.assign(document.createElement("span"), { className: "level", textContent: d.level });
	level.dataset.level = d.level;
	const code = Object.assign(document.createElement("span"), { className: "code", textContent: ` [${d.code}]` });
	item.append(level, code);
	if (d.file) {
		const place = d.file + (d.line ? ":" + d.line + (d.column ? ":" + d.column : "") : "");
		const button = Object.assign(document.createElement("button"),
			{ className: "place", textContent: place, title: "Copy" });
		button.addEventListener("click", () =>
			navigator.clipboard.writeText(place).then(() => say("Copied " + place)));
		item.append(button);
	}
	item.append(Object.assign(document.createElement("div"), { textContent: d.message }));
	if (d.hint)
		item.append(Object.assign(document.createElement("p"), { className: "hint", textContent: d.hint }));
	return item;
}

let findingsShown = "";
function showFindings() {
	const all = state.diagnostics;
	const now = JSON.stringify([all, state.checking]);
	if (now === findingsShown)
		return;
	findingsShown = now;
	const errors = all.filter((d) => d.level !== "warning").length;
	const warnings = all.length - errors;
	const count = (n, noun) => n ? `${n} ${noun}${n === 1 ? "" : "s"}` : "";
	const text = [count(errors, "error"), count(warnings, "warning")].filter(Boolean).join(", ");
	$("summary").textContent = (text || (state.checking ? "None so far" : "Nothing to mend")) +
		(state.checking ? "; pages are being checked" : "");
	$("count").textContent = all.length;
	$("count").dataset.level = errors ? "error" : warnings ? "warning" : "";
	$("list").replaceChildren(...all.map(finding));
}

function showTabs() {
	for (const view of VIEWS) {
		const tab = $("tab-" + view);
		const chosen = view === choice.view;
		const edition = state?.paged[view];
		tab.setAttribute("aria-selected", chosen);
		tab.tabIndex = chosen ? 0 : -1;
		$("view-" + view).hidden = !chosen;
		const mark = edition?.failed ? "failed" : edition?.outdated ? "outdated" : "";
		if (mark)
			tab.dataset.mark = mark;
		else
			delete tab.dataset.mark;
		tab.title = edition?.failed ? "could not be made" : edition?.outdated ? "older than the sources" : "";
	}
	$("stage").setAttribute("aria-labelledby", "tab-" + choice.view);
	for (const control of document.querySelectorAll("[data-for]"))
		control.hidden = !control.dataset.for.split(" ").includes(choice.view);
	$("findings").hidden = !choice.findings;
	$("findings-toggle").setAttribute("aria-expanded", choice.findings);
}

function showControls() {
	const messages = state?.mail.messages || [];
	const options = messages.map((m) => Object.assign(document.createElement("option"), {
		value: m.name, textContent: m.language + (m.region ? " · " + m.region : ""),
	}));
	const names = messages.map((m) => m.name).join(" ");
	if ($("which").names !== names) {
		$("which").names = names;
		$("which").replaceChildren(...options);
	}
	if (messages.length)
		$("which").value = message().name;
	$("which-label").hidden = messages.length < 2 || !["email", "text"].includes(choice.view);
	const widths = WIDTHS[choice.view] || [];
	if ($("widths").view !== choice.view) {
		$("widths").view = choice.view;
		$("widths").replaceChildren(Object.assign(document.createElement("legend"), { textContent: "Width" }),
			...widths.map((width) => {
				const label = document.createElement("label");
				const radio = Object.assign(document.createElement("input"),
					{ type: "radio", name: "width", value: width });
				radio.addEventListener("change", () => {
					choice.widths[choice.view] = width;
					changed();
				});
				label.append(radio, " " + width);
				return label;
			}));
	}
	for (const radio of document.querySelectorAll("input[name=width]"))
		radio.checked = radio.value === choice.widths[choice.view];
	for (const radio of document.querySelectorAll("input[name=scheme]"))
		radio.checked = radio.value === choice.scheme;
	for (const radio of document.querySelectorAll("input[name=spreads]"))
		radio.checked = radio.value === choice.spreads;
	$("bare").checked = choice.bare;
	$("zoom").value = choice.zoom;
}

function changed() {
	keep();
	showTabs();
	showControls();
	frames.email.redress();
	frames.web.redress();
	show();
}

/* ---- the stream ---- */

function listen() {
	stream?.close();
	stream = null;
	if (document.hidden) /* browsers open six connections to a server, for all windows */
		return;
	stream = new EventSource("/events/" + (choice.view === "text" ? "email" : choice.view));
	stream.addEventListener("state", (event) => {
		const now = JSON.parse(event.data);
		if (state && state.run !== now.run) {
			location.reload(); /* the program was started anew */
			return;
		}
		state = now;
		$("title").textContent = now.title;
		$("issue").textContent = now.issue;
		document.title = `${now.stale ? "✗ " : ""}${now.issue} – glos preview`;
		showTabs();
		showControls();
		show();
		showFindings();
		showStatus();
	});
	stream.addEventListener("open", showStatus);
	stream.addEventListener("error", showStatus);
}

function choose(view) {
	if (!VIEWS.includes(view))
		return;
	const other = view !== choice.view;
	choice.view = view;
	notify("");
	changed();
	if (other || !stream)
		listen();
}

/* ---- hands ---- */

function next(list, value) {
	return list[(list.indexOf(value) + 1) % list.length];
}

function onKey(event) {
	if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
	    event.target.closest?.("select, input:not([type=radio], [type=checkbox]), dialog"))
		return;
	const key = event.key;
	if (key >= "1" && key <= "6")
		choose(VIEWS[Number(key) - 1]);
	else if (key === "w" && WIDTHS[choice.view])
		choice.widths[choice.view] = next(WIDTHS[choice.view], choice.widths[choice.view]);
	else if (key === "w")
		choice.zoom = next(["fit", "50", "75", "100", "150"], choice.zoom);
	else if (key === "d")
		choice.scheme = next(["light", "dark"], choice.scheme);
	else if (key === "i")
		choice.bare = !choice.bare;
	else if (key === "s")
		choice.spreads = next(["yes", "no"], choice.spreads);
	else if (key === "f")
		choice.findings = !choice.findings;
	else if (key === "?")
		$("help").showModal();
	else
		return;
	event.preventDefault();
	changed();
}

for (const host of document.querySelectorAll("[data-frame]"))
	frames[host.dataset.frame] = new Frame(host);
document.addEventListener("keydown", onKey);
document.querySelector(".tabs").addEventListener("click", (event) => {
	if (event.target.dataset.view)
		choose(event.target.dataset.view);
});
document.querySelector(".tabs").addEventListener("keydown", (event) => {
	const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
	if (!step)
		return;
	const at = (VIEWS.indexOf(choice.view) + step + VIEWS.length) % VIEWS.length;
	choose(VIEWS[at]);
	$("tab-" + VIEWS[at]).focus();
	event.preventDefault();
});
document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
for (const radio of document.querySelectorAll("input[name=scheme], input[name=spreads]"))
	radio.addEventListener("change", () => {
		choice[radio.name] = radio.value;
		changed();
	});
$("bare").addEventListener("change", () => {
	choice.bare = $("bare").checked;
	changed();
});
$("which").addEventListener("change", () => {
	choice.which = $("which").value;
	changed();
});
$("zoom").addEventListener("change", () => {
	choice.zoom = $("zoom").value;
	changed();
});
$("web-home").addEventListener("click", () => openWeb("/web/index.html"));
$("findings-toggle").addEventListener("click", () => {
	choice.findings = !choice.findings;
	changed();
});
$("help-open").addEventListener("click", () => $("help").showModal());
for (const view of ["print", "screen", "large"])
	$("view-" + view).addEventListener("scroll", () => {
		if (!state?.paged[view].build || $("view-" + view).hidden)
			return;
		choice.places[view] = $("view-" + view).scrollTop;
		keep();
	});
$("text").addEventListener("scroll", () => {
	if (!state || $("view-text").hidden)
		return;
	choice.places["text " + message()?.name] = $("text").scrollTop;
	keep();
});
document.addEventListener("visibilitychange", listen);
window.addEventListener("resize", () => choice.view in NAMES && show());
changed();
listen();
