// Goes through the pages in a real browser. Run by `it/browser.rs`, which starts the server:
//
//     node pages.mjs LINK MODULES CHROMIUM SCREENSHOTS
//
// MODULES is a folder with `node_modules` that has playwright-core and axe-core; SCREENSHOTS may be empty. Prints one line for
// each step and ends with 1 at the first that fails.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import assert from "node:assert/strict";

const [link, modules, executablePath, screenshots] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const problems = [];

/** A window of its own, which reports scripts that fail and what is loaded from elsewhere. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(link) && !request.url().startsWith("data:")) problems.push(`asked ${request.url()}`);
  });
  page.on("dialog", (dialog) => { problems.push(`${page.url()}: a dialog: ${dialog.message()}`); dialog.dismiss(); });
  return page;
}

const go = (page, path) => page.goto(new URL(path, link).href);

/** Fails where axe finds anything, or where the page is wider than the window. */
async function look(page, name) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(width <= 0, `${name} is ${width} pixels wider than the window`);
  // The policy of the page allows no script but its own: axe comes by the debugger.
  const debug = await page.context().newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe });
  await debug.detach();
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`);
  });
  assert.deepEqual(found, [], name);
}

async function step(name, work) {
  try {
    await work();
    assert.deepEqual(problems, []);
    console.log(`ok: ${name}`);
  } catch (error) {
    console.log(`failed: ${name}\n${error.stack}`);
    await browser.close();
    process.exit(1);
  }
}

const visible = (page, text) => page.getByText(text).first().waitFor({ state: "visible", timeout: 15000 });

await step("search, filter, read, see the page", async () => {
  const page = await open();
  await go(page, "/");
  await page.getByLabel("Words, or a query").fill('"care leavers"');
  await page.keyboard.press("Enter");
  await page.locator("li.hit mark").first().waitFor();
  const all = await page.locator("h2.counts").innerText();
  await page.locator("section.facet", { hasText: "Year" }).getByRole("link").first().click();
  await page.getByRole("link", { name: /^Year: / }).waitFor();
  assert.notEqual(await page.locator("h2.counts").innerText(), all);
  const hit = page.locator("li.hit").filter({ has: page.getByRole("link", { name: /^See page / }) }).first();
  await hit.getByText("As it is printed").click();
  await hit.locator(".strip img").evaluate(async (image) => { await image.decode(); });
  await hit.getByRole("link", { name: "Read in the report" }).click();
  await page.locator("article.body mark").first().waitFor();
  assert.match(page.url(), /#p\d+$/);
  await page.getByRole("link", { name: /^see page / }).first().click();
  const image = page.locator(".sheet img");
  await image.waitFor();
  assert.ok(await image.evaluate((element) => element.complete && element.naturalWidth > 100), "the page is not drawn");
  const drawing = await (await page.request.get(new URL(await image.getAttribute("src"), link).href)).text();
  assert.match(drawing, /<g fill="#ffd84d"[^>]*><rect /, "nothing is boxed");
  await page.goBack();
  await page.locator("article.body mark").first().waitFor();
  await page.context().close();
});

await step("concordance, citation, downloads", async () => {
  const page = await open();
  await go(page, "/?q=caseload*&view=lines&sort=right");
  assert.ok(await page.locator("table.kwic tbody tr").count() > 3);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).first().click()]);
  assert.equal(file.suggestedFilename(), "lines.csv");
  await go(page, "/?q=caseload*");
  await page.getByRole("link", { name: "Cite" }).first().click();
  await page.getByRole("button", { name: "Copy" }).first().click();
  await visible(page, "Copied");
  await page.context().close();
});

await step("nothing found, and queries that cannot be read", async () => {
  const page = await open();
  await go(page, "/?q=caseloda");
  await visible(page, "Nothing found");
  await go(page, "/?q=(care");
  await page.getByRole("alert").waitFor();
  await page.context().close();
});

await step("check an article", async () => {
  const page = await open();
  await go(page, "/?q=%22care%20leavers%22");
  const quoted = (await page.locator("li.hit blockquote").first().innerText()).split(". ")[0];
  await go(page, "/check");
  await page.getByLabel("Text of the article").fill(`The report says: “${quoted}”. It also says “nobody was ever seen at the lighthouse”.`);
  await page.getByRole("button", { name: "Check" }).click();
  await page.locator(".pill.exact, .pill.exact-after-folding").first().waitFor();
  await page.locator(".pill.absent").first().waitFor();
  await look(page, "the verdicts");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save as HTML" }).click()]);
  assert.match(saved.suggestedFilename(), /\.html$/);
  await page.getByRole("link", { name: /^See page / }).first().click();
  await page.locator(".sheet img").waitFor();
  await page.context().close();
});

await step("analyse: trend, keywords, words nearby, follow", async () => {
  const page = await open();
  await go(page, "/");
  await page.getByRole("link", { name: "Analyse" }).click();
  await page.getByLabel("Words, or a query").fill("caseload*");
  await page.getByLabel("By").selectOption("year");
  await page.getByRole("button", { name: "Count" }).click();
  const chart = page.locator(".chart img");
  await chart.waitFor();
  assert.ok(await chart.evaluate(async (element) => { await element.decode(); return element.naturalWidth > 100; }));
  await page.locator("td.number a").first().click();
  await page.locator("li.hit mark").first().waitFor();
  await go(page, "/analyse/keywords?q=grade:inadequate");
  await page.locator("tbody td a").first().click();
  await page.locator("li.hit").first().waitFor();
  await go(page, "/analyse/collocates?q=care");
  await page.locator("tbody td a").first().click();
  await page.locator("li.hit").first().waitFor();
  await go(page, "/follow");
  await page.locator("tbody td a").first().click();
  await visible(page, "What was asked of");
  await page.context().close();
});

await step("add a file, refresh, and find it", async () => {
  const page = await open();
  await go(page, "/corpus");
  await page.getByLabel("Add reports").setInputFiles({
    name: "kingfishers.txt", mimeType: "text/plain", buffer: Buffer.from("Kingfishers nest below the mill.\n"),
  });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await visible(page, "Last refresh:");
  await go(page, "/?q=kingfishers");
  await page.locator("mark", { hasText: "Kingfishers" }).waitFor();
  await page.context().close();
});

await step("without JavaScript", async () => {
  const page = await open({ javaScriptEnabled: false });
  await go(page, "/");
  await page.getByLabel("Words, or a query").fill("caseload*");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("li.hit mark").first().waitFor();
  await page.getByText("tables too").click();
  await page.getByRole("button", { name: "Search" }).click();
  assert.match(page.url(), /tables=on/);
  await page.locator("li.hit").filter({ has: page.getByRole("link", { name: /^See page / }) }).first()
    .getByRole("link", { name: "Read in the report" }).click();
  await page.getByRole("link", { name: /^see page / }).first().click();
  await page.locator(".sheet img").waitFor();
  await go(page, "/check");
  await page.getByLabel("Text of the article").fill("It says “nobody was ever seen at the lighthouse”.");
  await page.getByRole("button", { name: "Check" }).click();
  await page.locator(".pill").first().waitFor();
  await go(page, "/analyse/trend?q=caseload*");
  await page.locator(".chart img").waitFor();
  await go(page, "/corpus");
  await page.getByRole("button", { name: "Look for new and changed files" }).click();
  await page.getByRole("heading", { name: "Reports" }).waitFor();
  await page.context().close();
});

await step("by keyboard alone", async () => {
  const page = await open();
  await go(page, "/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("staff");
  await page.keyboard.press("Enter");
  await page.locator("li.hit").first().waitFor();
  await page.context().close();
});

await step("a hostile report is text", async () => {
  const page = await open();
  for (const path of ["/?q=herons", "/?q=herons&view=lines", "/corpus", "/analyse/trend?q=herons", "/analyse/collocates?q=herons&window=3"]) {
    await go(page, path);
    assert.equal(await page.locator("img[src=x]").count(), 0, path);
  }
  await go(page, "/?q=herons");
  await page.getByRole("link", { name: "Read in the report" }).first().click();
  await page.locator("article.body mark").first().waitFor();
  assert.equal(await page.locator("article.body img").count(), 0);
  await page.context().close();
});

// Every kind of page: its name, and how to come there.
const search = await open();
await go(search, "/?q=%22care%20leavers%22");
const read = await search.getByRole("link", { name: "Read in the report" }).first().getAttribute("href");
const see = await search.getByRole("link", { name: /^See page/ }).first().getAttribute("href");
const cite = await search.getByRole("link", { name: "Cite" }).first().getAttribute("href");
await go(search, "/follow");
const follow = await search.locator("tbody td a").first().getAttribute("href");
await search.context().close();
const pages = {
  start: "/", hits: "/?q=%22care%20leavers%22", filtered: "/?q=staff&grade=good&tables=on", lines: "/?q=caseload*&view=lines&sort=right",
  nothing: "/?q=caseloda", fault: "/?q=(care", report: read, printed: see, cite, check: "/check", corpus: "/corpus",
  trend: "/analyse/trend?q=caseload*&q2=staff", keywords: "/analyse/keywords?q=grade:inadequate", collocates: "/analyse/collocates?q=care",
  analyse: "/analyse/trend", inspections: "/follow", follow, missing: "/nothing",
};
for (const [name, viewport] of [["wide", { width: 1280, height: 900 }], ["phone", { width: 390, height: 844 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    await step(`axe: every page, ${name}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme });
      const wrong = [];
      for (const [what, path] of Object.entries(pages)) {
        await go(page, path);
        if (screenshots) await page.screenshot({ path: join(screenshots, `${what}-${name}-${colorScheme}.png`), fullPage: name === "phone" });
        await look(page, what).catch((error) => wrong.push(error.message));
      }
      assert.deepEqual(wrong, []);
      await page.context().close();
    });
  }
}
await browser.close();
