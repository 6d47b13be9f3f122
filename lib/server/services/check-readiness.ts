// Owns the answer to "can this process serve?": a working database within a short time. Says nothing else.
import type { ServiceContext } from "../context";
import { pingDatabase } from "../repositories/ping";

const TIMEOUT_MS = 2_000;

/** True when the database answered in time. Never throws. */
export async function checkReadiness(ctx: ServiceContext): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT_MS);
  });
  const answered = pingDatabase(ctx.db).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
