import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkplace, type Workplace } from "@/tests/support/signpost-process";

let place: Workplace;

beforeEach(async () => {
  place = await createWorkplace();
});

afterEach(() => place.clear());

/** Runs a command that must refuse; gives exit code and the lines that are not progress. */
async function refuse(args: readonly string[], env: Record<string, string> = {}) {
  const command = place.run(args, env);
  const code = await command.ended();
  const lines = command
    .output()
    .split("\n")
    .filter((line) => line !== "" && !/^( {2}|[✓✗…])/.test(line));
  return { code, lines };
}

describe("one clear line and an exit code, no stack", () => {
  it("a taken port", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(place.port, "127.0.0.1", resolve));
    const refused = await refuse(["start", "--ingest-only"]);
    taken.close();
    expect(refused).toEqual({ code: 3, lines: [`Port ${place.port} is in use; set PORT to another.`] });
  });

  it("a data folder of another PostgreSQL version", async () => {
    const pgdata = path.join(place.dataDir, "postgres");
    mkdirSync(pgdata, { recursive: true });
    writeFileSync(path.join(pgdata, "PG_VERSION"), "14\n");
    const { code, lines } = await refuse(["migrate"]);
    expect(code).toBe(3);
    expect(lines).toEqual([expect.stringContaining("was written by PostgreSQL 14")]);
  });

  it("a data folder that cannot be written", async () => {
    writeFileSync(place.dataDir, "a file where the folder should be");
    const { code, lines } = await refuse(["migrate"]);
    expect(code).toBe(3);
    expect(lines).toEqual([
      `Cannot use the data folder ${place.dataDir}: it is not a folder. Set SIGNPOST_DATA_DIR to another.`,
    ]);
  });

  it("an unreachable DATABASE_URL, without its password", async () => {
    const { code, lines } = await refuse(["migrate"], {
      DATABASE_URL: `postgresql://app:hunter2-hunter2@127.0.0.1:${place.port}/shop`,
    });
    expect(code).toBe(3);
    expect(lines).toEqual([
      `Cannot use the database at 127.0.0.1:${place.port}/shop: nothing listens there (DATABASE_URL).`,
    ]);
  });

  it("an unknown SIGNPOST_ name, with a suggestion", async () => {
    const { code, lines } = await refuse(["migrate"], { SIGNPOST_ALLOW_HTPP: "1" });
    expect(code).toBe(2);
    expect(lines).toEqual([
      "SIGNPOST_ALLOW_HTPP is not a setting of Signpost; did you mean SIGNPOST_ALLOW_HTTP?",
    ]);
  });

  it("K-16 a secret that stands in every tutorial", async () => {
    const { code, lines } = await refuse(["migrate"], {
      NEXTAUTH_SECRET: "change-me-change-me-change-me-change-me",
    });
    expect(code).toBe(2);
    expect(lines).toEqual([expect.stringContaining("NEXTAUTH_SECRET is a well-known example value")]);
  });

  it("K-04 K-07 another encryption key than the database was made with", async () => {
    expect(await refuse(["migrate"])).toMatchObject({ code: 0 });
    const file = path.join(place.dataDir, "encryption-key");
    const original = readFileSync(file, "utf8");
    writeFileSync(file, `${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}\n`);
    const { code, lines } = await refuse(["migrate"]);
    expect(code).toBe(3);
    expect(lines).toEqual([
      expect.stringContaining("The encryption key is not the one this database was made with"),
    ]);
    writeFileSync(file, original);
    expect(await refuse(["migrate"])).toMatchObject({ code: 0 });
  });

  it("a lost encryption key", async () => {
    expect(await refuse(["migrate"])).toMatchObject({ code: 0 });
    writeFileSync(path.join(place.dataDir, "encryption-key"), "");
    const { code, lines } = await refuse(["migrate"]);
    expect(code).toBe(3);
    expect(lines).toEqual([expect.stringContaining("restore SIGNPOST_ENCRYPTION_KEY")]);
  });

  it("an unknown command", async () => {
    const { code, lines } = await refuse(["strat"]);
    expect(code).toBe(2);
    expect(lines[0]).toContain("unknown command 'strat'");
  });
});

describe("doctor", () => {
  it("names all trouble at once, as JSON too, and changes nothing", async () => {
    writeFileSync(place.dataDir, "a file where the folder should be");
    const { code, lines } = await refuse(["doctor", "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(lines.join(""))).toMatchObject({
      healthy: false,
      findings: expect.arrayContaining([
        { check: "data folder", state: "wrong", detail: expect.any(String) },
      ]),
    });
  });

  it("tries the way out: a proxy that is not there and an address that is not ours are wrong, and no password is shown", async () => {
    const { code, lines } = await refuse(["doctor", "--json"], {
      SIGNPOST_EGRESS_PROXY: `http://signpost:hunter2-hunter2@127.0.0.1:${place.port}`,
      SIGNPOST_LOCAL_ADDRESS: "203.0.113.77",
      SIGNPOST_SOURCE_ADDRESSES: "10.0.0.0/8",
    });
    expect(code).toBe(3);
    expect(JSON.parse(lines.join("")).findings).toEqual(
      expect.arrayContaining([
        {
          check: "local address",
          state: "wrong",
          detail: expect.stringContaining("no address 203.0.113.77"),
        },
        {
          check: "egress proxy",
          state: "wrong",
          detail: "The egress proxy of this instance cannot be reached.",
        },
        { check: "source addresses", state: "ok", detail: "published: 10.0.0.0/8" },
        { check: "source addresses", state: "warning", detail: expect.stringContaining("10.0.0.0/8") },
      ]),
    );
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("tries the mail server: one that is not there is a warning, and no password is shown", async () => {
    const { lines } = await refuse(["doctor", "--json"], {
      SMTP_URL: `smtp://signpost:hunter2-hunter2@127.0.0.1:${place.port}`,
    });
    expect(JSON.parse(lines.join("")).findings).toContainEqual({
      check: "mail",
      state: "warning",
      detail: expect.stringContaining(`127.0.0.1:${place.port} cannot be used`),
    });
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("finds a healthy instance ready", async () => {
    await refuse(["migrate"]);
    const { code, lines } = await refuse(["doctor"]);
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe("Ready to start.");
  });
});
