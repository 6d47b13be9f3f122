// Every answer that the OpenAPI document names is reached by a real request, and no request gets another one: whatever is
// answered is held against the document as it goes by (tests/support/contract/recorder.ts).
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY_SCOPES, type ApiKeyScope } from "@/lib/domain/access/permissions";
import { setRuntime } from "@/lib/server/runtime";
import { openContractContext, send, signedRequest, wireRequest } from "@/tests/support/contract/caller";
import {
  type ContractRequest,
  type OperationCases,
  type Prepare,
  scopesOf,
} from "@/tests/support/contract/case";
import { allCases } from "@/tests/support/contract/cases/all";
import {
  type DocumentedOperation,
  documentedOperations,
  nameOfAnswer,
} from "@/tests/support/contract/document";
import { seenAnswers } from "@/tests/support/contract/recorder";
import { exampleParams, refusalsOf } from "@/tests/support/contract/refusals";
import { openScene, type Scene } from "@/tests/support/contract/scene";
import { type Keyed, openTroubled, type Troubled } from "@/tests/support/contract/trouble";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import type { TestContext } from "@/tests/support/service-context";

let database: TestDatabase;
let ctx: TestContext;
/** A workspace where nothing is, with a key that may do everything: for what is refused whoever asks. */
let empty: { scene: Scene; key: string };

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openContractContext(database.connectionString);
  const scene = await openScene(ctx);
  empty = { scene, key: (await scene.key(API_KEY_SCOPES)).key };
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await database.drop();
});

function casesOf(id: string): OperationCases {
  const cases = allCases[id];
  if (cases === undefined) throw new Error(`${id} has no case in tests/support/contract/cases`);
  return cases;
}

/** Words for an answer that is not the expected one; the expected one otherwise. */
async function answerTo(wire: Parameters<typeof send>[1], expected: string): Promise<string> {
  const given = await send(ctx, wire);
  const name = nameOfAnswer(given);
  return name === expected ? name : `${name}: ${given.text}`;
}

/** Calls the operation in a new workspace, with a key that has exactly the documented scopes. */
async function expectAnswer(id: string, answer: string, prepare: Prepare): Promise<void> {
  const scene = await openScene(ctx);
  expect(await answerTo(await signedRequest(scene, id, await prepare(scene)), answer)).toBe(answer);
}

/** Calls the operation where nothing is, with a key that may do everything. */
async function expectRefusal(id: string, answer: string, request: ContractRequest): Promise<void> {
  expect(await answerTo(wireRequest(id, request, empty.key), answer)).toBe(answer);
}

const limitedKeys = new Map<ApiKeyScope, string>();

/** A key with every scope but this one. */
async function keyWithout(scope: ApiKeyScope): Promise<string> {
  const known = limitedKeys.get(scope);
  if (known !== undefined) return known;
  const { key } = await empty.scene.key(API_KEY_SCOPES.filter((each) => each !== scope));
  limitedKeys.set(scope, key);
  return key;
}

/** The answer that `ready` leads to: the first documented success, 201 before 200 where there are both. */
function success({ answers }: DocumentedOperation): string {
  return answers.includes("201") ? "201" : (answers.find((answer) => answer.startsWith("2")) ?? "");
}

/** What the operation's own cases say: answer, words, how to get there. */
function ownCases(operation: DocumentedOperation): [string, string, Prepare][] {
  const { ready, also = {} } = casesOf(operation.id);
  const others = Object.entries(also).flatMap(([answer, ways]) =>
    Object.entries(typeof ways === "function" ? { "": ways } : ways).map(
      ([what, prepare]): [string, string, Prepare] => [answer, what, prepare],
    ),
  );
  return [[success(operation), "as the examples show", ready], ...others];
}

/** Packs come with Signpost. */
const isOfPacks = (id: string) => id.endsWith("Pack");
/** Subjects need not be known: there is an answer about each. */
const takesAnyName = (id: string) => id.endsWith("Callback") || id === "listSubjectEvents";

