// Owns how a delivery looks on the wire: its profile's version and field mapping, compiled once. Both are immutable, so
// what is cached can never be out of date, and retries and replays send what the first attempt sent.
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { type CompiledProfile, compileProfile, type ProfileEvent } from "@/lib/domain/profile/compile";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { compileTransform, type Transform } from "@/lib/domain/transform/compile";
import type { Database } from "../../repositories/database";
import { readProfileDefinition, readTransformRules } from "../../repositories/wires";

const MAX_CACHED = 2_000;

/** What a delivery was pinned to when it was made; null stands for the default profile and for no mapping. */
export type WireRef = { profileVersionId: number | null; transformId: number | null };

export type Wire = {
  profile: CompiledProfile;
  transform: Transform | null;
};

/** A profile version or field mapping that is missing or cannot be read; the database itself answered. */
export class WireError extends Error {}

export type WireCache = {
  /** The wire when it is at hand. Spares the hot path a promise. */
  known(ref: WireRef): Wire | undefined;
  /** Throws `WireError`: nothing may then be sent in another form. Also throws what the database does. */
  get(ref: WireRef): Promise<Wire>;
};

const DEFAULT_WIRE: Wire = { profile: compileProfile(DEFAULT_PROFILE.definition), transform: null };

/** The event as the receiver gets it and its body. The same for every attempt. Throws `TransformError`, `BodyTooLargeError`. */
export function renderOnWire(wire: Wire, event: ProfileEvent): { event: ProfileEvent; body: Buffer } {
  const sent = wire.transform === null ? event : { ...event, data: wire.transform.apply(event.data).bytes };
  return { event: sent, body: wire.profile.render(sent) };
}

function createCache<T>(load: (id: number) => Promise<T>) {
  const ready = new Map<number, T>();
  return {
    known: (id: number) => ready.get(id),
    async get(id: number): Promise<T> {
      const value = ready.get(id) ?? (await load(id));
      ready.set(id, value);
      if (ready.size > MAX_CACHED) {
        const oldest = ready.keys().next().value;
        if (oldest !== undefined) ready.delete(oldest);
      }
      return value;
    },
  };
}

function compileRules(id: number, text: string) {
  try {
    return compileTransform(JSON.parse(text));
  } catch (error) {
    throw new WireError(`field mapping ${id} cannot be read`, { cause: error });
  }
}

/** A cache over the hot pool. */
export function createWireCache(db: Database): WireCache {
  const profiles = createCache(async (id) => {
    const text = await readProfileDefinition(db.hot, id);
    if (text === null) throw new WireError(`version ${id} of the profile is missing`);
    try {
      return compileProfile(profileDefinitionSchema.parse(JSON.parse(text)));
    } catch (error) {
      throw new WireError(`version ${id} of the profile cannot be read`, { cause: error });
    }
  });
  const transforms = createCache(async (id) => {
    const text = await readTransformRules(db.hot, id);
    if (text === null) throw new WireError(`field mapping ${id} is missing`);
    const compiled = compileRules(id, text);
    if (compiled.ok) return compiled.transform;
    throw new WireError(`field mapping ${id} cannot be read: ${compiled.problems[0]?.message}`);
  });
  return {
    known({ profileVersionId, transformId }) {
      if (profileVersionId === null && transformId === null) return DEFAULT_WIRE;
      const profile = profileVersionId === null ? DEFAULT_WIRE.profile : profiles.known(profileVersionId);
      const transform = transformId === null ? null : transforms.known(transformId);
      return profile === undefined || transform === undefined ? undefined : { profile, transform };
    },
    async get(ref) {
      const { profileVersionId, transformId } = ref;
      return {
        profile: profileVersionId === null ? DEFAULT_WIRE.profile : await profiles.get(profileVersionId),
        transform: transformId === null ? null : await transforms.get(transformId),
      };
    },
  };
}
