// Owns the form of a pack: event types that belong together, each with an example. Knows no storage.

/** An example of an event type. `data` is JSON text, sent byte for byte. */
export type EventExample = {
  readonly data: string;
  readonly subject: string | null;
  readonly attributes: Readonly<Record<string, string>> | null;
};

export type PackType = {
  readonly name: string;
  readonly description: string;
  readonly example: EventExample;
};

export type Pack = {
  /** Names the pack in the API; never changes. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** The built-in profile that is made for these types. */
  readonly profile: string;
  readonly types: readonly PackType[];
};
