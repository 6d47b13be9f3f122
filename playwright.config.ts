// Browser tests: a real server (bin/signpost.mjs start) on an empty data folder, a real Chromium.
// `npm run test:e2e` chooses port, folder and browser; run by hand, the defaults below hold.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";

// Kept in the environment, because every worker loads this file again and must find the same server.
process.env.E2E_PORT ??= "3987";
process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), "signpost-e2e-"));
const baseURL = `http://localhost:${process.env.E2E_PORT}`;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      // No sandbox: it needs user namespaces, which containers often lack. The rest keeps Chromium off the network.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "setup", testMatch: /.*\.setup\.ts/ },
    { name: "chromium", use: { ...devices["Desktop Chrome"] }, dependencies: ["setup"] },
  ],
  webServer: {
    command: "node bin/signpost.mjs start",
    url: `${baseURL}/api/health/ready`,
    timeout: 240_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 35_000 },
    env: {
      PORT: process.env.E2E_PORT,
      SIGNPOST_DATA_DIR: process.env.E2E_DATA_DIR,
      SIGNPOST_ALLOWED_TARGETS: "127.0.0.0/8,::1",
      SIGNPOST_ALLOW_HTTP: "1",
    },
  },
});
