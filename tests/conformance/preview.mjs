/* preview.mjs GLOS MAGAZINE: what tests/conformance/preview.sh tells of. Edits the
 * magazine, which is a copy. */
import { spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(resolve("build/npm/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [glos, magazine] = process.argv.slice(2);
const bar = Number(process.env.BAR_MS);
const article = join(magazine, "issues/2026-1/03-koordynator.md");
const TITLE = /^title: .*$/m;
const RUNS = 7;

let failed = false;
function check(good, what) {
	console.log(`${good ? "ok" : "NOT ok"}: ${what}`);
	failed ||= !good;
}

/* As most editors do: beside it, then renamed. Titles are single words: typography
 * changes spaces. */
function save(file, text) {
	writeFileSync(file + ".new~", text);
	renameSync(file + ".new~", file);
}

const server = spawn(glos, ["-C", magazine, "preview", "2026-1", "--json", "--port", "0"],
	{ stdio: ["ignore", "pipe", "inherit"] });
const url = JSON.parse(await new Promise((done) => server.stdout.once("data", done))).url;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const mishaps = [];

async function open(options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	page.on("pageerror", (error) => mishaps.push(error.message));
	page.on("console", (said) => said.type() === "error" && mishaps.push(`${said.text()} ${said.location().url}`));
	await page.goto(url);
	return page;
}

/* In the page: what the frame of a view shows now. */
function inFrame([view, sought]) {
	const frame = document.querySelector(`[data-frame="${view}"] iframe:not(.coming)`);
	return frame?.contentDocument?.body?.textContent.includes(sought);
}
const inText = (sought) => document.getElementById("text").textContent.includes(sought);

function middle(times) {
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

let edits = 0;
/* Milliseconds from a save of another title until seen(title) comes true. */
async function measure(page, seen, argument) {
	const times = [];
	for (let run = 0; run < RUNS; run++) {
		const title = `Zmienione${++edits}tak`;
		const text = readFileSync(article, "utf8").replace(TITLE, `title: ${title}`);
		const begun = performance.now();
		save(article, text);
		await page.waitForFunction(seen, argument(title), { polling: "raf", timeout: 60000 });
		times.push(performance.now() - begun);
		await pause(200);
	}
	return times;
}

function report(what, times, limit) {
	const longest = Math.max(...times);
	check(longest <= limit, `${what}: ${Math.round(middle(times))} ms, at most ${Math.round(longest)} ms ` +
		`(bar ${limit} ms)`);
}

async function upToDate(page) {
	await page.waitForFunction(() => document.getElementById("status").textContent === "Up to date",
		null, { timeout: 180000 });
}

try {
	const page = await open({ viewport: { width: 1440, height: 900 } });
	await page.waitForFunction(inFrame, ["email", "Ktoś, kto zna całą drogę"], { timeout: 60000 });
	check(true, "the e-mail is shown");
	/* Pictures are made once for all builds; what is measured is an editor's day. */
	await upToDate(page);
	report("a save until the e-mail shows it", await measure(page, inFrame, (t) => ["email", t]), bar);
	await page.keyboard.press("2");
	report("a save until the text part shows it", await measure(page, inText, (t) => t), bar);
	await page.keyboard.press("3");
	await page.waitForFunction(inFrame, ["web", "Zmienione"]);
	report("a save until the web edition shows it", await measure(page, inFrame, (t) => ["web", t]), bar);

	/* Pages: until an image of the new build stands where one of the old one stood. */
	for (const [key, view] of [["4", "print"], ["5", "screen"], ["6", "large"]]) {
		await page.keyboard.press(key);
		await upToDate(page);
		await page.waitForFunction((v) => document.querySelector(`#view-${v} img[src]`)?.complete, view);
		const times = [];
		for (let run = 0; run < 3; run++) {
			const before = await page.getAttribute(`#view-${view} img[src]`, "src");
			const text = readFileSync(article, "utf8").replace(TITLE, `title: Zmienione${++edits}tak`);
			const begun = performance.now();
			save(article, text);
			await page.waitForFunction(([v, old]) => {
				const image = document.querySelector(`#view-${v} img[src]`);
				return image.getAttribute("src") !== old && image.complete && image.naturalWidth > 0;
			}, [view, before], { polling: "raf", timeout: 120000 });
			times.push(performance.now() - begun);
			await upToDate(page);
		}
		console.log(`   a save until ${view}.pdf's first page shows it: ${Math.round(middle(times))} ms, ` +
			`at most ${Math.round(Math.max(...times))} ms`);
	}

	/* The place is kept. */
	await page.keyboard.press("1");
	await page.waitForFunction(inFrame, ["email", `Zmienione${edits}tak`]);
	const top = () => document.querySelector('[data-frame="email"] iframe:not(.coming)')
		.contentDocument.scrollingElement.scrollTop;
	await page.evaluate(() => document.querySelector('[data-frame="email"] iframe:not(.coming)')
		.contentWindow.scrollTo(0, 1500));
	await pause(200);
	save(article, readFileSync(article, "utf8").replace(TITLE, "title: Miejsce zostaje"));
	await page.waitForFunction(inFrame, ["email", "Miejsce zostaje"]);
	/* Pictures that come after the words may move them. */
	await page.waitForFunction(() => document.querySelector('[data-frame="email"] iframe:not(.coming)').whole);
	check(await page.evaluate(top) === 1500, "a new build stands where the old one was scrolled to");
	await page.reload();
	await page.waitForFunction(inFrame, ["email", "Miejsce zostaje"]);
	await page.waitForFunction(() => document.querySelector('[data-frame="email"] iframe:not(.coming)').whole);
	check(await page.evaluate(top) === 1500, "so it does when the page is loaded anew");
	await page.keyboard.press("3");
	await page.reload();
	await page.waitForFunction(inFrame, ["web", "Miejsce zostaje"]);
	check(await page.getAttribute("#tab-web", "aria-selected") === "true", "and the tab is kept");
	await page.keyboard.press("1");
	await page.waitForFunction(inFrame, ["email", "Miejsce zostaje"]);

	/* Images off, dark. */
	const drawn = () => [...document.querySelector('[data-frame="email"] iframe:not(.coming)')
		.contentDocument.images].filter((i) => i.naturalWidth > 0).length;
	check(await page.evaluate(drawn) > 0, "the e-mail has its pictures");
	const noise = mishaps.length;
	await page.keyboard.press("i");
	await page.waitForFunction(() => [...document.querySelectorAll('[data-frame="email"] iframe')].length === 1 &&
		document.querySelector('[data-frame="email"] iframe').contentDocument?.URL.includes("bare"));
	check(await page.evaluate(drawn) === 0, "and none with images off");
	mishaps.splice(noise); /* the browser tells of each image it was told to block */
	await page.keyboard.press("i");
	const ground = () => getComputedStyle(document.querySelector('[data-frame="email"] iframe:not(.coming)')
		.contentDocument.querySelector(".p")).backgroundColor;
	const light = await page.evaluate(ground);
	await page.keyboard.press("d");
	check(await page.evaluate(ground) !== light, "dark is another ground");
	await page.keyboard.press("d");
	check(await page.evaluate(ground) === light, "and light the same again");

	/* A link to an article opens it in the web edition here. */
	await page.waitForFunction(inFrame, ["email", "Miejsce zostaje"]);
	await page.frameLocator('[data-frame="email"] iframe:not(.coming)').locator("a", { hasText: "Miejsce zostaje" })
		.first().click();
	await page.waitForFunction(() => document.querySelector('[data-frame="web"] iframe:not(.coming)')
		?.contentDocument?.URL.includes("/web/03-koordynator/"));
	check(true, "a link in the e-mail opens the article in the web edition");
	await page.keyboard.press("1");

	/* Mistakes. */
	const good = readFileSync(article, "utf8");
	save(article, good.replace(/\n\n/, "\n\nZdanie z <b>HTML</b>.\n\n"));
	await page.waitForFunction(() => document.getElementById("status").dataset.kind === "stale");
	const told = await page.textContent("#list");
	check(/issues\/2026-1\/03-koordynator\.md:\d+:\d+/.test(told), "a mistake is told with file, line and column");
	check(await page.evaluate(inFrame, ["email", "Miejsce zostaje"]), "and the last good build stays");
	save(article, good);
	await page.waitForFunction(() => document.getElementById("status").dataset.kind !== "stale" &&
		!document.querySelector('#list [data-level="error"]'));
	check(true, "mended, it is gone");

	/* The page itself, for those who listen or need contrast. */
	for (const colorScheme of ["light", "dark"])
		for (const width of [1280, 375]) {
			const looked = await open({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
			for (const key of ["1", "2", "3", "4"]) {
				await looked.waitForFunction(() => document.getElementById("issue").textContent);
				await looked.keyboard.press(key);
				await pause(400);
				await looked.evaluate(axe);
				const { violations } = await looked.evaluate(() => axe.run(document, { iframes: false }));
				check(violations.length === 0, `axe: the desk at ${width}, ${colorScheme}, tab ${key}` +
					violations.map((v) => ` [${v.id}: ${v.nodes[0].target}]`).join(""));
			}
			check(await looked.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
				`nothing scrolls sideways at ${width}`);
			await looked.context().close();
		}
	check(mishaps.length === 0, "the browser complains of nothing " + mishaps.slice(0, 3).join("; "));
} finally {
	await browser.close();
	server.kill("SIGTERM");
	const status = await new Promise((done) => server.once("exit", done));
	check(status === 0, "SIGTERM ends it well");
}
process.exit(failed ? 1 : 0);
