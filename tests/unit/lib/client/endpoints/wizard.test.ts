import { describe, expect, test } from "vitest";
import { createDraftStore, EMPTY_DRAFT, type WizardDraft } from "@/lib/client/endpoints/wizard-draft";
import { draftInput, openableSteps } from "@/lib/client/endpoints/wizard-steps";
import { createEndpointInput } from "@/lib/contracts/endpoints";

const KEY = "draft";

function memory() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

const answered: WizardDraft = {
  ...EMPTY_DRAFT,
  url: "https://receiver.test/hook",
  eventTypes: ["order.*"],
  profile: "github",
};

describe("the draft", () => {
  test("K-12 survives a reload without any header value", () => {
    const storage = memory();
    const canary = "canary-value-19c4";
    createDraftStore(KEY, storage).set({
      ...answered,
      headers: [{ id: 1, name: "Authorization", value: canary }],
    });
    expect([...storage.items.values()].join()).not.toContain(canary);
    const reloaded = createDraftStore(KEY, storage).get();
    expect(reloaded).toEqual({ ...answered, headers: [{ id: 1, name: "Authorization", value: "" }] });
  });

  test("tells its listeners, and gives the same object until something changes", () => {
    const store = createDraftStore(KEY, memory());
    let calls = 0;
    const stop = store.subscribe(() => {
      calls++;
    });
    expect(store.get()).toBe(store.get());
    store.set({ url: "https://a.test/" });
    stop();
    store.set({ url: "https://b.test/" });
    expect(calls).toBe(1);
    expect(store.get().url).toBe("https://b.test/");
  });

  test.each(["", "null", "{", '{"url":1}', '{"url":"https://a.test/"}'])(
    "a stored %j is no draft",
    (text) => {
      const storage = memory();
      storage.setItem(KEY, text);
      expect(createDraftStore(KEY, storage).get()).toEqual(EMPTY_DRAFT);
    },
  );

  test("a storage that refuses costs only the survival of a reload", () => {
    const refuse = () => {
      throw new Error("quota");
    };
    const store = createDraftStore(KEY, { getItem: refuse, setItem: refuse, removeItem: refuse });
    store.set({ url: "https://a.test/" });
    expect(store.get().url).toBe("https://a.test/");
    store.clear();
    expect(store.get()).toEqual(EMPTY_DRAFT);
  });
});

describe("the steps", () => {
  const open = (draft: WizardDraft) => [...openableSteps(draft)];

  test("each opens when those before it are answered", () => {
    expect(open(EMPTY_DRAFT)).toEqual(["url"]);
    expect(open({ ...EMPTY_DRAFT, url: "nonsense" })).toEqual(["url"]);
    expect(open({ ...EMPTY_DRAFT, url: answered.url })).toEqual(["url", "events"]);
    expect(open({ ...answered, profile: null }), "the profile is a question of its own").toEqual([
      "url",
      "events",
      "profile",
    ]);
    expect(open({ ...answered, profile: "No slug" })).toEqual(["url", "events", "profile"]);
    expect(open(answered)).toEqual(["url", "events", "profile", "filter", "settings", "review"]);
  });

  test("a header without its value closes the review", () => {
    const headers = [{ id: 1, name: "X-Key", value: "" }];
    expect(open({ ...answered, headers })).toEqual(["url", "events", "profile", "filter", "settings"]);
  });

  test("once the endpoint exists only its secret and, when that is saved, its test are open", () => {
    const created = { id: "ep_x", hint: "whsec_…abcd" };
    expect(open({ ...answered, created })).toEqual(["secret"]);
    expect(open({ ...answered, created, secretSaved: true })).toEqual(["secret", "test"]);
  });

  test("the answers are what the API takes; empty ones are left out", () => {
    const input = draftInput({
      ...answered,
      headers: [
        { id: 1, name: "X-Key", value: "v" },
        { id: 2, name: "", value: "" },
      ],
    });
    expect(createEndpointInput.parse(input)).toEqual(input);
    expect(input).toEqual({
      url: answered.url,
      event_types: ["order.*"],
      headers: { "X-Key": "v" },
      profile: "github",
      max_concurrency: 10,
    });
  });

  test("timeout and schedule follow the profile until they are set", () => {
    const own = draftInput({ ...answered, timeoutMs: 4_000, retryPolicy: { preset: "quick" } });
    expect(own).toMatchObject({ timeout_ms: 4_000, retry_policy: { preset: "quick" } });
    expect(draftInput(answered)).not.toHaveProperty("timeout_ms");
    expect(draftInput(answered)).not.toHaveProperty("retry_policy");
  });
});
