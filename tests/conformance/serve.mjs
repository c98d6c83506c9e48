/* serve.mjs GLOS MAGAZINE MAIL PAGES: what tests/conformance/serve.sh tells of. MAGAZINE is a
 * copy; messages land in MAIL, the HTML of each page in PAGES. With SHOTS, pictures go there. */
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(resolve("build/npm/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [glos, magazine, mail, pages] = process.argv.slice(2);
const READER = "anna.zajac@example.org";

let failed = false;
function check(good, what) {
	console.log(`${good ? "ok" : "NOT ok"}: ${what}`);
	failed ||= !good;
}

/* The first line of what a child says, which may come in pieces. */
async function told(child) {
	let line = "";
	for await (const piece of child.stdout.iterator({ destroyOnReturn: false })) {
		line += piece;
		if (line.includes("\n"))
			return line;
	}
	throw new Error(`it ended with "${line}"`);
}

const mta = spawn("/usr/bin/python3", ["tests/servers/plain.py", mail], { stdio: ["ignore", "pipe", "inherit"] });
const mtaPort = (await told(mta)).split(" ")[1].trim();
const settings = join(magazine, "glos.yaml");
writeFileSync(settings, readFileSync(settings, "utf8").replace("127.0.0.1:2525", `127.0.0.1:${mtaPort}`));
appendFileSync(settings, "serve:\n  languages: [pl, nb, uk]\n  regions: [śląskie, mazowieckie, podlaskie]\n" +
	"  privacy: https://glos.example.org/dane\n");
const server = spawn(glos, ["-C", magazine, "serve", "--json", "--listen", "127.0.0.1:0"],
	{ stdio: ["ignore", "pipe", "inherit"] });
const origin = new URL(JSON.parse(await told(server)).url).origin;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const mishaps = [];

async function letter(number) {
	for (let i = 0; i < 600; i++) {
		const names = readdirSync(mail).filter((name) => name.endsWith(".eml")).sort();
		if (names.length >= number)
			return readFileSync(join(mail, names[number - 1]), "utf8").replaceAll("=\r\n", "");
		await pause(100);
	}
	throw new Error(`message ${number} did not come`);
}

let judged = 0;
/* The page as it stands, by axe in each dress; its HTML is kept for vnu. */
async function judge(page, name) {
	const html = await page.evaluate(() => fetch(location.href).then((r) => r.text()).catch(() => null));
	writeFileSync(join(pages, `${String(++judged).padStart(2, "0")}-${name}.html`), html ?? await page.content());
	for (const colorScheme of ["light", "dark"])
		for (const width of [375, 1280]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await page.evaluate(axe);
			const { violations } = await page.evaluate(() => axe.run(document));
			check(violations.length === 0, `axe: ${name}, ${colorScheme}, ${width}` +
				violations.map((v) => ` [${v.id}: ${v.nodes[0].target}]`).join(""));
			check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
				`${name}: nothing scrolls sideways at ${width}`);
			const low = await page.evaluate(() => [...document.querySelectorAll("a,button,label:has(input),.field input")]
				.filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.textContent));
			check(width > 375 || low.length === 0, `${name}: what is pressed is 44 px high [${low}]`);
			if (process.env.SHOTS)
				await page.screenshot({ path: join(process.env.SHOTS, `${judged}-${name}-${colorScheme}-${width}.png`),
					fullPage: true });
		}
	check(await page.locator("h1").count() === 1, `${name}: one h1`);
}

async function press(page) {
	await page.locator("button").first().click();
	await page.waitForLoadState();
}

try {
	/* The policy forbids all script: axe needs it lifted, and only axe. */
	const context = await browser.newContext({ bypassCSP: true, locale: "pl-PL" });
	const page = await context.newPage();
	page.on("pageerror", (error) => mishaps.push(error.message));
	await page.goto(`${origin}/s`);
	await judge(page, "form");
	for (const lang of ["nb", "uk", "en"]) {
		await page.goto(`${origin}/s?lang=${lang}`);
		await judge(page, `form-${lang}`);
	}
	await page.goto(`${origin}/s`);
	await page.fill("#email", "to nie adres");
	await press(page);
	await judge(page, "form-mistake");
	check(await page.getAttribute("#email", "aria-invalid") === "true", "the field says that it is wrong");
	await page.fill("#email", READER);
	await page.fill("#name", "Anna Zając");
	await page.check('input[value="podlaskie"]');
	await press(page);
	await judge(page, "asked");
	const link = (await letter(1)).match(/https:\/\/glos\.example\.org(\/c\/[a-z2-7]{26})/)[1];
	await page.goto(origin + link);
	await judge(page, "confirm");
	await press(page);
	await judge(page, "confirmed");
	await page.locator("main a").click();
	await page.waitForLoadState();
	await judge(page, "settings");
	await page.check('input[value="śląskie"]');
	await press(page);
	await judge(page, "settings-saved");
	const own = page.url();
	await page.goto(`${own}/erase`);
	await judge(page, "erase");
	const sent = spawnSync(glos, ["-C", magazine, "-q", "send", "2026-1"], { encoding: "utf8" });
	check(sent.status === 0, `an issue is sent ${sent.stderr}`);
	const issue = await letter(2);
	check(issue.includes(`To: ${READER}`), "and comes");
	const leave = issue.match(/List-Unsubscribe: <https:\/\/glos\.example\.org(\/u\/[a-z2-7]{26})>/)[1];
	await page.goto(origin + leave);
	await judge(page, "unsubscribe");
	await press(page);
	await judge(page, "unsubscribed");
	await page.goto(own);
	await judge(page, "settings-unsubscribed");
	const show = spawnSync(glos, ["-C", magazine, "subscribers", "show", READER, "--json"], { encoding: "utf8" });
	check(JSON.parse(show.stdout).state === "unsubscribed", "the roster says so");
	await page.goto(`${origin}/u/aaaaaaaaaaaaaaaaaaaaaaaaaa`);
	await judge(page, "lost");
	check((await context.cookies()).length === 0, "no cookie was set");
	check(mishaps.length === 0, "the browser complains of nothing " + mishaps.slice(0, 3).join("; "));

	/* With the policy in force: what it allows is enough. */
	const strict = await browser.newContext({ locale: "nb-NO" });
	const seen = await strict.newPage();
	const refused = [];
	seen.on("console", (said) => said.type() === "error" && refused.push(said.text()));
	await seen.goto(`${origin}/s`);
	check(await seen.evaluate(() => getComputedStyle(document.querySelector("button")).fontWeight) === "700",
		"the style is allowed by its digest");
	await seen.fill("#email", "kari@example.org");
	await press(seen);
	check(await seen.textContent("h1") === "Sjekk e-posten din", "and the form may be sent");
	check(refused.length === 0, "nothing is refused " + refused.slice(0, 3).join("; "));
} finally {
	await browser.close();
	server.kill("SIGTERM");
	const status = await new Promise((done) => server.once("exit", done));
	check(status === 0, "SIGTERM ends it well");
	mta.kill("SIGTERM");
}
process.exit(failed ? 1 : 0);
