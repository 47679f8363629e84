// Tests the types and the README of the package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as seatbook from "seatbook";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = (...args) => execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });

/** Creates a folder in which the package is installed. */
function project(context) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "seatbook-node-"));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, "node_modules"));
  fs.symlinkSync(root, path.join(folder, "node_modules", "seatbook"), "dir");
  fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

test("the README's examples print what their comments show", (context) => {
  const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code);
  assert.ok(blocks.length > 1);
  const folder = project(context);
  const [first] = blocks;
  assert.equal(first, fs.readFileSync(path.join(root, "examples/quickstart.js"), "utf8"));
  blocks.forEach((code, at) => {
    const file = path.join(folder, `example${at}.js`);
    fs.writeFileSync(file, code);
    const output = execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
    const expected = [...code.matchAll(/console\.log\(.*; \/\/ (.*)$/gm)].map(([, text]) => text);
    assert.ok(expected.length > 0, "an example without output");
    assert.deepEqual(output.trimEnd().split("\n"), expected);
  });
});

test("types: a program compiles with tsc --strict and runs", (context) => {
  const folder = project(context);
  run("node_modules/typescript/bin/tsc", "-p", "tests", "--outDir", folder);
  assert.equal(run(path.join(folder, "types.js")), "types: ok\n");
});

test("types: the exports equal the declarations", () => {
  const declared = [
    ...fs
      .readFileSync(path.join(root, "index.d.ts"), "utf8")
      .matchAll(/^export (?:class|function|const) (\w+)/gm),
  ].map(([, name]) => name);
  assert.deepEqual(Object.keys(seatbook).sort(), declared.sort());
});

test("the lock file has no host of a registry", () => {
  const lock = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8"));
  for (const each of Object.values(lock.packages)) delete each.funding;
  assert.doesNotMatch(JSON.stringify(lock), /"resolved"|https?:/);
});
