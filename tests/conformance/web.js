// web.js SITE-FOLDER [--shots FOLDER [PAGE…]]
//
// Opens every page of a built site in Debian's Chromium (through playwright-core) from a
// server of its own on loopback and says what is wrong, a line each:
//   axe-core finds a fault, light or dark, at 375 or 1280 px
//   something is asked of another origin, or answered with anything but 200
//   the page scrolls sideways at 320 px, or at 640 px with letters of twice the size
//   the first screen weighs more than 200 kB: page, style sheet, pictures that are seen
//   a link or its #fragment leads nowhere
//   a picture of a gallery is not seen whole, or not as tall as others of its row
//   the mark of a note or the way back from it is hit in less than 24 px, stands apart from
//   the word before it, or alone on a line
//   three contacts at 1280 px do not stand beside one another, or one is taller than its words
//   what stands by itself to be pressed at 375 px is less than 44 px high for a thumb
//   what has the focus is told from its ground by less than 3:1
//   a word of a heading at 375 px is broken without a hyphen though it has room for it
//   a table at 375 px is no table any more to those who listen, or scrolls though it stacks
// With --shots, pictures of the pages instead, to be looked at. Ends with 1 after a fault.
"use strict";
const fs = require("fs"), http = require("http"), path = require("path");
const modules = path.resolve("build/npm/node_modules");
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");

const root = path.resolve(process.argv[2]);
const FIRST_SCREEN = 200 * 1000;
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".xml": "application/xml",
	".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8" };
let faults = 0, checks = 0;
const fault = (...words) => { faults++; console.log(words.join(": ")); };

function listPages(folder, name) {
	const out = [];
	for (const entry of fs.readdirSync(path.join(folder, name)).sort()) {
		const below = path.join(name, entry), info = fs.statSync(path.join(folder, below));
		if (info.isDirectory()) out.push(...listPages(folder, below));
		else if (entry.endsWith(".html")) out.push(below);
	}
	return out;
}

function serve() {
	const server = http.createServer((request, answer) => {
		let name = decodeURIComponent(new URL(request.url, "http://x").pathname);
		if (name.endsWith("/")) name += "index.html";
		const file = path.join(root, path.normalize(name));
		if (name === "/favicon.ico") { answer.writeHead(204); answer.end(); return; }
		if (!file.startsWith(root) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
			answer.writeHead(404); answer.end(); return;
		}
		answer.writeHead(200, { "Content-Type": types[path.extname(file)] || "application/octet-stream" });
		answer.end(fs.readFileSync(file));
	});
	return new Promise(done => server.listen(0, "127.0.0.1", () => done(server)));
}

// What is seen without scrolling: the page, its style sheet, pictures in the window.
async function weigh(page, name, where) {
	const seen = await page.evaluate(() => [...document.images].filter(i => {
		const r = i.getBoundingClientRect();
		return i.currentSrc && r.width > 0 && r.top < innerHeight && r.bottom > 0;
	}).map(i => decodeURIComponent(new URL(i.currentSrc).pathname)));
	const sheets = await page.evaluate(() => [...document.styleSheets].filter(s => s.href)
		.map(s => decodeURIComponent(new URL(s.href).pathname)));
	const size = f => fs.statSync(path.join(root, f)).size;
	const bytes = [name, ...new Set([...sheets, ...seen])].reduce((sum, f) => sum + size(f), 0);
	checks++;
	if (bytes > FIRST_SCREEN) fault(name, where, `first screen ${bytes} bytes`, seen.join(" "));
	return bytes;
}

async function sideways(page, name, where) {
	checks++;
	const wide = await page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return null;
		const worst = [...document.querySelectorAll("body *")].filter(e =>
			e.getBoundingClientRect().right > width + 1 && !e.closest(".table,pre"));
		return `${document.documentElement.scrollWidth} of ${width} px, ` +
			worst.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(" | ");
	});
	if (wide) fault(name, where, `scrolls sideways: ${wide}`);
}

async function links(page, name, ids) {
	const found = await page.evaluate(() => [...document.querySelectorAll("a[href],link[href],img[src]")]
		.map(e => e.href || e.src).concat([...document.querySelectorAll("[srcset]")]
			.flatMap(e => e.srcset.split(", ").map(s => new URL(s.split(" ")[0], document.baseURI).href))));
	for (const link of found) {
		const url = new URL(link);
		if (url.origin !== new URL(page.url()).origin) continue;
		let file = decodeURIComponent(url.pathname);
		if (file.endsWith("/")) file += "index.html";
		checks++;
		if (!fs.existsSync(path.join(root, file))) fault(name, `leads nowhere: ${link}`);
		else if (url.hash && !ids(file).has(decodeURIComponent(url.hash.slice(1))))
			fault(name, `no such place: ${link}`);
	}
}

