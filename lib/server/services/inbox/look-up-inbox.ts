// Owns the way from a public address to its inbox. Whoever asks is a stranger until the answer is there, so all who ask
// at the same time share one query: guesses cannot keep the database busy, and a known address never waits behind them.
import type { ServiceContext } from "../../context";
import { findInboxesByToken, type InboxAddress } from "../../repositories/inboxes";
import { createGroupCommit, type GroupCommit } from "../group-commit";

/** 24 random bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{32}$/;
const MAX_TOKENS = 100;
/** Far more than wait while the database answers; beyond it something is wrong with the database. */
const MAX_WAITING = 5_000;

const lookUps = new WeakMap<object, GroupCommit<string, InboxAddress | null>>();

function lookUpsOf({ db }: ServiceContext): GroupCommit<string, InboxAddress | null> {
  const known = lookUps.get(db);
  if (known !== undefined) return known;
  const made = createGroupCommit<string, InboxAddress | null>({
    async write(tokens) {
      const rows = await findInboxesByToken(db.prisma, [...new Set(tokens)]);
      const byToken = new Map(rows.map((row) => [row.token, row]));
      return tokens.map((token) => byToken.get(token) ?? null);
    },
    maxItems: MAX_TOKENS,
    lingerMs: 0,
    maxInFlight: 1,
    maxQueued: MAX_WAITING,
  });
  lookUps.set(db, made);
  return made;
}

/** True for a text that can be the token of an inbox; says nothing about whether there is one. */
export function isInboxToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The inbox of a well-formed token, or null. Throws `overloaded` while the database does not keep up. */
export function lookUpInbox(ctx: ServiceContext, token: string): Promise<InboxAddress | null> {
  return lookUpsOf(ctx).add(token);
}