describe.each(documentedOperations.map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    it.each(ownCases(operation))("%s %s", (answer, _, prepare) => {
      expect(operation.answers).toContain(answer);
      return expectAnswer(id, answer, prepare);
    });

    it("refuses what has the wrong form", async () => {
      for (const { answer, request } of refusalsOf(operation)) {
        await expectRefusal(id, answer, { ...request, params: request.params ?? exampleParams(operation) });
      }
    });

    it("does not find what its parameters name as examples", async () => {
      const params = { ...exampleParams(operation), ...(isOfPacks(id) && { slug: "no-such-pack" }) };
      if (Object.keys(params).length === 0 || takesAnyName(id)) return;
      const { lost = () => ({}) } = casesOf(id);
      await expectRefusal(id, "404 not_found", { ...(await lost(empty.scene)), params });
    });

    it("asks for a key with its scopes", async () => {
      const scopes = scopesOf(id);
      if (scopes.length === 0) return;
      for (const key of [null, "sp_live_nobody"]) {
        const wire = wireRequest(id, { params: exampleParams(operation) }, key);
        expect(await answerTo(wire, "401 unauthenticated")).toBe("401 unauthenticated");
      }
      for (const scope of scopes) {
        const wire = wireRequest(id, { params: exampleParams(operation) }, await keyWithout(scope));
        expect(await answerTo(wire, "403 forbidden")).toBe("403 forbidden");
      }
    });
  },
);

/** What reads the environment itself; everything else in one that was removed is not found by its own id. */
const OF_ENVIRONMENT = [
  "createEvent",
  "createEventBatch",
  "testFilter",
  "getEnvironment",
  "updateEnvironment",
];

describe("in trouble", () => {
  const scoped = documentedOperations.filter(({ id }) => scopesOf(id).length > 0);
  const requests = new Map<string, Keyed>();
  let troubled: Troubled;

  beforeAll(async () => {
    troubled = await openTroubled(database.connectionString);
    for (const { id } of scoped) {
      const { ready, inTrouble = ready } = casesOf(id);
      const scene = await openScene(troubled.ctx);
      requests.set(id, await signedRequest(scene, id, await inTrouble(scene)));
    }
    await troubled.learnKeys([...requests.values()]);
  });
  afterAll(() => troubled.close());

  // In this order: the last one ends it.
  it.each([
    ["429 rate_limited", "withSpentBudget"],
    ["503 overloaded", "withTablesLocked"],
    ["500 internal_error", "withoutTables"],
    ["503 database_unavailable", "withoutDatabase"],
  ] as const)("%s: %s", async (answer, trouble) => {
    const ids = scoped.filter(({ answers }) => answers.includes(answer)).map(({ id }) => id);
    const answers = await troubled[trouble](ids.flatMap((id) => requests.get(id) ?? []));
    expect(answers).toEqual(ids.map((id) => `${id}: ${answer}`));
  });
});

describe("with a key whose environment was removed", () => {
  it.each(OF_ENVIRONMENT)("%s: 404 not_found", async (id) => {
    const frozen = await openTroubled(database.connectionString);
    const scene = await openScene(frozen.ctx);
    const request = await signedRequest(scene, id, {});
    await frozen.learnKeys([request]);
    const answers = await frozen.withoutEnvironments([scene.actor.environmentId], [request]);
    await frozen.close();
    expect(answers).toEqual([`${id}: 404 not_found`]);
  });
});

describe("the whole document", () => {
  it("has an operation for each case", () => {
    expect(Object.keys(allCases).sort()).toEqual(documentedOperations.map(({ id }) => id).sort());
  });

  it.each(documentedOperations.map(({ id, answers }) => [id, answers] as const))(
    "%s: each documented answer was seen, and no other",
    (id, answers) => {
      expect([...seenAnswers(id)].sort()).toEqual([...answers].sort());
    },
  );
});