async function galleries(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => [...document.querySelectorAll(".gallery .row")].flatMap(row => {
		const images = [...row.querySelectorAll("img")], heights = images.map(i => i.clientHeight);
		return images.filter(i => Math.abs(i.clientWidth / i.clientHeight / (i.getAttribute("width") / i.getAttribute("height")) - 1) > .02)
			.map(i => `cropped: ${i.currentSrc}`)
			.concat(innerWidth > 1000 && Math.max(...heights) - Math.min(...heights) > 2 ? [`heights ${heights}`] : []);
	}))) fault(name, where, words);
}

async function notes(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => [...document.querySelectorAll("sup a,.back")].flatMap(a => {
		a.scrollIntoView({ block: "center", behavior: "instant" });
		const out = [], whole = a.getBoundingClientRect(), pad = parseFloat(getComputedStyle(a).paddingLeft);
		const box = { left: whole.left + pad, right: whole.right - pad, top: whole.top + pad, bottom: whole.bottom - pad }, x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
		for (const [dx, dy] of [[-11, 0], [11, 0], [0, -11], [0, 11]])
			if (x + dx > 0 && x + dx < innerWidth && document.elementFromPoint(x + dx, y + dy) !== a) out.push(`${a.outerHTML}: not hit at ${dx} ${dy}`);
		const range = document.createRange(), mark = a.closest("sup") || a, before = mark.previousSibling;
		if (!before || before.nodeType !== 3 || !before.length) return out;
		const word = before.data.trimEnd().length ? before : mark.previousElementSibling;
		range.selectNodeContents(word);
		const last = [...range.getClientRects()].pop();
		if (last.bottom < box.top) out.push(`${a.outerHTML}: alone on its line`);
		else if (mark !== a && !/\s$/.test(before.data) && box.left - last.right > 2) out.push(`${a.outerHTML}: ${box.left - last.right} px apart`);
		return out;
	}))) fault(name, where, words);
}

async function contacts(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => [...document.querySelectorAll(".text>.contacts")].flatMap(grid => {
		const all = [...grid.children].map(e => [e.getBoundingClientRect(), e.lastElementChild.getBoundingClientRect()]);
		return (all.length === 3 && new Set(all.map(([e]) => e.top)).size > 1 ? ["contacts below one another"] : [])
			.concat(all.some(([e, last]) => e.bottom - last.bottom > 1) ? ["a contact is taller than its words"] : []);
	}))) fault(name, where, words);
}

async function thumbs(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => [...document.querySelectorAll(
		".masthead a,.cover .lines a,.contact a,.languages a,.downloads a,.button,.neighbours a,.foot>ul a")].flatMap(a => {
		const high = a.getBoundingClientRect().height;
		return high < 44 ? [`${high} px high: ${a.outerHTML.slice(0, 80)}`] : [];
	}))) fault(name, where, words);
}

async function focus(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => {
		const light = css => css.match(/[\d.]+/g).slice(0, 3).map(v => v / 255)
			.map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
			.reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
		const ground = e => { for (; e; e = e.parentElement) {
			const css = getComputedStyle(e).backgroundColor;
			if (css !== "rgba(0, 0, 0, 0)") return css;
		} return "rgb(255, 255, 255)"; };
		return [...document.querySelectorAll("a")].flatMap(a => {
			a.focus({ preventScroll: true });
			const look = getComputedStyle(a), inside = parseFloat(look.outlineOffset) <= 0;
			const [low, high] = [light(look.outlineColor), light(ground(inside ? a : a.parentElement))].sort((x, y) => x - y);
			const ratio = (high + .05) / (low + .05);
			return look.outlineStyle !== "solid" || ratio < 3 ? [`focus ${ratio.toFixed(1)}:1: ${a.outerHTML.slice(0, 80)}`] : [];
		});
	})) fault(name, where, words);
}

async function headings(page, name, where) {
	checks++;
	for (const words of await page.evaluate(() => [...document.querySelectorAll("h1,.text>h2,.card h3")].flatMap(h => {
		const out = [], range = document.createRange(), walk = document.createTreeWalker(h, NodeFilter.SHOW_TEXT);
		while (walk.nextNode())
			for (const word of walk.currentNode.data.matchAll(/\p{L}{6,24}/gu)) {
				range.setStart(walk.currentNode, word.index);
				range.setEnd(walk.currentNode, word.index + word[0].length);
				if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) out.push(`broken: ${word[0]}`);
			}
		return out;
	}))) fault(name, where, words);
}

