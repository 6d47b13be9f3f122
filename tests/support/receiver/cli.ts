// Owns the stand-alone misbehaving receiver: `npx tsx tests/support/receiver/cli.ts [--port 4010] [--tls good] [--quiet]`.
// Prints one JSON line for each request, and its address first.
import { parseArgs } from "node:util";
import { BEHAVIOURS, startReceiver } from "./receiver";
import { TLS_MODES, type TlsMode } from "./tls-modes";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    tls: { type: "string" },
    quiet: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function tlsMode(text: string | undefined): TlsMode | undefined {
  if (text === undefined) return undefined;
  const mode = TLS_MODES.find((known) => known === text);
  if (!mode) throw new Error(`--tls must be one of ${TLS_MODES.join(", ")}`);
  return mode;
}

if (values.help) {
  console.log("Options: --port, --host, --tls <mode>, --quiet");
  console.log(
    `Paths: /<status> ${Object.keys(BEHAVIOURS)
      .map((name) => `/${name}`)
      .join(" ")}`,
  );
  console.log(`TLS modes: ${TLS_MODES.join(" ")}`);
} else {
  const receiver = await startReceiver({
    port: Number(values.port),
    host: values.host,
    tls: tlsMode(values.tls),
    keep: 1000,
    onRequest: (request) => {
      if (values.quiet) return;
      const { method, target, connection, sha256, body } = request;
      console.log(
        JSON.stringify({
          at: new Date(request.at).toISOString(),
          connection,
          method,
          target,
          bytes: body.length,
          sha256,
        }),
      );
    },
  });
  console.log(JSON.stringify({ listening: receiver.url }));
  if (receiver.caCertificate) console.log(receiver.caCertificate);
  const stop = () => {
    void receiver.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
