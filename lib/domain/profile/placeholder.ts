// Owns the small language of `{{…}}` in profiles: which values there are, where each may stand, and how a text is cut into
// fixed parts and values. Runs in the browser too: it knows neither bytes nor crypto.

/** Where a template stands: in the body, which depends on the event alone, or in a header, which may differ by attempt. */
export type TemplatePlace = "envelope" | "header";

type Named = {
  place: "anywhere" | "header";
  /** False for what an event may lack. */
  always: boolean;
  about: string;
};

/** Every value with a fixed name. `event.attributes.NAME` and `event.data.PATH` come on top. */
export const PROFILE_VALUES = {
  "event.id": {
    place: "anywhere",
    always: true,
    about: "The event's id: the same on every attempt and replay",
  },
  "event.type": { place: "anywhere", always: true, about: "The event's type, such as order.paid" },
  "event.subject": { place: "anywhere", always: false, about: "The event's subject: what it is about" },
  "event.tenant": { place: "anywhere", always: false, about: "The event's tenant: whose it is" },
  "event.time.iso": { place: "anywhere", always: true, about: "When it happened: 2026-03-15T14:30:00Z" },
  "event.time.iso_ms": {
    place: "anywhere",
    always: true,
    about: "When it happened, with milliseconds: 2026-03-15T14:30:00.000Z",
  },
  "event.time.unix": {
    place: "anywhere",
    always: true,
    about: "When it happened, in Unix seconds: a number",
  },
  "event.time.unix_ms": {
    place: "anywhere",
    always: true,
    about: "When it happened, in Unix milliseconds: a number",
  },
  environment: { place: "anywhere", always: true, about: "The environment: live or sandbox" },
  "environment.is_live": {
    place: "anywhere",
    always: true,
    about: "Whether it is the live one: true or false",
  },
  "attempt.id": { place: "header", always: true, about: "An id that is new for every request" },
  "attempt.number": { place: "header", always: true, about: "The attempt's number, 1 for the first" },
  "attempt.time.iso": {
    place: "header",
    always: true,
    about: "When this attempt started: 2026-03-15T14:30:00Z",
  },
  "attempt.time.iso_ms": {
    place: "header",
    always: true,
    about: "When this attempt started, with milliseconds",
  },
  "attempt.time.unix": { place: "header", always: true, about: "When this attempt started, in Unix seconds" },
  "attempt.time.unix_ms": {
    place: "header",
    always: true,
    about: "When this attempt started, in Unix milliseconds",
  },
  "attempt.time.http": { place: "header", always: true, about: "When this attempt started, as an HTTP date" },
  "delivery.id": {
    place: "header",
    always: true,
    about: "The delivery's id: the same on every attempt, another one for a replay",
  },
  "endpoint.id": { place: "header", always: true, about: "Id of the endpoint that is being delivered to" },
  "body.sha256": { place: "header", always: true, about: "SHA-256 of the body in hex" },
  "body.sha256_base64": { place: "header", always: true, about: "SHA-256 of the body in base64" },
  "body.size": { place: "header", always: true, about: "Length of the body in bytes" },
} as const satisfies Record<string, Named>;

export type ValueName = keyof typeof PROFILE_VALUES;

export type ValueRef =
  | { kind: "named"; name: ValueName }
  | { kind: "attribute"; name: string }
  /** A member of the event's data; the empty path is all of it. */
  | { kind: "data"; path: readonly string[] };

export type Placeholder = {
  /** As it was written, braces included. */
  source: string;
  ref: ValueRef;
  /** `?`: the member or header is left out when there is no value. */
  optional: boolean;
  /** What stands in for a missing value. */
  fallback: ValueRef | { kind: "text"; text: string } | null;
};

export type TextPart = string | Placeholder;

export type ParsedText = { outcome: "parsed"; parts: TextPart[] } | { outcome: "refused"; message: string };

const MAX_PATH_SEGMENTS = 16;
const MAX_FALLBACK_LENGTH = 256;
const PLACEHOLDER =
  /\{\{\s*([^\s|?{}"'()]+)(\?)?\s*(?:\|\s*default\(\s*(?:"([^"]*)"|'([^']*)'|([^\s|?{}"'()]+))\s*\)\s*)?\}\}/y;
const SEGMENT = /^[\p{L}\p{N}_$-]{1,64}$/u;
const ATTRIBUTE = /^[a-zA-Z0-9_.-]{1,64}$/;
const HOW = `write {{event.type}}, {{event.subject?}} or {{event.subject | default("none")}}`;

