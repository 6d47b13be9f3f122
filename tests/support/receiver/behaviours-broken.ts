// Behaviours that break HTTP, TCP or patience.
import { after, answer, every, head, pour } from "./answer";
import { type BehaviourContext, type Behaviours, numberArg } from "./behaviour";

function codeOf(context: BehaviourContext): number {
  return Number(context.query.get("code") ?? 200);
}

function flood(context: BehaviourContext, line: string): void {
  const total = numberArg(context, 0, 3);
  let sent = 0;
  every(context.socket, numberArg(context, 1, 20), () => {
    if (sent++ < total) context.socket.write(line);
    else answer(context.socket, 200, "ok");
    return sent <= total;
  });
}

function raw(text: string): (context: BehaviourContext) => void {
  return ({ socket }) => {
    socket.write(text, "latin1");
  };
}

const CUT_HEAD = head(200, [["content-length", "1000"]]) + "x".repeat(100);

export const brokenBehaviours: Behaviours = {
  hang: () => undefined,
  "hang-headers": raw("HTTP/1.1 200 OK\r\nx-part: "),
  "drip-headers": (context) => {
    context.socket.write("HTTP/1.1 200 OK\r\nx-drip: ");
    every(context.socket, numberArg(context, 0, 100), () => context.socket.write("a") || true);
  },
  "hang-body": (context) => {
    context.socket.write(`${head(codeOf(context), [["content-length", "100"]])}part`);
  },
  /** One or more bytes every so many milliseconds, for ever: `/drip/<ms>/<bytes>`. */
  drip: (context) => {
    context.socket.write(head(codeOf(context), [["content-length", "1000000"]]));
    const piece = "d".repeat(numberArg(context, 1, 1));
    every(context.socket, numberArg(context, 0, 100), () => context.socket.write(piece) || true);
  },
  "early-hints": (context) => flood(context, "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
  "continue-flood": (context) => flood(context, "HTTP/1.1 100 Continue\r\n\r\n"),
  huge: (context) => {
    const total = numberArg(context, 0, 1024) * 1024;
    context.socket.write(head(codeOf(context), [["content-length", String(total)]]));
    let sent = 0;
    pour(context.socket, () => {
      if (sent >= total) return null;
      const chunk = Buffer.alloc(Math.min(16_384, total - sent), 0x68);
      sent += chunk.length;
      return chunk;
    });
  },
  "chunked-infinite": (context) => {
    context.socket.write(head(200, [["transfer-encoding", "chunked"]]));
    const chunk = Buffer.from(`1000\r\n${"c".repeat(4096)}\r\n`);
    pour(context.socket, () => chunk);
  },
  /** Chunks of which only the extensions go on and on. */
  "chunk-extensions": (context) => {
    context.socket.write(`${head(codeOf(context), [["transfer-encoding", "chunked"]])}1;`);
    const extension = Buffer.alloc(16_384, 0x65);
    pour(context.socket, () => extension);
  },
  /** 1xx answers as fast as they are read. */
  "early-hints-flood": (context) => {
    const hints = Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100));
    pour(context.socket, () => hints);
  },
  "headers-huge": (context) =>
    answer(context.socket, 200, "ok", [["x-huge", "h".repeat(numberArg(context, 0, 128) * 1024)]]),
  "headers-many": (context) =>
    answer(
      context.socket,
      200,
      "ok",
      Array.from({ length: numberArg(context, 0, 5000) }, (_, i): [string, string] => [`x-many-${i}`, "v"]),
    ),

  reset: ({ socket }) => {
    socket.resetAndDestroy();
  },
  "reset-early": {
    early: ({ socket }) => {
      socket.resetAndDestroy();
      return "stop-reading";
    },
  },
  close: ({ socket }) => {
    socket.end();
  },
  "reset-mid": ({ socket }) => {
    socket.write(CUT_HEAD);
    // The head has to be on the wire, or the reset would overtake it.
    after(socket, 30, () => socket.resetAndDestroy());
  },
  "close-mid": ({ socket }) => {
    socket.end(CUT_HEAD);
  },
  "cl-long": ({ socket }) => {
    socket.end(`${head(200, [["content-length", "1000"]])}short`);
  },
  "cl-short": raw(`${head(200, [["content-length", "2"]])}okHTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n`),
  "bad-chunk": raw(`${head(200, [["transfer-encoding", "chunked"]])}zz\r\nnot a chunk\r\n`),
  "cl-dup": raw(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\nok`),
  "te-cl": raw(
    `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  ),
  "header-bad": raw("HTTP/1.1 200 OK\r\nx-bad: a\u0000b\r\ncontent-length: 2\r\n\r\nok"),
  http09: ({ socket }) => {
    socket.end("<html>hello</html>");
  },
  "not-http": ({ socket }) => {
    socket.end("SSH-2.0-OpenSSH_9.6\r\n");
  },
  "101": raw("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"),
  badstatus: (context) => {
    context.socket.write(`HTTP/1.1 ${context.args[0] ?? "abc"} Odd\r\ncontent-length: 2\r\n\r\nok`);
  },
  /** A right answer, then one that nobody asked for: `/prestage/<code>?after=<ms>`. */
  prestage: (context) => {
    answer(context.socket, 200, "ok");
    const staged = () => answer(context.socket, numberArg(context, 0, 410), "staged");
    const delay = context.query.get("after");
    if (delay === null) staged();
    else after(context.socket, Number(delay), staged);
  },

  /** Answers before the body is read, then resets: `/early-ok/<code>`. */
  "early-ok": {
    early: (context) => {
      answer(context.socket, numberArg(context, 0, 200), "early");
      context.socket.pause();
      after(context.socket, 30, () => context.socket.resetAndDestroy());
      return "stop-reading";
    },
  },
  "no-read": {
    early: ({ socket }) => {
      socket.pause();
      return "stop-reading";
    },
  },
  /** Reads one piece of the body every so many milliseconds and never gets to answer in time. */
  "slow-read": {
    early: (context) => {
      context.socket.pause();
      every(context.socket, numberArg(context, 0, 1000), () => {
        context.socket.read(16_384);
        return true;
      });
      return "stop-reading";
    },
  },
};
