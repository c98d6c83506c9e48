/* mail.mjs NAME HTML EML WEB-FOLDER SITE: what npm's judges say of a message. What
 * is beyond a bound is printed, and the exit status is 1. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { judges, launch, serve } from "./browser.mjs";

const [name, html_path, eml_path, folder, site] = process.argv.slice(2);
const html = readFileSync(html_path, "utf8");
let failed = 0;
const say = (good, words) => {
	console.log(`${good ? "ok" : "NOT ok"}: ${name}: ${words}`);
	failed += !good;
};

/* ---- caniemail: features that mail programs do not know ---- */
const { caniemail } = await import(pathToFileURL(judges.resolve("caniemail")).href);
const features = (clients) => {
	const { issues } = caniemail({ clients, html });
	const names = (of) => new Set([...of.values()].flat().map((issue) => issue.title));
	return { unsupported: names(issues.errors), partial: names(issues.warnings) };
};
const everywhere = features(["*"]);
/* The bounds are those of the magazine and of the reference issue. */
const bound = !name.startsWith("ulotka");
for (const [kind, most] of [["unsupported", 14], ["partial", 30]])
	say(!bound || everywhere[kind].size <= most, `caniemail: ${everywhere[kind].size} features ${kind} somewhere${bound ? `, at most ${most}` : ""}`);
for (const [family, most] of [["gmail", 3], ["outlook", 3], ["yahoo", 4], ["aol", 4], ["thunderbird", 3]]) {
	const missing = [...features([`${family}.*`]).unsupported];
	say(!bound || missing.length <= most, `caniemail: ${family} lacks ${missing.length}${bound ? `, at most ${most}` : ""}: ${missing.join(", ")}`);
}

/* ---- html-validate: alternatives, languages, order of headings ---- */
const { HtmlValidate } = judges("html-validate");
const validator = new HtmlValidate({
	extends: ["html-validate:document"],
	rules: {
		"element-name": "error", "element-permitted-content": "error", "element-required-attributes": "error",
		"attribute-allowed-values": "error", "close-order": "error", "no-dup-attr": "error", "no-dup-id": "error",
		"heading-level": "error", "wcag/h30": "error", "wcag/h36": "error", "wcag/h37": "error", "wcag/h63": "error",
		"wcag/h67": "error", "valid-id": "error", "no-raw-characters": "error", "area-alt": "error",
		"empty-heading": "error", "empty-title": "error", "no-redundant-for": "error", "unique-landmark": "error",
		"aria-label-misuse": "error", "no-abstract-role": "error", "missing-doctype": "error", "input-missing-label": "error",
		/* A title as long as the subject is no search result. */
		"long-title": "off", "require-sri": "off",
	},
});
/* It does not know that the start tag of body may be left out (vnu, which asks for no
 * tag that HTML does not, sees the file as it is). */
const report = await validator.validateString(html.replace("</head>", "</head><body>").replace("</html>", "</body></html>"));
const faults = report.results.flatMap((result) => result.messages);
say(faults.length === 0, `html-validate: ${faults.length} faults`);
for (const fault of faults.slice(0, 10)) console.log(`   ${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`);

/* ---- mailparser: the same parts ---- */
const parsed = await judges("mailparser").simpleParser(readFileSync(eml_path));
const same = (a, b) => a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();
say(same(parsed.html, html), "mailparser gives the HTML back");
/* It joins flowed lines itself, so words are compared. */
const words = (text) => text.split(/\s+/).filter(Boolean).join(" ");
say(words(parsed.text) === words(readFileSync(html_path.replace(/\.html$/, ".txt"), "utf8")), "mailparser gives the text back");
say(parsed.headers.has("list-unsubscribe-post") || parsed.headers.has("list"), "mailparser finds the List- headers");

/* ---- Chromium: axe, and no scrolling sideways ---- */
const landmarks = new Set(["region", "landmark-one-main", "landmark-main-is-top-level", "landmark-no-duplicate-main", "landmark-unique"]);
const browser = await launch();
for (const [width, colorScheme] of [[320, "light"], [375, "light"], [375, "dark"], [700, "light"], [700, "dark"]]) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
	const page = await context.newPage();
	for (const [kind, content] of [["", html], [", style stripped", html.replace(/<style>[\s\S]*?<\/style>/, "")]]) {
		await serve(page, content, folder, site);
		const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
		say(wide <= width, `${width} px ${colorScheme}${kind}: ${wide} px wide`);
	}
	await serve(page, html, folder, site);
	const low = await page.evaluate(() => [...document.querySelectorAll("p > a:only-child")].filter((a) =>
		a.textContent === a.parentElement.textContent && a.getBoundingClientRect().height < 44 &&
		!a.closest("[style*='bold 30px']")).map((a) => a.textContent));
	const contacts = await page.evaluate(() => [...document.querySelectorAll("a.n")].filter((a) =>
		a.getBoundingClientRect().height < 44).length);
	say(width > 480 || contacts === 0, `${width} px ${colorScheme}: ${contacts} links of contacts are lower than 44 px`);
	say(low.length === 0, `${width} px ${colorScheme}: ${low.length} links that stand alone are lower than 44 px`);
	await page.addScriptTag({ path: judges.resolve("axe-core/axe.min.js") });
	const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	const others = violations.filter((v) => !landmarks.has(v.id));
	say(others.length === 0, `axe at ${width} px ${colorScheme}: ${others.length} violations, landmarks aside`);
	for (const v of others) console.log(`   ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target).join("; ")}`);
	await context.close();
}
await browser.close();
process.exit(failed ? 1 : 0);
