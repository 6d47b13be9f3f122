// Owns the wizard's answers between its steps: in memory, and in sessionStorage so that a reload keeps them.
// What is secret (header values, the signing secret) never reaches the storage.
import { z } from "zod";
import { DEFAULT_MAX_CONCURRENCY } from "@/lib/contracts/endpoints";
import { retryPolicySchema } from "@/lib/domain/retry/policy";
import { EMPTY_REFINE, refineDraftSchema } from "./refine-draft";

const draftSchema = z.object({
  url: z.string(),
  eventTypes: z.array(z.string()),
  /** Slug; null until the question is answered. */
  profile: z.string().nullable(),
  tenant: z.string(),
  description: z.string(),
  headers: z.array(z.object({ id: z.number(), name: z.string(), value: z.string() })),
  /** These two follow the profile while they are null. */
  timeoutMs: z.number().nullable(),
  retryPolicy: retryPolicySchema.nullable(),
  maxConcurrency: z.number(),
  refine: refineDraftSchema,
  /** Set once the endpoint exists. */
  created: z.object({ id: z.string(), hint: z.string() }).nullable(),
  secretSaved: z.boolean(),
});

export type WizardDraft = z.infer<typeof draftSchema>;

export const EMPTY_DRAFT: WizardDraft = {
  url: "",
  eventTypes: [],
  profile: null,
  tenant: "",
  description: "",
  headers: [],
  timeoutMs: null,
  retryPolicy: null,
  maxConcurrency: DEFAULT_MAX_CONCURRENCY,
  refine: EMPTY_REFINE,
  created: null,
  secretSaved: false,
};

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

export type DraftStore = {
  get(): WizardDraft;
  set(change: Partial<WizardDraft>): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
};

/** Reads a stored draft; anything that is not one (an older version, a stranger's text) is the empty draft. */
function readDraft(text: string | null): WizardDraft {
  if (text === null) return EMPTY_DRAFT;
  try {
    const parsed = draftSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

/** A draft that lives under `key`; a storage that refuses (full, forbidden) only costs the survival of a reload. */
export function createDraftStore(key: string, storage: Storage): DraftStore {
  let draft: WizardDraft | null = null;
  const listeners = new Set<() => void>();
  const load = (): WizardDraft => {
    try {
      return readDraft(storage.getItem(key));
    } catch {
      return EMPTY_DRAFT;
    }
  };
  const save = (next: WizardDraft) => {
    draft = next;
    const kept = { ...next, headers: next.headers.map((header) => ({ ...header, value: "" })) };
    try {
      storage.setItem(key, JSON.stringify(kept));
    } catch {
      // Private browsing modes may refuse; the draft then lives as long as the page.
    }
    for (const listener of listeners) listener();
  };
  return {
    get() {
      draft ??= load();
      return draft;
    },
    set(change) {
      save({ ...this.get(), ...change });
    },
    clear() {
      draft = EMPTY_DRAFT;
      try {
        storage.removeItem(key);
      } catch {
        // Nothing was kept then.
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
