/* mail_signature.mjs SIGNED.eml RECORD: mailauth believes the signature, and no longer
 * with a byte changed. RECORD is the key's, for whatever name is asked. */
import { readFileSync } from "node:fs";
import { judges } from "./browser.mjs";

const { authenticate } = judges("mailauth");
const [path, record] = process.argv.slice(2);
const message = readFileSync(path, "latin1");
const resolver = async (name, type) => {
	if (type === "TXT" && name.includes("._domainkey.")) return [[record]];
	throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
};
const believes = async (text) => {
	const { dkim } = await authenticate(Buffer.from(text, "latin1"), {
		ip: "127.0.0.1", helo: "mail.example.org", sender: "odbicia@glos.example.org",
		disableArc: true, disableDmarc: true, disableBimi: true, resolver,
	});
	return dkim.results.some((result) => result.status.result === "pass");
};
const changes = [
	["nothing", (m) => m, true],
	["a byte of the body", (m) => m.replace("Drodzy", "Drodzz"), false],
	["a byte of From", (m) => m.replace("<redakcja@glos", "<redakcjb@glos"), false],
	["a byte of List-Unsubscribe", (m) => m.replace("<https://glos.example.org/u/", "<https://glos.example.org/v/"), false],
	["a second From", (m) => m.replace("\r\nTo: ", "\r\nFrom: <zly@example.org>\r\nTo: "), false],
];
let failed = 0;
for (const [what, change, wanted] of changes) {
	const changed = change(message);
	const good = (await believes(changed)) === wanted && (wanted || changed !== message);
	console.log(`${good ? "ok" : "NOT ok"}: mailauth, ${what} changed: ${wanted ? "believed" : "not believed"}`);
	failed += !good;
}
process.exit(failed ? 1 : 0);
