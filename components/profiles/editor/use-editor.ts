"use client";
// Owns a profile while it is edited: by forms or as JSON, with what is wrong and whether it differs from what is saved.

import { useMemo, useState } from "react";
import { ProblemError } from "@/lib/client/problem-error";
import { jsonProblem, placeOf } from "@/lib/client/profiles/json-places";
import {
  canBeForm,
  type DraftProblem,
  definitionJson,
  problemsOf,
  serverProblems,
} from "@/lib/client/profiles/profile-draft";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

export type SavedProfile = { name: string; description: string; definition: ProfileDefinition };

type Mode = "form" | "json";

type State = {
  name: string;
  description: string;
  /** As it stands, right or wrong; in JSON mode the last text that was JSON. */
  definition: unknown;
  mode: Mode;
  /** What is typed in JSON mode. */
  text: string;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** `saved` is what the editor began with; `failure` what the server said to the last try. */
export function useEditor(saved: SavedProfile, failure: Error | null) {
  const [state, setState] = useState<State>(() => ({
    ...saved,
    mode: "form",
    text: definitionJson(saved.definition),
  }));
  // The server's refusals belong to what it was given: the next edit takes them away.
  const [refused, setRefused] = useState<{ by: Error | null; definition: unknown }>({
    by: null,
    definition: saved.definition,
  });
  if (failure !== refused.by) setRefused({ by: failure, definition: state.definition });
  const { definition, mode, text } = state;

  const brokenJson = useMemo(() => (mode === "json" ? jsonProblem(text) : null), [mode, text]);
  const problems = useMemo((): DraftProblem[] => {
    const own = problemsOf(definition);
    const isFresh = refused.by !== null && refused.definition === definition;
    if (own.length > 0 || !isFresh || !(refused.by instanceof ProblemError)) return own;
    return serverProblems(refused.by.errors);
  }, [definition, refused]);
  /** Problems of the text, at their places in it. */
  const marks = useMemo(() => {
    if (mode !== "json") return [];
    if (brokenJson !== null) return [brokenJson];
    return problems.map(({ path, message }) => ({
      ...(placeOf(text, path) ?? { from: 0, to: 1 }),
      message: path.length === 0 ? message : `${path.join(".")}: ${message}`,
    }));
  }, [mode, brokenJson, problems, text]);

  const isValid = problems.length === 0 && brokenJson === null;
  const isDefinitionDirty = brokenJson !== null || !same(definition, saved.definition);
  const isDirty = isDefinitionDirty || state.name !== saved.name || state.description !== saved.description;

  return {
    name: state.name,
    description: state.description,
    definition,
    mode,
    text,
    problems,
    marks,
    brokenJson,
    /** What could be saved and previewed; null while something is wrong. */
    valid: isValid ? (definition as ProfileDefinition) : null,
    isDirty,
    isDefinitionDirty,
    canBeForm: brokenJson === null && canBeForm(definition),
    set: (change: Partial<Pick<State, "name" | "description">>) =>
      setState((current) => ({ ...current, ...change })),
    setDefinition: (next: ProfileDefinition) => setState((current) => ({ ...current, definition: next })),
    setText: (next: string) =>
      setState((current) => {
        try {
          return { ...current, text: next, definition: JSON.parse(next) as unknown };
        } catch {
          return { ...current, text: next };
        }
      }),
    setMode: (next: Mode) =>
      setState((current) => ({
        ...current,
        mode: next,
        ...(next === "json" && { text: definitionJson(current.definition) }),
      })),
    reset: () => setState((current) => ({ ...current, ...saved, text: definitionJson(saved.definition) })),
  };
}

export type Editor = ReturnType<typeof useEditor>;
