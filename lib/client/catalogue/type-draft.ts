// Owns an event type while it is written: what is wrong with it, and what is sent when it is saved.
import { externalName } from "@/lib/contracts/common";
import {
  type CreateEventTypeInput,
  type EventTypeDetailDto,
  MAX_EXAMPLE_LENGTH,
  type UpdateEventTypeInput,
} from "@/lib/contracts/event-types";
import { createEventInput } from "@/lib/contracts/events";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { jsonProblem } from "../profiles/json-places";

export type TypeDraft = {
  name: string;
  description: string;
  /** JSON text; blank for none. */
  example: string;
  subject: string;
  attributes: { id: number; name: string; value: string }[];
};

export type TypeProblems = {
  name?: string;
  description?: string;
  /** With its place in the text. */
  example?: { from: number; to: number; message: string };
  subject?: string;
  attributes?: string;
};

const MAX_DESCRIPTION = 500;
const subject = externalName(256);

/** A draft of a saved type, or an empty one of that name. */
export function draftOf(type: EventTypeDetailDto | null, name = ""): TypeDraft {
  return {
    name: type?.name ?? name,
    description: type?.description ?? "",
    example: type?.example_text ?? "",
    subject: type?.example_subject ?? "",
    attributes: Object.entries(type?.example_attributes ?? {}).map(([key, value], id) => ({
      id,
      name: key,
      value,
    })),
  };
}

const filled = ({ attributes }: TypeDraft) =>
  attributes.filter(({ name, value }) => name !== "" || value !== "");

function attributeProblem(draft: TypeDraft): string | undefined {
  const rows = filled(draft);
  const twice = rows.find(({ name }, index) => rows.findIndex((row) => row.name === name) !== index);
  if (twice !== undefined) return `${twice.name}: the name occurs twice.`;
  const read = createEventInput.shape.attributes.safeParse(
    Object.fromEntries(rows.map(({ name, value }) => [name, value])),
  );
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  const named = issue?.path[0];
  return `${named === undefined || named === "" ? "" : `${String(named)}: `}${issue?.message ?? "cannot be kept"}`;
}

/** What keeps the draft from being saved, by field; empty when nothing does. */
export function typeProblems(draft: TypeDraft): TypeProblems {
  const problems: TypeProblems = {};
  const name = eventTypeName.safeParse(draft.name);
  if (!name.success) problems.name = name.error.issues.at(-1)?.message ?? "cannot be a name";
  if (draft.description.trim().length > MAX_DESCRIPTION) {
    problems.description = `must have at most ${MAX_DESCRIPTION} characters`;
  }
  if (draft.example.trim() !== "") {
    const problem =
      draft.example.length > MAX_EXAMPLE_LENGTH
        ? { from: 0, to: 0, message: "An example has at most 64 KiB." }
        : jsonProblem(draft.example);
    if (problem !== null) problems.example = problem;
  }
  if (draft.subject !== "" && !subject.safeParse(draft.subject).success) {
    problems.subject = "must have at most 256 characters";
  }
  const attributes = attributeProblem(draft);
  if (attributes !== undefined) problems.attributes = attributes;
  return problems;
}

function fieldsOf(draft: TypeDraft) {
  const rows = filled(draft);
  return {
    description: draft.description.trim(),
    example_text: draft.example.trim() === "" ? null : draft.example,
    example_subject: draft.subject === "" ? null : draft.subject,
    example_attributes:
      rows.length === 0 ? null : Object.fromEntries(rows.map(({ name, value }) => [name, value])),
  };
}

/** What is sent to make it. */
export function createInputOf(draft: TypeDraft): CreateEventTypeInput {
  return { name: draft.name, ...fieldsOf(draft) };
}

/** What is sent to change it: only what differs from the saved one. */
export function updateInputOf(draft: TypeDraft, saved: EventTypeDetailDto): UpdateEventTypeInput {
  const next = fieldsOf(draft);
  return Object.fromEntries(
    Object.entries(next).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(saved[field as keyof typeof next]),
    ),
  );
}
