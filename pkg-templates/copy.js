// The files that a page loads by an address, into a folder of the portal: `node node_modules/podskazka/copy.js public/podskazka`, in any
// shell. What an earlier version has left there goes; what is the portal's own (`contacts.json`, texts, articles) stays.
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const to = process.argv[2];
if (!to) {
  console.error("podskazka: name a folder: node node_modules/podskazka/copy.js public/podskazka");
  process.exit(1);
}
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { folder } = JSON.parse(readFileSync(here("integrity.json"), "utf8"));

/** The files of the version that stands there, with their digests: `export default {…};`. */
function before() {
  const table = join(to, "digests.js");
  if (!existsSync(table)) return {};
  return JSON.parse(readFileSync(table, "utf8").replace(/^export default |;\s*$/g, ""));
}
const listed = before();
const digest = (name) => `sha384-${createHash("sha384").update(readFileSync(name)).digest("base64")}`;
const articles = join(to, "faq.pdk");
const own = existsSync(articles) && digest(articles) !== listed["faq.pdk"];

for (const name of Object.keys(listed)) {
  if (!name.includes("..") && !(own && name === "faq.pdk")) rmSync(join(to, name), { force: true });
}
cpSync(here(folder), to, { recursive: true, filter: (from) => !own || basename(from) !== "faq.pdk" });
console.log(`podskazka: ${folder.replace("dist/", "")} stands in ${to}${own ? "; faq.pdk there is your own and stays" : ""}`);
