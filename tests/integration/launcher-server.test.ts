import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bindablePort } from "@/bin/free-port";
import { type HttpServer, openHttpServer } from "@/bin/server";

const SHORT = { request: 600, headers: 300, check: 50, keepAlive: 5_000 };

let port: number;
let server: HttpServer;
let sockets: Socket[];

beforeEach(async () => {
  port = (await bindablePort(0)) ?? 0;
  server = await openHttpServer(port, undefined, SHORT);
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop(0);
});

async function dial(host = "127.0.0.1"): Promise<Socket> {
  const socket = connect(port, host);
  socket.on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers });

describe("I-22 clients that take for ever", () => {
  it.each([
    ["say nothing", "127.0.0.1", ""],
    ["say nothing over IPv6", "::1", ""],
    ["stop in the headers", "127.0.0.1", "POST /api/v1/events HTTP/1.1\r\nHost: x\r\n"],
    ["stop in the body", "127.0.0.1", "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"],
  ])("that %s are hung up on, and others are served meanwhile", async (_what, host, begin) => {
    server.serve(async (request, response) => {
      if (request.method === "POST") await text(request);
      response.end("ok");
    });
    const slow = await dial(host);
    const closed = once(slow, "close");
    slow.resume();
    slow.write(begin);
    expect((await get("/")).status).toBe(200);
    await closed;
    expect((await get("/")).status).toBe(200);
  });
});

describe("before the application is there", () => {
  it("is live, not ready, and asks to come back", async () => {
    expect((await get("/api/health/live")).status).toBe(200);
    const answer = await get("/api/health/ready");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("2");
  });
});

describe("C-08 stopping", () => {
  it("lets a request finish, refuses new connections, and ends streams", async () => {
    const waiting: ServerResponse[] = [];
    server.serve(async (request, response) => {
      if (request.url === "/stream") {
        response.writeHead(200, { "content-type": "text/event-stream" }).write(": hello\n\n");
      } else {
        waiting.push(response);
        if (request.url === "/slow") response.writeHead(200).write("half ");
      }
    });
    const slow = await get("/slow");
    const stream = await get("/stream", { accept: "text/event-stream" });

    const streamEnd = stream.text().catch(() => "cut");
    const stopped = server.stop(10_000);
    expect(await streamEnd).toBe("cut");
    await expect(get("/late")).rejects.toThrow();
    waiting[0]?.end("whole");
    expect(await slow.text()).toBe("half whole");
    await stopped;
  });

  it("cuts what does not finish in time", async () => {
    server.serve(async (_request, response) => {
      response.writeHead(200).write("half ");
    });
    const never = await get("/");
    await server.stop(50);
    await expect(never.text()).rejects.toThrow();
  });
});

describe("a handler with a defect", () => {
  it("answers 500 and goes on", async () => {
    server.serve(async () => {
      throw new Error("defect");
    });
    expect((await get("/")).status).toBe(500);
    expect((await get("/")).status).toBe(500);
  });
});

it.each([
  [undefined, "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
  ["::1", "::1"],
  ["127.0.0.2", "127.0.0.2"],
])("told to listen on %s, it is reached by this process at %s", async (host, ownAddress) => {
  const free = (await bindablePort(0, host)) ?? 0;
  const other = await openHttpServer(free, host, SHORT);
  expect(other.ownAddress).toBe(ownAddress);
  const socket = connect(free, other.ownAddress);
  sockets.push(socket);
  await once(socket, "connect");
  await other.stop(0);
});

it("says in one line that the port is taken, for either address", async () => {
  await expect(openHttpServer(port, undefined)).rejects.toThrow(
    `Port ${port} is in use; set PORT to another.`,
  );
  await expect(openHttpServer(port, "::1")).rejects.toThrow(`Port ${port} is in use; set PORT to another.`);
});
