/* browser.mjs: Debian's Chromium, and a message shown in it as a mail program would:
 * no network, pictures of its site from a folder. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, normalize } from "node:path";

export const judges = createRequire(process.cwd() + "/build/npm/package.json");

export const launch = () =>
	judges("playwright-core").chromium.launch({
		executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu"],
	});

/* folder: where the site's files are; empty: pictures are off. */
export async function serve(page, html, folder, site) {
	await page.route("**/*", (route) => {
		const url = route.request().url();
		if (url === "http://message.invalid/")
			return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
		if (!folder || !url.startsWith(site)) return route.abort();
		const path = normalize(decodeURIComponent(new URL(url).pathname.slice(new URL(site).pathname.length)));
		try {
			return route.fulfill({ body: readFileSync(join(folder, path)) });
		} catch {
			return route.abort();
		}
	});
	await page.goto("http://message.invalid/", { waitUntil: "load" });
}
