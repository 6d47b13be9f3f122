"use client";
// Owns what the wizard's steps share: the draft, and the new secret for as long as this page lives (memory only).

import { createContext, type ReactNode, use, useMemo, useState, useSyncExternalStore } from "react";
import {
  createDraftStore,
  type DraftStore,
  EMPTY_DRAFT,
  type WizardDraft,
} from "@/lib/client/endpoints/wizard-draft";
import { useViewer } from "@/lib/client/viewer-context";

type Wizard = {
  draft: WizardDraft;
  setDraft: (change: Partial<WizardDraft>) => void;
  clearDraft: () => void;
  /** The plaintext from the answer that made it; null after a reload. */
  secret: string | null;
  setSecret: (secret: string | null) => void;
  /** False in the server's HTML and the first render, when the stored draft is not known yet. */
  isReady: boolean;
};

const Context = createContext<Wizard | null>(null);

const storeKey = (environmentId: string) => `signpost-endpoint-draft-${environmentId}`;

const stores = new Map<string, DraftStore>();

/** One store for each environment, for as long as the tab lives. */
function storeFor(key: string): DraftStore {
  const known = stores.get(key);
  if (known) return known;
  const store = createDraftStore(key, {
    getItem: (name) => sessionStorage.getItem(name),
    setItem: (name, value) => sessionStorage.setItem(name, value),
    removeItem: (name) => sessionStorage.removeItem(name),
  });
  stores.set(key, store);
  return store;
}

/** Begins a new endpoint with some answers given, such as those of a pack. What was answered before stays. */
export function beginDraft(environmentId: string, answers: Partial<WizardDraft>): void {
  const store = storeFor(storeKey(environmentId));
  if (store.get().created !== null) store.clear();
  store.set(answers);
}

const NEVER = () => () => undefined;

export function WizardProvider({ children }: { children: ReactNode }) {
  const { environment } = useViewer();
  const store = storeFor(storeKey(environment.id));
  const draft = useSyncExternalStore(store.subscribe, store.get, () => EMPTY_DRAFT);
  const isReady = useSyncExternalStore(
    NEVER,
    () => true,
    () => false,
  );
  const [secret, setSecret] = useState<string | null>(null);
  const wizard = useMemo(
    (): Wizard => ({
      draft,
      setDraft: (change) => store.set(change),
      clearDraft: () => {
        setSecret(null);
        store.clear();
      },
      secret,
      setSecret,
      isReady,
    }),
    [draft, store, secret, isReady],
  );
  return <Context value={wizard}>{children}</Context>;
}

/** The wizard around this step. */
export function useWizard(): Wizard {
  const wizard = use(Context);
  if (wizard === null) throw new Error("useWizard is for steps inside the wizard");
  return wizard;
}
