// Says in one line why a PostgreSQL given by DATABASE_URL cannot be used.
import { Client } from "pg";
import { LauncherError } from "@/bin/launcher-error";

const OLDEST_MAJOR = 15;

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "its host name is unknown",
  EAI_AGAIN: "its host name cannot be resolved now",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "its host cannot be reached",
  ECONNRESET: "it closed the connection",
  "28P01": "it refuses the password",
  "28000": "it refuses this user",
  "3D000": "it has no such database",
};

function reasonFor(error: unknown): string {
  const { code = "", message } = error as { code?: string; message: string };
  return REASONS[code] ?? (message || code);
}

/** Where the database is, without user and password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Connects once. Throws LauncherError (never with the password in it) when that fails or the server is too old. */
export async function checkDatabase(url: string): Promise<{ version: string }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string; server_version_num: string }>(
      "SELECT current_setting('server_version') AS server_version, current_setting('server_version_num') AS server_version_num",
    );
    const version = rows[0]?.server_version ?? "unknown";
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST_MAJOR) {
      throw new LauncherError(
        `The database at ${placeOf(url)} is PostgreSQL ${version}; Signpost needs ${OLDEST_MAJOR} or newer.`,
      );
    }
    return { version };
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    throw new LauncherError(
      `Cannot use the database at ${placeOf(url)}: ${reasonFor(error)} (DATABASE_URL).`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
