/* mail_shots.mjs HTML WEB-FOLDER SITE-URL OUT-PREFIX: what mail programs show of a
 * message, for people to look at: 375 and 700 px, light and dark, pictures off, the
 * style block stripped. Pictures of the site come from the folder it was built into;
 * nothing else is fetched. */
import { readFileSync } from "node:fs";
import { launch, serve } from "./browser.mjs";

const [page_path, folder, site, prefix] = process.argv.slice(2);
const html = readFileSync(page_path, "utf8");
const stripped = html.replace(/<style>[\s\S]*?<\/style>/, "");
const views = [
	["light", html, "light", true],
	["dark", html, "dark", true],
	["no-pictures", html, "light", false],
	["stripped", stripped, "light", true],
	["stripped-dark", stripped, "dark", true],
];
const browser = await launch();
for (const width of [375, 700])
	for (const [name, content, colorScheme, pictures] of views) {
		const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
		const page = await context.newPage();
		await serve(page, content, pictures ? folder : "", site);
		await page.screenshot({ path: `${prefix}-${width}-${name}.png`, fullPage: true });
		await context.close();
	}
await browser.close();
