// Port questions: which one is free, and is this one?
import { createServer } from "node:net";

/** The port when it can be bound on `host` now (0 = any free one), or undefined when something listens there. */
export function bindablePort(port: number, host = "127.0.0.1"): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
