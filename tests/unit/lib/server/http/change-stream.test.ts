import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeStream } from "@/lib/server/http/change-stream";
import { createBus } from "@/lib/server/live/bus";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function open(isStillAllowed: () => Promise<boolean> = async () => true) {
  const bus = createBus();
  const client = new AbortController();
  const response = changeStream({ bus, environmentId: "env_1", signal: client.signal, isStillAllowed });
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error("no body");
  const seen = { text: "", ended: false };
  const decoder = new TextDecoder();
  const drain = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      seen.text += decoder.decode(value);
    }
    seen.ended = true;
  };
  void drain();
  const messages = () =>
    [...seen.text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? "") as unknown);
  return { bus, client, response, seen, messages };
}

describe("changeStream", () => {
  it("says that it must not be cached or buffered on the way", () => {
    const { headers } = open().response;
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-accel-buffering")).toBe("no");
  });

  it("tells a burst in at most four messages a second, with ids of the deliveries", async () => {
    const { bus, messages } = open();
    for (let i = 0; i < 100; i++) {
      bus.publish("env_1", { kind: "deliveries", ids: [`dlv_${i}`] });
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(250);
    const told = messages() as { ids: string[] }[];
    expect(told.length).toBeLessThanOrEqual(5);
    expect(told.flatMap((message) => message.ids)).toEqual(Array.from({ length: 100 }, (_, i) => `dlv_${i}`));
  });

  it("tells very many as many", async () => {
    const { bus, messages } = open();
    for (let i = 0; i < 1_000; i++) bus.publish("env_1", { kind: "deliveries", ids: [`dlv_${i}`] });
    bus.publish("env_1", { kind: "endpoints" });
    bus.publish("env_1", { kind: "endpoints" });
    await vi.advanceTimersByTimeAsync(250);
    expect(messages()).toEqual([{ kind: "endpoints" }, { kind: "deliveries", ids: [] }]);
  });

  it("T-22 hears nothing of another environment", async () => {
    const { bus, messages } = open();
    bus.publish("env_2", { kind: "endpoints" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(messages()).toEqual([]);
  });

  it.each<[string, () => Promise<boolean>]>([
    ["is taken away", async () => false],
    ["cannot be checked", () => Promise.reject(new Error("no database"))],
  ])("T-22 ends within five seconds when the right to listen %s", async (_case, isStillAllowed) => {
    const { bus, seen, messages } = open(isStillAllowed);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen.ended).toBe(true);
    bus.publish("env_1", { kind: "endpoints" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(messages()).toEqual([]);
  });

  it("stays open while the right lasts, with a sign of life every 15 seconds", async () => {
    const { seen } = open();
    await vi.advanceTimersByTimeAsync(46_000);
    expect(seen.ended).toBe(false);
    expect(seen.text.match(/^: still here$/gm)).toHaveLength(3);
  });

  it("ends when the client goes away, and when the process stops", async () => {
    const gone = open();
    gone.client.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(gone.seen.ended).toBe(true);
    const stopped = open();
    stopped.bus.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(stopped.seen.ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
