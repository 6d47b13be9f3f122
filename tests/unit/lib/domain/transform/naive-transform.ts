// A second, independent mapping for the tests: slow, over parsed values, with no idea of bytes. It shares nothing with the
// engine but the words of docs/decisions/0016.
type Model = null | boolean | number | string | Model[] | Map<string, Model>;

/** Names, indices, and "*" (as a symbol) for every item. */
export const EACH = Symbol("[*]");
export type NaivePath = (string | number | typeof EACH)[];
export type NaiveRule =
  | { op: "rename" | "copy"; from: NaivePath; to: NaivePath }
  | { op: "split"; from: NaivePath; separator: string; to: NaivePath[]; keep: boolean }
  | { op: "join"; from: NaivePath[]; separator: string; to: NaivePath; keep: boolean }
  | { op: "delete"; path: NaivePath }
  | { op: "set" | "default"; path: NaivePath; value: unknown };

type Ref = { parent: Map<string, Model> | Model[]; key: string | number };

export function toModel(value: unknown): Model {
  if (Array.isArray(value)) return value.map(toModel);
  if (typeof value !== "object" || value === null) return value as Model;
  return new Map(Object.entries(value).map(([name, item]) => [name, toModel(item)]));
}

/** Compact text, members in their order. */
export function textOfModel(model: Model): string {
  if (Array.isArray(model)) return `[${model.map(textOfModel).join(",")}]`;
  if (!(model instanceof Map)) return JSON.stringify(model);
  return `{${[...model].map(([name, item]) => `${JSON.stringify(name)}:${textOfModel(item)}`).join(",")}}`;
}

const read = ({ parent, key }: Ref): Model | undefined =>
  parent instanceof Map ? parent.get(String(key)) : parent[Number(key)];

function write({ parent, key }: Ref, value: Model): void {
  if (parent instanceof Map) parent.set(String(key), value);
  else parent[Number(key)] = value;
}

function drop({ parent, key }: Ref): void {
  if (parent instanceof Map) parent.delete(String(key));
  else parent.splice(Number(key), 1);
}

function child(ref: Ref, step: NaivePath[number]): Ref | null {
  const value = read(ref);
  if (typeof step === "string" && value instanceof Map && value.has(step))
    return { parent: value, key: step };
  if (typeof step === "number" && Array.isArray(value) && step < value.length)
    return { parent: value, key: step };
  return null;
}

function all(ref: Ref, path: NaivePath): Ref[] {
  const [step, ...rest] = path;
  if (step === undefined) return [ref];
  if (step === EACH) {
    const value = read(ref);
    return Array.isArray(value)
      ? value.map((_, key) => ({ parent: value, key })).flatMap((item) => all(item, rest))
      : [];
  }
  const next = child(ref, step);
  return next === null ? [] : all(next, rest);
}

/** Whether a value can be put there, and (`value` given) putting it. */
function put(ref: Ref, path: NaivePath, value?: Model): boolean {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (value !== undefined) write(ref, value);
    return true;
  }
  const next = child(ref, step);
  if (next !== null) return put(next, rest, value);
  const here = read(ref);
  const fits = typeof step === "string" ? here instanceof Map : Array.isArray(here) && step === here.length;
  if (!fits || rest.some((later) => typeof later === "number" && later !== 0)) return false;
  if (value === undefined) return true;
  let made = value;
  for (const later of rest.reverse()) made = typeof later === "string" ? new Map([[later, made]]) : [made];
  write({ parent: here as Ref["parent"], key: step as string | number }, made);
  return true;
}

const isPrefix = (outer: NaivePath, inner: NaivePath) =>
  outer.length <= inner.length && outer.every((step, at) => step === inner[at]);

function inScope(path: NaivePath): [NaivePath, NaivePath] {
  const at = path.lastIndexOf(EACH) + 1;
  return [path.slice(0, at), path.slice(at)];
}

function one(ref: Ref, path: NaivePath): Ref | null {
  return all(ref, path)[0] ?? null;
}