// Rows, headers and cells as the browser tells them to screen readers.
async function tables(page, name, where) {
	const session = await page.context().newCDPSession(page);
	const { nodes } = await session.send("Accessibility.getFullAXTree");
	await session.detach();
	const told = role => nodes.filter(n => !n.ignored && n.role && n.role.value === role).length;
	const seen = await page.evaluate(() => {
		const count = css => [...document.querySelectorAll(css)].filter(e => getComputedStyle(e).display !== "none").length;
		return { table: count("table"), row: count("tr"), columnheader: count("th[scope=col]"), rowheader: count("th[scope=row]"),
			scrolls: [...document.querySelectorAll(".stacks")].filter(e => e.scrollWidth > e.clientWidth).length };
	});
	checks++;
	for (const role of ["table", "row", "columnheader", "rowheader"])
		if (told(role) !== seen[role]) fault(name, where, `${told(role)} of ${seen[role]} are told as ${role}`);
	if (seen.scrolls) fault(name, where, "a table that stacks scrolls");
}

async function judge(browser, base, names) {
	const known = new Map();
	const ids = file => {
		if (!known.has(file)) {
			const text = fs.readFileSync(path.join(root, file), "utf8");
			known.set(file, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(m => m[1])));
		}
		return known.get(file);
	};
	let heaviest = 0;
	for (const scheme of ["light", "dark"])
		for (const width of [375, 1280]) {
			const context = await browser.newContext({ colorScheme: scheme,
				viewport: { width, height: width < 500 ? 667 : 800 }, hasTouch: width < 500, deviceScaleFactor: scheme === "dark" ? 2 : width < 500 ? 3 : 1 });
			const page = await context.newPage();
			page.on("request", r => { if (!r.url().startsWith(base)) fault(page.url(), `asks ${r.url()}`); });
			page.on("response", r => { if (r.status() >= 300) fault(page.url(), `${r.status()} of ${r.url()}`); });
			page.on("console", m => { if (m.type() === "error") fault(page.url(), m.text()); });
			for (const name of names) {
				await page.goto(base + name.split("/").map(encodeURIComponent).join("/"));
				heaviest = Math.max(heaviest, await weigh(page, name, `${scheme} ${width}`));
				await page.evaluate(axe);
				const { violations } = await page.evaluate(() => window.axe.run());
				checks++;
				await galleries(page, name, `${scheme} ${width}`);
				await notes(page, name, `${scheme} ${width}`);
				if (width === 1280) await focus(page, name, `${scheme} 1280`);
				if (width === 1280) await contacts(page, name, `${scheme} 1280`);
				if (width === 375) await thumbs(page, name, `${scheme} 375`);
				if (width === 375) await headings(page, name, `${scheme} 375`);
				if (scheme === "light" && width === 375) await tables(page, name, "375 px");
				for (const v of violations)
					fault(name, `${scheme} ${width}`, v.id, v.help, v.nodes[0].html.slice(0, 160));
				if (scheme !== "light" || width !== 1280) continue;
				await links(page, name, ids);
				await page.setViewportSize({ width: 320, height: 640 });
				await sideways(page, name, "320 px");
				await page.setViewportSize({ width: 640, height: 800 });
				await page.addStyleTag({ content: "html{font-size:225%!important}" });
				await sideways(page, name, "letters of twice the size");
				await page.setViewportSize({ width: 1280, height: 800 });
			}
			if ((await context.cookies()).length) fault("a cookie was set");
			await context.close();
		}
	console.log(`${names.length} pages, ${checks} checks, heaviest first screen ${heaviest} bytes, ${faults} faults`);
}

async function shoot(browser, base, folder, names) {
	fs.mkdirSync(folder, { recursive: true });
	for (const scheme of ["light", "dark"])
		for (const width of [375, 700, 1280]) {
			const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
			const page = await context.newPage();
			for (const name of names) {
				await page.goto(base + name.split("/").map(encodeURIComponent).join("/"));
				await page.evaluate(() => document.querySelectorAll("img").forEach(i => { i.loading = "eager"; }));
				await page.evaluate(() => Promise.all([...document.images].map(i => i.decode().catch(() => 0))));
				const file = `${name.replace(/[^a-z0-9]+/gi, "-")}-${width}-${scheme}.png`;
				await page.screenshot({ path: path.join(folder, file), fullPage: true });
			}
			await context.close();
		}
}

(async () => {
	const server = await serve(), base = `http://127.0.0.1:${server.address().port}/`;
	const browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-background-networking"] });
	const at = process.argv.indexOf("--shots");
	const pages = listPages(root, "");
	if (at > 0) {
		const wanted = process.argv.slice(at + 2);
		await shoot(browser, base, process.argv[at + 1], wanted.length ? wanted : pages);
	} else await judge(browser, base, pages);
	await browser.close();
	server.close();
	process.exitCode = faults ? 1 : 0;
})();
