// Finds a Chromium for the browser tests, or installs the distribution's when we may (root on Debian or Ubuntu).
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { run, step } from "../bootstrap/steps.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function playwrightOwn() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

async function find() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...MAC,
    await playwrightOwn(),
  ];
  return candidates.find((file) => file && isExecutable(file));
}

const hasApt = () => spawnSync("apt-get", ["--version"]).status === 0;

/** Path of a Chromium. Throws one clear line when there is none and it cannot be installed. */
export async function ensureChromium() {
  const found = await find();
  if (found) return found;
  if (process.getuid?.() === 0 && hasApt()) {
    await step("Installing Chromium", async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      await run("apt-get", ["update", "-q"], { env });
      await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { env });
    });
    const installed = await find();
    if (installed) return installed;
  }
  throw new Error("The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program.");
}
