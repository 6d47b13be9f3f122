// Runs before all browser tests: makes the owner and the workspace that they share, through the command line.
import { execFileSync } from "node:child_process";
import { expect, test as setup } from "@playwright/test";
import { OWNER, type OwnerFacts, writeOwnerFacts } from "./owner";

setup("L-16 the command line makes the first owner, and refuses a second", async () => {
  const run = () =>
    execFileSync(
      process.execPath,
      [
        "bin/signpost.mjs",
        "setup",
        "--json",
        "--email",
        OWNER.email,
        "--name",
        OWNER.name,
        "--workspace",
        OWNER.workspace,
        "--password-stdin",
      ],
      {
        input: OWNER.password,
        encoding: "utf8",
        env: { ...process.env, SIGNPOST_DATA_DIR: process.env.E2E_DATA_DIR, PORT: process.env.E2E_PORT },
      },
    );
  const facts = JSON.parse(run()) as OwnerFacts;
  expect(facts.workspace_slug).toBe("e2e-works");
  writeOwnerFacts(facts);
  expect(run).toThrow(/has an owner already/);
});
