// Owns what follows from an endpoint's health at an evaluation: a warning, the end, the good news, or nothing.
import type { AutoDisableRule } from "../profile/definition-shape";
import { type HealthAssessment, type HealthFacts, warnedPercentOf } from "./assess";

export type HealthDecision = {
  /** It was well again after a warning: those who were warned are told. */
  recovered: boolean;
  /** What to do now; both need at least `min_failures` failing deliveries, which the caller counts. */
  effect: { kind: "none" } | { kind: "warn"; percent: number } | { kind: "disable" };
};

export type DecisionInput = {
  facts: HealthFacts;
  assessment: HealthAssessment;
  rule: AutoDisableRule | null;
  /** A paused or disabled endpoint is not evaluated: nothing is sent to it. */
  isActive: boolean;
  /** Nothing gets out of here at the moment: nobody is warned or disabled. */
  nothingGetsOut: boolean;
};

/** The decision for one endpoint. Calling it again after its effect gives no second effect. */
export function decideHealth(input: DecisionInput): HealthDecision {
  const { facts, assessment, rule } = input;
  const warned = warnedPercentOf(facts);
  const recovered = facts.warnedPercent > 0 && facts.warnedSinceMs !== facts.failingSinceMs;
  const none: HealthDecision = { recovered, effect: { kind: "none" } };
  if (rule === null || !assessment.failing || !input.isActive || input.nothingGetsOut) return none;
  if (assessment.isDue) return { recovered, effect: { kind: "disable" } };
  if (assessment.stage > warned) return { recovered, effect: { kind: "warn", percent: assessment.stage } };
  return none;
}
