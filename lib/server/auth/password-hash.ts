// Owns hashing: argon2id with OWASP's minimum (19 MiB, 2 passes, 1 lane), a few at a time, and never for nobody:
// an unknown account costs the same as a known one. Refuses to know users.
import { hash, verify } from "@node-rs/argon2";
import { isPossiblePassword, normalisePassword } from "@/lib/domain/access/password";
import { AppError } from "@/lib/domain/errors";

// argon2id; the package's const enum does not survive isolatedModules.
const ARGON2ID = 2;
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes at once: more would take the thread pool (DNS, files) from deliveries. */
const MAX_AT_ONCE = 2;
/** Waiting longer than this many turns helps nobody. */
const MAX_WAITING = 64;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError("overloaded", "Too many people are signing in. Try again in a moment.", {
        retryAfterSeconds: 5,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    // The slot goes to the next in line; it is only free when nobody waits.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** The hash to store, in PHC string format. The caller has checked the password. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalisePassword(password), PARAMETERS));
}

// A hash of nothing anybody knows, made once, so that checking it takes as long as a real check.
let decoy: Promise<string> | undefined;

/**
 * True when the password belongs to the hash. With null (unknown account, or one without a password) it works as
 * long and says false. Impossible passwords are refused without hashing, whoever they are for.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  if (!isPossiblePassword(password)) return false;
  decoy ??= hash(crypto.randomUUID(), PARAMETERS);
  const against = storedHash ?? (await decoy);
  const matches = await inTurn(() => verify(against, normalisePassword(password)));
  return matches && storedHash !== null;
}
