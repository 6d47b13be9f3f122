// Owns the way from request bytes to checked events. The bytes of `data` are cut out and never decoded.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import {
  type CreateEventInput,
  createEventInput,
  MAX_BATCH_EVENTS,
  MAX_EVENT_BODY_BYTES,
  MAX_JSON_DEPTH,
} from "@/lib/contracts/events";
import { AppError, type FieldError } from "@/lib/domain/errors";
import { JsonScanError, type JsonSlice, scanItems, scanMembers } from "@/lib/domain/json/scan";

export type ParsedEvent = {
  input: CreateEventInput;
  /** The raw bytes of `data`. */
  data: Buffer;
  /** SHA-256 of the event's raw JSON: tells a repetition from a conflict. */
  hash: Buffer;
};

function invalid(errors: FieldError[]): AppError {
  const [first] = errors;
  const detail =
    first === undefined ? "The request is not valid." : `${first.path || "body"}: ${first.message}`;
  return new AppError("invalid_request", detail, { errors });
}

function scanOrRefuse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const code = error.reason === "too_deep" ? "body_too_deep" : "invalid_json";
    throw new AppError(code, `The body is not acceptable JSON: ${error.message}.`, {
      errors: [{ path: "", message: error.message }],
    });
  }
}

/** Refuses what no receiver's library would accept: an empty body, a byte order mark, invalid UTF-8. */
function checkBytes(body: Buffer): void {
  if (body.length === 0) throw new AppError("invalid_json", "The body is empty; send one JSON object.");
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new AppError("invalid_json", "The body starts with a byte order mark; send plain UTF-8.");
  }
  if (!isUtf8(body)) throw new AppError("invalid_utf8", "The body is not valid UTF-8.");
}

function readEvent(
  body: Buffer,
  slice: JsonSlice,
  members: JsonSlice[],
  path: string,
  errors: FieldError[],
): ParsedEvent | null {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const fields: [string, unknown][] = [];
  let data: Buffer | null = null;
  for (const member of members) {
    const bytes = body.subarray(member.start, member.end);
    if (member.name === "data") data = bytes;
    else fields.push([member.name, JSON.parse(bytes.toString("utf8"))]);
  }
  // fromEntries defines own properties, so a member named __proto__ is an unknown field and nothing more.
  const parsed = createEventInput.safeParse(Object.fromEntries(fields));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [""];
      for (const key of keys) {
        const name = [...issue.path.map(String), key].filter((part) => part !== "").join(".");
        errors.push({
          path: at(name).replace(/\.$/, ""),
          message: issue.code === "unrecognized_keys" ? "unknown field" : issue.message,
        });
      }
    }
  }
  if (data === null) errors.push({ path: at("data"), message: "is required" });
  if (slice.end - slice.start > MAX_EVENT_BODY_BYTES) {
    errors.push({ path, message: `an event may have at most ${MAX_EVENT_BODY_BYTES} bytes` });
  }
  if (!parsed.success || data === null) return null;
  const hash = createHash("sha256").update(body.subarray(slice.start, slice.end)).digest();
  return { input: parsed.data, data, hash };
}

/** The event in a request body. Throws an `AppError` that names every bad field. */
export function parseEvent(body: Buffer): ParsedEvent {
  checkBytes(body);
  const members = scanOrRefuse(() => scanMembers(body, 0, body.length, MAX_JSON_DEPTH + 1));
  const errors: FieldError[] = [];
  const event = readEvent(body, { name: "", start: 0, end: body.length }, members, "", errors);
  if (event === null || errors.length > 0) throw invalid(errors);
  return event;
}

/** The events of a batch body `{"events": [...]}`, all of them or an error that names what is wrong with which. */
export function parseBatch(body: Buffer): { events: ParsedEvent[]; hash: Buffer } {
  checkBytes(body);
  const top = scanOrRefuse(() => scanMembers(body, 0, body.length, MAX_JSON_DEPTH + 3));
  const unknown = top.filter((member) => member.name !== "events");
  const list = top.find((member) => member.name === "events");
  if (unknown.length > 0)
    throw invalid(unknown.map(({ name }) => ({ path: name, message: "unknown field" })));
  if (list === undefined) throw invalid([{ path: "events", message: "is required: an array of events" }]);
  const items = scanOrRefuse(() => scanItems(body, list.start, list.end, MAX_JSON_DEPTH + 2));
  if (items.length < 1 || items.length > MAX_BATCH_EVENTS) {
    throw invalid([{ path: "events", message: `must have 1 to ${MAX_BATCH_EVENTS} events` }]);
  }
  const errors: FieldError[] = [];
  const events: ParsedEvent[] = [];
  for (const item of items) {
    const members = scanOrRefuse(() => scanMembers(body, item.start, item.end, MAX_JSON_DEPTH + 1));
    const event = readEvent(body, item, members, `events[${item.name}]`, errors);
    if (event !== null) events.push(event);
    if (errors.length >= 50) break;
  }
  const ids = new Set<string>();
  events.forEach(({ input: { id } }, index) => {
    if (id === undefined) return;
    if (ids.has(id)) errors.push({ path: `events[${index}].id`, message: "is used twice in this batch" });
    ids.add(id);
  });
  if (errors.length > 0) throw invalid(errors);
  return { events, hash: createHash("sha256").update(body).digest() };
}
