// Watches the public API while tests call it: what it answers must be documented, and what was seen is remembered.
import {
  answerProblems,
  commonAnswerProblems,
  documentedOperations,
  type GivenAnswer,
  nameOfAnswer,
} from "./document";

const seen = new Map<string, Set<string>>();

/** The answers of an operation that were seen in this process, such as `409 conflict`. */
export function seenAnswers(operationId: string): ReadonlySet<string> {
  return seen.get(operationId) ?? new Set();
}

function problemsOf(method: string, path: string, given: GivenAnswer): string[] {
  const operation = documentedOperations.find((one) => one.method === method && one.path === path);
  if (operation !== undefined) {
    const answers = seen.get(operation.id) ?? new Set();
    seen.set(operation.id, answers.add(nameOfAnswer(given)));
    return answerProblems(operation, given);
  }
  if (given.status !== 405) return ["the operation is not documented"];
  return commonAnswerProblems("MethodNotAllowed", given);
}

/** Throws unless the document says that the route at `path` (with its parameters in braces) may answer this. */
export async function recordAnswer(method: string, path: string, response: Response): Promise<void> {
  const copy = response.clone();
  const given = { status: copy.status, headers: copy.headers, text: await copy.text() };
  const problems = problemsOf(method, path, given);
  if (problems.length === 0) return;
  throw new Error(
    [`${method} ${path} has answered what is not in the OpenAPI document:`, ...problems, given.text].join(
      "\n",
    ),
  );
}
