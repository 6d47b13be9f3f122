import { expect, test, vi } from "vitest";
import { readBody } from "@/lib/server/http/read-body";
import { answerRequest } from "@/lib/server/http/route-handler";

/** A request whose caller sends a part and is gone: what Node and Next make of it. */
function brokenOff(error: Error): Request {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(error);
      sent = true;
      controller.enqueue(Buffer.from('{"filter": "eve'));
    },
  });
  return new Request("http://localhost/api/v1/filters/test", {
    method: "POST",
    body,
    duplex: "half",
  } as RequestInit);
}

test.each([
  ["Node", Object.assign(new Error("aborted"), { code: "ECONNRESET" })],
  ["Next", Object.assign(new Error("This operation was aborted"), { name: "ResponseAborted" })],
  ["fetch", new DOMException("This operation was aborted", "AbortError")],
])("a caller who hangs up, as %s tells it, is no error of ours", async (_, error) => {
  const logger = { error: vi.fn(), warn: vi.fn() };
  const request = brokenOff(error);
  const answer = await answerRequest(
    request,
    () => logger as never,
    async () => new Response(String(await readBody(request, 1_000))),
  );
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: "invalid_request",
    detail: "The body did not arrive whole.",
  });
  expect(logger.error).not.toHaveBeenCalled();
  expect(logger.warn).not.toHaveBeenCalled();
});

test("a body that is whole, absent or too large", async () => {
  const post = (body: string | null) => new Request("http://localhost/", { method: "POST", body });
  expect((await readBody(post("abc"), 3)).toString()).toBe("abc");
  expect((await readBody(post(null), 3)).length).toBe(0);
  await expect(readBody(post("abcd"), 3)).rejects.toMatchObject({ code: "payload_too_large" });
});
