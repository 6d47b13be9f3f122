// Owns the order of the wizard's steps and which of them can be opened with the answers given so far.
import { createEndpointInput } from "@/lib/contracts/endpoints";
import { isRefineValid, refineInput } from "./refine-draft";
import type { WizardDraft } from "./wizard-draft";

export const WIZARD_STEPS = [
  { id: "url", label: "Address" },
  { id: "events", label: "Events" },
  { id: "profile", label: "Profile" },
  { id: "filter", label: "Filter and mapping" },
  { id: "settings", label: "Settings" },
  { id: "review", label: "Review" },
  { id: "secret", label: "Secret" },
  { id: "test", label: "Test" },
] as const;

export type WizardStepId = (typeof WIZARD_STEPS)[number]["id"];

export function isWizardStep(value: string): value is WizardStepId {
  return WIZARD_STEPS.some((step) => step.id === value);
}

/** The answers as the API wants them; header values are in memory only. */
export function draftInput(draft: WizardDraft) {
  const filled = draft.headers.filter((header) => header.name !== "" || header.value !== "");
  const headers = Object.fromEntries(filled.map((header) => [header.name, header.value]));
  return {
    url: draft.url,
    event_types: draft.eventTypes,
    ...(draft.tenant && { tenant: draft.tenant }),
    ...(draft.description && { description: draft.description }),
    ...(filled.length > 0 && { headers }),
    ...(draft.profile !== null && { profile: draft.profile }),
    ...(draft.timeoutMs !== null && { timeout_ms: draft.timeoutMs }),
    ...(draft.retryPolicy !== null && { retry_policy: draft.retryPolicy }),
    max_concurrency: draft.maxConcurrency,
    ...refineInput(draft.refine),
  };
}

const { shape } = createEndpointInput;

function isAnswered(step: WizardStepId, draft: WizardDraft): boolean {
  const input = draftInput(draft);
  if (step === "url") return URL.canParse(draft.url) && shape.url.safeParse(input.url).success;
  if (step === "events") return shape.event_types.safeParse(input.event_types).success;
  if (step === "profile") return draft.profile !== null && shape.profile.safeParse(draft.profile).success;
  if (step === "filter") return isRefineValid(draft.refine);
  // A header without its value (values do not survive a reload) must be typed again.
  if (step === "settings") {
    return (
      draft.headers.every((header) => header.name === "" || header.value !== "") &&
      createEndpointInput.safeParse(input).success
    );
  }
  if (step === "review") return draft.created !== null;
  return step === "secret" ? draft.created !== null && draft.secretSaved : true;
}

/**
 * The furthest step that may be opened: the first one without a valid answer. Once the endpoint exists,
 * the questions are closed and only its secret and its test are left.
 */
export function openableSteps(draft: WizardDraft): Set<WizardStepId> {
  if (draft.created !== null) return new Set(draft.secretSaved ? ["secret", "test"] : ["secret"]);
  const open = new Set<WizardStepId>();
  for (const step of WIZARD_STEPS) {
    open.add(step.id);
    if (!isAnswered(step.id, draft)) break;
  }
  return open;
}