class Refusal extends Error {}

function refFor(path: string, place: TemplatePlace): ValueRef {
  if (path === "event.data" || path.startsWith("event.data.")) return dataRef(path, place);
  if (path.startsWith("event.attributes.")) {
    const name = path.slice("event.attributes.".length);
    if (!ATTRIBUTE.test(name)) {
      throw new Refusal(`"${name}" cannot be the name of an attribute: letters, digits, _ . - (at most 64)`);
    }
    return { kind: "attribute", name };
  }
  if (!Object.hasOwn(PROFILE_VALUES, path)) {
    throw new Refusal(
      `there is no value "${path}"; values are event.id, event.type, event.data.… and the others of the reference`,
    );
  }
  const name = path as ValueName;
  if (place === "envelope" && PROFILE_VALUES[name].place === "header") {
    throw new Refusal(
      `"${path}" can be used in headers only: the body has to be the same on every attempt and replay`,
    );
  }
  return { kind: "named", name };
}

function dataRef(path: string, place: TemplatePlace): ValueRef {
  const segments = path === "event.data" ? [] : path.slice("event.data.".length).split(".");
  if (place === "header" && segments.length === 0) {
    throw new Refusal(`all of "event.data" does not fit into a header; name a member, such as event.data.id`);
  }
  if (segments.length > MAX_PATH_SEGMENTS) {
    throw new Refusal(
      `"${path}" goes ${segments.length} members deep; at most ${MAX_PATH_SEGMENTS} are allowed`,
    );
  }
  const odd = segments.find((segment) => !SEGMENT.test(segment));
  if (odd !== undefined) {
    throw new Refusal(
      `"${odd}" in "${path}" is not a member that can be named here: letters, digits, _ $ - (at most 64)`,
    );
  }
  return { kind: "data", path: segments };
}

function placeholderFor(match: RegExpExecArray, place: TemplatePlace): Placeholder {
  const [source, path = "", mark, double, single, other] = match;
  const text = double ?? single;
  const optional = mark !== undefined;
  if (text !== undefined && optional) {
    throw new Refusal(`${source} can never be left out, because it has a default; remove the question mark`);
  }
  if (text !== undefined && text.length > MAX_FALLBACK_LENGTH) {
    throw new Refusal(
      `the default in "${path}" has ${text.length} characters; at most ${MAX_FALLBACK_LENGTH} are allowed`,
    );
  }
  const fallback =
    text !== undefined
      ? ({ kind: "text", text } as const)
      : other === undefined
        ? null
        : refFor(other, place);
  return { source, ref: refFor(path, place), optional, fallback };
}

/** Cuts a text into fixed parts and placeholders, or says in words what is wrong with the first bad one. */
export function parseText(text: string, place: TemplatePlace): ParsedText {
  const parts: TextPart[] = [];
  let at = 0;
  try {
    for (;;) {
      const open = text.indexOf("{{", at);
      if (open !== at) parts.push(text.slice(at, open === -1 ? text.length : open));
      if (open === -1 || text === "") break;
      PLACEHOLDER.lastIndex = open;
      const match = PLACEHOLDER.exec(text);
      if (match === null) {
        return {
          outcome: "refused",
          message: `"${text.slice(open, open + 40)}" cannot be read: ${HOW}`,
        };
      }
      parts.push(placeholderFor(match, place));
      at = open + match[0].length;
      if (at === text.length) break;
    }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: "refused", message: error.message };
    throw error;
  }
  return { outcome: "parsed", parts };
}

/** True when the placeholder has a value whatever the event. */
export function isAlwaysThere({ ref, fallback }: Placeholder): boolean {
  const sure = (value: ValueRef) => value.kind === "named" && PROFILE_VALUES[value.name].always;
  if (sure(ref)) return true;
  if (fallback === null) return false;
  return fallback.kind === "text" ? fallback.text !== "" : sure(fallback);
}

/** The paths into `data` that these placeholders read, each once. */
export function dataPaths(placeholders: readonly Placeholder[]): (readonly string[])[] {
  const paths = new Map<string, readonly string[]>();
  for (const { ref, fallback } of placeholders) {
    for (const value of [ref, fallback]) {
      if (value?.kind === "data") paths.set(value.path.join("."), value.path);
    }
  }
  return [...paths.values()];
}
