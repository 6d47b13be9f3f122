// Owns the form of a built-in profile and what most of them share. A built-in is the same data that people can edit.
import { DEFAULT_AUTO_DISABLE, type ProfileDefinition } from "../definition-shape";

/** An event to try a profile with. `data` is JSON text. */
export type SampleEvent = {
  readonly id: string;
  readonly type: string;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly subject?: string;
  readonly tenant?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly data: string;
};

export type BuiltInProfile = {
  /** Names the profile in the API; never changes. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly definition: ProfileDefinition;
  /** At least one; the first is the one for previews. */
  readonly samples: readonly [SampleEvent, ...SampleEvent[]];
};

/** What a profile has unless it says otherwise. */
export const COMMON = {
  headers: [],
  content_type: "application/json",
  content_hash: null,
  success: { statuses: ["2xx"] },
  timeout_ms: 15_000,
  retry_policy: { preset: "standard" },
  auto_disable: DEFAULT_AUTO_DISABLE,
} satisfies Partial<ProfileDefinition>;

/** An HMAC-SHA256 in hex over the body, keyed with the secret's text, as one value in one header. */
export const HEX_OF_BODY = {
  kind: "hmac",
  key: "utf8",
  hash: "sha256",
  content: "{body}",
  encoding: "hex",
  format: "{signatures}",
  each: "{signature}",
  separator: null,
  timestamp_unit: "s",
  timestamp_header: null,
  id_header: null,
} as const;

export const NO_OVERLAP = { overlap: "never", default_overlap_seconds: 0 } as const;
export const ONE_DAY_OVERLAP = { overlap: "allowed", default_overlap_seconds: 86_400 } as const;

export const sampleData = (data: unknown): string => JSON.stringify(data);
