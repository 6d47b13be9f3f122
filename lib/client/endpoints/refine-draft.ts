// Owns what narrows and changes the events of one endpoint while it is written: filter, mapping, subjects, rate, and when
// it is disabled for failing. The wizard and the settings page share it. Pure.
import { z } from "zod";
import { createEndpointInput, type EndpointDto, type UpdateEndpointInput } from "@/lib/contracts/endpoints";
import { autoDisableSchema } from "@/lib/domain/profile/definition-shape";
import { draftOfFilter, EMPTY_FILTER, filterDraftSchema, readFilterDraft } from "./filter-draft";
import { draftOfTransform, mappingDraftSchema, readMappingDraft } from "./mapping-draft";

const autoDisableDraft = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("profile") }),
  z.object({ kind: z.literal("never") }),
  z.object({ kind: z.literal("own"), rule: autoDisableSchema }),
]);
export type AutoDisableDraft = z.infer<typeof autoDisableDraft>;

export const refineDraftSchema = z.object({
  filter: filterDraftSchema,
  mapping: mappingDraftSchema,
  subjects: z.array(z.string()),
  rateLimit: z.number().nullable(),
  autoDisable: autoDisableDraft,
});
export type RefineDraft = z.infer<typeof refineDraftSchema>;

/** Every event, as it is, as the profile says. */
export const EMPTY_REFINE: RefineDraft = {
  filter: EMPTY_FILTER,
  mapping: [],
  subjects: [],
  rateLimit: null,
  autoDisable: { kind: "profile" },
};

function autoDisableOf({ overrides, auto_disable }: EndpointDto): AutoDisableDraft {
  if (!overrides.includes("auto_disable")) return { kind: "profile" };
  return auto_disable === false ? { kind: "never" } : { kind: "own", rule: auto_disable };
}

/** The draft that shows an endpoint as it is saved. */
export function refineDraftOf(endpoint: EndpointDto): RefineDraft {
  return {
    filter: draftOfFilter(endpoint.filter),
    mapping: draftOfTransform(endpoint.transform),
    subjects: endpoint.subjects,
    rateLimit: endpoint.rate_limit,
    autoDisable: autoDisableOf(endpoint),
  };
}

/** True when everything in it could be saved. */
export function isRefineValid(draft: RefineDraft): boolean {
  const { shape } = createEndpointInput;
  return (
    readFilterDraft(draft.filter).filter !== undefined &&
    readMappingDraft(draft.mapping).transform !== undefined &&
    shape.subjects.safeParse(draft.subjects).success &&
    shape.rate_limit.safeParse(draft.rateLimit).success &&
    autoDisableDraft.safeParse(draft.autoDisable).success
  );
}

type RefineInput = Required<
  Pick<UpdateEndpointInput, "filter" | "transform" | "subjects" | "rate_limit" | "auto_disable">
>;

/** The draft as the API takes it; what is not valid counts as not set, so ask `isRefineValid` first. */
function inputOf(draft: RefineDraft): RefineInput {
  const { autoDisable } = draft;
  return {
    filter: readFilterDraft(draft.filter).filter ?? null,
    transform: readMappingDraft(draft.mapping).transform ?? null,
    subjects: draft.subjects,
    rate_limit: draft.rateLimit,
    auto_disable:
      autoDisable.kind === "profile" ? null : autoDisable.kind === "never" ? false : autoDisable.rule,
  };
}

/** What differs between the two. A draft that cannot be read yet differs too: there is something to discard. */
function differing(draft: RefineDraft, saved: RefineDraft): Partial<RefineInput> {
  const [now, before] = [inputOf(draft), inputOf(saved)];
  const isOpen = {
    filter: readFilterDraft(draft.filter).filter === undefined,
    transform: readMappingDraft(draft.mapping).transform === undefined,
  } as Partial<Record<keyof RefineInput, boolean>>;
  const names = (Object.keys(now) as (keyof RefineInput)[]).filter(
    (name) => isOpen[name] || JSON.stringify(now[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(names.map((name) => [name, now[name]]));
}

/** Fields of a new endpoint: only what was set. */
export function refineInput(draft: RefineDraft): Partial<RefineInput> {
  return differing(draft, EMPTY_REFINE);
}

/** The change to send for a saved endpoint. */
export function refineChange(draft: RefineDraft, endpoint: EndpointDto): Partial<RefineInput> {
  return differing(draft, refineDraftOf(endpoint));
}