function move(place: Ref, rule: Extract<NaiveRule, { op: "rename" | "copy" }>): void {
  const [from, to] = [inScope(rule.from)[1], inScope(rule.to)[1]];
  const source = one(place, from);
  if (source === null || !put(place, to)) return;
  const value = read(source) as Model;
  if (rule.op === "copy" || isPrefix(rule.to, rule.from)) {
    put(place, to, structuredClone(value));
    return;
  }
  const name = to.at(-1);
  const parent = source.parent;
  const isNeighbour = to.length === from.length && to.slice(0, -1).every((step, at) => step === from[at]);
  if (isNeighbour && typeof name === "string" && parent instanceof Map && !parent.has(name)) {
    const members = [...parent];
    parent.clear();
    for (const [key, item] of members) parent.set(key === source.key ? name : key, item);
    return;
  }
  put(place, to, value);
  drop(source);
}

function split(place: Ref, rule: Extract<NaiveRule, { op: "split" }>): void {
  const source = one(place, inScope(rule.from)[1]);
  const text = source === null ? null : read(source);
  if (source === null || typeof text !== "string") return;
  const pieces = text.split(rule.separator);
  const last = rule.to.length - 1;
  const parts = [
    ...pieces.slice(0, last),
    ...(pieces.length > last ? [pieces.slice(last).join(rule.separator)] : []),
  ];
  const written = parts.map((part, index) => put(place, inScope(rule.to[index] ?? [])[1], part));
  const isOver = rule.to.some((path) => path.length === rule.from.length && isPrefix(path, rule.from));
  if (written.every(Boolean) && !rule.keep && !isOver) drop(source);
}

function join(place: Ref, rule: Extract<NaiveRule, { op: "join" }>): void {
  const sources = rule.from.map((path) => ({ path, ref: one(place, inScope(path)[1]) }));
  const found = sources.flatMap(({ path, ref }) =>
    ref === null ? [] : [{ path, ref, value: read(ref) as Model }],
  );
  if (found.some(({ value }) => typeof value === "object" && value !== null)) return;
  const parts = found.filter(({ value }) => value !== null).map(({ value }) => String(value));
  if (parts.length === 0) return;
  if (!put(place, inScope(rule.to)[1], parts.join(rule.separator)) || rule.keep) return;
  const gone = found.filter(({ path }) => !isPrefix(rule.to, path)).map(({ ref }) => ref);
  const distinct = gone.filter(
    (ref, at) => gone.findIndex((other) => other.parent === ref.parent && other.key === ref.key) === at,
  );
  distinct.sort((a, b) => Number(b.key) - Number(a.key) || 0);
  for (const ref of distinct) drop(ref);
}

function erase(root: Ref, path: NaivePath): void {
  const last = path.at(-1);
  for (const parent of all(root, path.slice(0, -1))) {
    const value = read(parent);
    if (last === EACH) {
      if (Array.isArray(value)) value.length = 0;
    } else if (last !== undefined) {
      const ref = child(parent, last);
      if (ref !== null) drop(ref);
    }
  }
}

/** The document after the rules. */
export function naiveTransform(doc: unknown, rules: readonly NaiveRule[]): Model {
  const holder = new Map<string, Model>([["root", toModel(doc)]]);
  const root: Ref = { parent: holder, key: "root" };
  for (const rule of rules) {
    if (rule.op === "delete") {
      erase(root, rule.path);
      continue;
    }
    const target = "path" in rule ? rule.path : rule.op === "split" ? rule.from : rule.to;
    for (const place of all(root, inScope(target)[0])) {
      if (rule.op === "split") split(place, rule);
      else if (rule.op === "join") join(place, rule);
      else if ("from" in rule) move(place, rule);
      else {
        const inner = inScope(rule.path)[1];
        if (rule.op === "default" && one(place, inner) !== null) continue;
        put(place, inner, toModel(rule.value));
      }
    }
  }
  return holder.get("root") as Model;
}
