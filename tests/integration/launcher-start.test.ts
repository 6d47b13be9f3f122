import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPostmaster } from "@/bin/postgres/postmaster";
import { isAlive } from "@/bin/process-table";
import { waitUntil } from "@/bin/wait-until";
import { createWorkplace, type SignpostProcess, type Workplace } from "@/tests/support/signpost-process";

const SERVE = ["start", "--ingest-only"];
const READY = "Signpost is ready";

let place: Workplace;

beforeEach(async () => {
  place = await createWorkplace();
});

afterEach(() => place.clear());

const postmaster = () => findPostmaster(path.join(place.dataDir, "postgres"));

async function get(url: string): Promise<number> {
  const response = await fetch(`http://localhost:${place.port}${url}`).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status ?? 0;
}

async function serve(env: Record<string, string> = {}): Promise<SignpostProcess> {
  const server = place.run(SERVE, env);
  await server.prints(READY);
  return server;
}

async function query(sql: string): Promise<unknown[]> {
  const read = (name: string) => readFileSync(path.join(place.dataDir, name), "utf8").trim();
  const { app } = JSON.parse(read("postgres-credentials.json")) as { app: string };
  const url = `postgresql://signpost:${app}@127.0.0.1:${read("postgres-port")}/signpost`;
  const client = new Client({ connectionString: url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

describe("a first start", () => {
  it("makes a private data folder, keys and database, serves, and stops cleanly on SIGTERM", async () => {
    const server = await serve();
    const folderMode = statSync(place.dataDir).mode & 0o777;
    expect(folderMode).toBe(process.getuid?.() === 0 ? 0o710 : 0o700);
    for (const file of ["encryption-key", "session-secret", "postgres-credentials.json"]) {
      expect(statSync(path.join(place.dataDir, file)).mode & 0o777, file).toBe(0o600);
    }
    expect(
      Buffer.from(readFileSync(path.join(place.dataDir, "encryption-key"), "utf8"), "base64"),
    ).toHaveLength(32);
    expect(await get("/api/health/live")).toBe(200);
    expect(await get("/api/health/ready")).toBe(200);
    expect(await query("SHOW fsync")).toEqual([{ fsync: "on" }]);
    expect(await query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    expect(await query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([
      { rolsuper: false },
    ]);

    const database = await postmaster();
    server.child.kill("SIGTERM");
    expect(await server.ended()).toBe(0);
    expect(database && isAlive(database.pid)).toBe(false);
    expect(existsSync(path.join(place.dataDir, "signpost.lock"))).toBe(false);
  });

  it("answers on both loopback addresses, and nowhere else unless told so", async () => {
    await serve();
    const listening = ["127.0.0.1", "[::1]"].map(async (host) => {
      const response = await fetch(`http://${host}:${place.port}/api/health/live`);
      return response.status;
    });
    expect(await Promise.all(listening)).toEqual([200, 200]);
  });
});

describe("recovery", () => {
  it("adopts the database that a killed launcher left running, with everything in it", async () => {
    const first = await serve();
    await query("INSERT INTO instance_setting (key, value) VALUES ('kept', '1')");
    const before = await postmaster();
    first.child.kill("SIGKILL");
    await first.ended();
    expect(before && isAlive(before.pid)).toBe(true);

    const second = await serve();
    expect(second.output()).toContain("adopted the PostgreSQL that was still running");
    expect((await postmaster())?.pid).toBe(before?.pid);
    expect(await query("SELECT value FROM instance_setting WHERE key = 'kept'")).toEqual([{ value: 1 }]);
    second.child.kill("SIGINT");
    expect(await second.ended()).toBe(0);
    expect(before && isAlive(before.pid)).toBe(false);
  });

  it("starts the database again when its process is killed under a running server", async () => {
    const server = await serve();
    const before = await postmaster();
    if (before) process.kill(before.pid, "SIGKILL");
    await server.prints("ended unexpectedly; starting it again");
    expect(await waitUntil(async () => (await get("/api/health/ready")) === 200, 30_000)).toBe(true);
    const after = await postmaster();
    expect(after?.port).toBe(before?.port);
    expect(after?.pid).not.toBe(before?.pid);
  });

  it("comes back after launcher and database were both killed", async () => {
    const first = await serve();
    await query("INSERT INTO instance_setting (key, value) VALUES ('kept', '2')");
    const before = await postmaster();
    first.child.kill("SIGKILL");
    if (before) process.kill(before.pid, "SIGKILL");
    await first.ended();
    await serve();
    expect(await query("SELECT value FROM instance_setting WHERE key = 'kept'")).toEqual([{ value: 2 }]);
  });

  it("is not stopped by stale files that name a living stranger", async () => {
    const first = await serve();
    first.child.kill("SIGTERM");
    await first.ended();
    // This test process is alive, but neither Signpost with that start time nor a PostgreSQL.
    const stranger = { pid: process.pid, mark: "1", purpose: "server" };
    writeFileSync(path.join(place.dataDir, "signpost.lock"), JSON.stringify(stranger));
    const pidFile = [
      process.pid,
      path.join(place.dataDir, "postgres"),
      1,
      5432,
      "",
      "127.0.0.1",
      "1 1",
      "ready",
    ];
    writeFileSync(path.join(place.dataDir, "postgres", "postmaster.pid"), `${pidFile.join("\n")}\n`);
    await serve();
    expect(await get("/api/health/ready")).toBe(200);
  });
});

describe("beside a running server", () => {
  it("lets a command use its database and leaves it running", async () => {
    await serve();
    const before = await postmaster();
    const command = place.run(["migrate", "--json"]);
    expect(await command.ended()).toBe(0);
    expect(command.output()).toContain('{"applied":[]}');
    expect((await postmaster())?.pid).toBe(before?.pid);
    expect(await get("/api/health/ready")).toBe(200);
  });

  it("refuses a second server on the same data folder", async () => {
    const server = await serve();
    const second = place.run(SERVE, { PORT: String(place.port + 1) });
    expect(await second.ended()).toBe(3);
    expect(second.output()).toContain(
      `already runs on the data folder ${place.dataDir} (pid ${server.child.pid})`,
    );
    expect(await get("/api/health/ready")).toBe(200);
  });
});
