#!/usr/bin/env node
// The first file that runs, in a clone where nothing is installed yet: plain JavaScript, no dependencies.
// Checks Node, installs and builds what is missing or stale, then hands over to dist/cli.mjs in this process.
import { checkNode } from "./bootstrap/node-version.mjs";

checkNode();
const { main } = await import("./bootstrap/main.mjs");
await main(process.argv.slice(2));
