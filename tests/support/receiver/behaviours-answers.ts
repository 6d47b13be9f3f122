// Behaviours that answer correctly, but not always, not at once, or with something that has to be kept inert.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { after, answer } from "./answer";
import { type Behaviours, count, numberArg } from "./behaviour";
import { headerOf } from "./http-reader";

const XSS = `<script>window.__xss=1</script><img src=x onerror="window.__xss=1"><svg onload="window.__xss=1">`;
const ANSI = "\u001b[2J\u001b[31mred\u001b[0m\u0007\r\nforged log line\u2028\u202eright to left";

function gzipZeros(mebibytes: number): Buffer {
  // RFC 1952 allows members in a row, so one compressed mebibyte is enough.
  const member = gzipSync(Buffer.alloc(1_048_576));
  return Buffer.concat(Array.from({ length: mebibytes }, () => member));
}

function brotliZeros(mebibytes: number): Buffer {
  return brotliCompressSync(Buffer.alloc(mebibytes * 1_048_576), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
  });
}

function eventKey(request: Parameters<typeof headerOf>[0]): string {
  return headerOf(request, "webhook-id") ?? headerOf(request, "svix-id") ?? request.target;
}

export const answerBehaviours: Behaviours = {
  ok: (context) => answer(context.socket, numberArg(context, 0, 200), context.query.get("body") ?? "ok"),
  slow: (context) =>
    after(context.socket, numberArg(context, 0, 1000), () => answer(context.socket, 200, "late")),
  "retry-after": (context) => {
    const seconds = numberArg(context, 0, 1);
    const date = new Date(Date.now() + seconds * 1000).toUTCString();
    const value = context.query.get("raw") ?? (context.query.get("date") ? date : String(seconds));
    answer(context.socket, Number(context.query.get("code") ?? 503), "later", [["retry-after", value]]);
  },
  redirect: (context) => {
    const to = context.query.get("to") ?? "/ok";
    answer(context.socket, Number(context.query.get("code") ?? 302), "", [["location", to]]);
  },
  "redirect-loop": (context) => answer(context.socket, 302, "", [["location", "/redirect-loop"]]),

  flaky: (context, request) => {
    const attempt = count(context.state, `flaky:${eventKey(request)}`);
    answer(context.socket, attempt > numberArg(context, 0, 1) ? 200 : 503, `attempt ${attempt}`);
  },
  "ack-lost": (context, request) => {
    const attempt = count(context.state, `ack-lost:${eventKey(request)}`);
    if (attempt > numberArg(context, 0, 1)) answer(context.socket, 200, "ok");
    else context.socket.resetAndDestroy();
  },
  rate: (context) => {
    const second = Math.floor(Date.now() / 1000);
    const used = count(context.state, `rate:${context.args.join("/")}:${second}`);
    if (used <= numberArg(context, 0, 5)) answer(context.socket, 200, "ok");
    else answer(context.socket, 429, "slow down", [["retry-after", "1"]]);
  },
  random: (context) =>
    answer(context.socket, context.state.random() * 100 < numberArg(context, 0, 50) ? 500 : 200, "random"),
  // `/gate/x` is shut and opened through the receiver or by `/gate/x/shut` and `/gate/x/open`.
  gate: (context) => {
    const [name = "", order] = context.args;
    if (order === "shut") context.state.shutGates.add(name);
    if (order === "open") context.state.shutGates.delete(name);
    answer(context.socket, context.state.shutGates.has(name) && order === undefined ? 503 : 200, "gate");
  },

  gzipbomb: (context) =>
    answer(context.socket, 200, gzipZeros(numberArg(context, 0, 16)), [["content-encoding", "gzip"]]),
  brbomb: (context) =>
    answer(context.socket, 200, brotliZeros(numberArg(context, 0, 16)), [["content-encoding", "br"]]),
  badgzip: (context) =>
    answer(context.socket, 200, Buffer.from("1f8b0800ffffffff", "hex"), [["content-encoding", "gzip"]]),
  "gzip-chain": (context) =>
    answer(context.socket, 200, gzipSync("ok"), [
      ["content-encoding", new Array(numberArg(context, 0, 1000)).fill("gzip").join(", ")],
    ]),
  badutf8: (context) => answer(context.socket, 200, Buffer.from("c328a0a1fffe80", "hex")),
  nul: (context) => answer(context.socket, 200, "a\u0000b"),
  surrogate: (context) => answer(context.socket, 200, Buffer.from("eda080eda080", "hex")),
  xss: (context) =>
    answer(context.socket, Number(context.query.get("code") ?? 200), XSS, [
      ["content-type", "text/html"],
      ["x-note", XSS],
    ]),
  ansi: (context) => answer(context.socket, Number(context.query.get("code") ?? 200), ANSI),
  "json-deep": (context) => {
    const depth = numberArg(context, 0, 1000);
    answer(context.socket, 200, "[".repeat(depth) + "]".repeat(depth), [
      ["content-type", "application/json"],
    ]);
  },
  "json-proto": (context) =>
    answer(
      context.socket,
      200,
      `{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}`,
    ),
  "empty-204-body": (context) => {
    context.socket.write("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello");
  },
};
