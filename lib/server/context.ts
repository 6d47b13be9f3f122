// Owns what every service is given: the parts of the running instance, time and randomness included.
// Services never reach for a global; routes pass `getRuntime()`, tests pass a context of their own.
import type { Logger } from "pino";
import type { SourceAddress } from "@/lib/domain/egress/source-addresses";
import type { IdKind } from "@/lib/domain/ids";
import type { Bus } from "./live/bus";
import type { Mailer } from "./mail/mailer";
import type { Outbound } from "./outbound/send";
import type { Database } from "./repositories/database";
import type { SecretBox } from "./secrets/secret-box";
import type { DeliveryPump } from "./services/delivery/pump";
import type { WireCache } from "./services/delivery/wires";
import type { IngestPipeline } from "./services/ingest/pipeline";

export type ServiceContext = {
  /** Where people reach this instance, without a trailing slash. */
  publicUrl: string;
  /** What receivers are told to let in; empty when this instance promises nothing. */
  sourceAddresses: readonly SourceAddress[];
  db: Database;
  secrets: SecretBox;
  outbound: Outbound;
  /** Null: e-mails are kept, for reading in the dashboard. */
  mailer: Mailer | null;
  bus: Bus;
  pump: DeliveryPump;
  /** What deliveries look like on the wire: profiles and field mappings, compiled. */
  wires: WireCache;
  ingest: IngestPipeline;
  /** Notes event types that were seen, so that the catalogue fills itself; never in the way of an answer. */
  observeEventTypes: (workspaceId: string, types: readonly string[]) => void;
  logger: Logger;
  /** Unix milliseconds. */
  now: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  randomBytes: (size: number) => Buffer;
  newId: (kind: IdKind) => string;
};
