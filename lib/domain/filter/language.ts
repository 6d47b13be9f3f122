// Owns what a filter may say: the members of `event`, the functions, and their types for the checker of the CEL
// library. The library parses and checks; evaluation is ours (plan.ts), because only so can its cost be counted.
import { Environment } from "@marcbachmann/cel-js";
import { MAX_FILTER_DEPTH, MAX_FILTER_NODES, MAX_LIST_LITERAL } from "./limits";
import { crosses, fallsBelow, risesAbove } from "./thresholds";

const TIMESTAMP = "google.protobuf.Timestamp";

/** The members of `event` and their CEL types. `subject` and `tenant` are missing when the event has none. */
const EVENT_FIELDS = {
  id: "string",
  type: "string",
  subject: "string",
  tenant: "string",
  environment: "string",
  time: TIMESTAMP,
  attributes: "map<string, string>",
  data: "dyn",
} as const;

export type EventMember = keyof typeof EVENT_FIELDS;

export const EVENT_MEMBERS = Object.keys(EVENT_FIELDS) as EventMember[];

export const isEventMember = (name: string): name is EventMember => Object.hasOwn(EVENT_FIELDS, name);

/** Functions that are called with their arguments only. */
export const FUNCTIONS = [
  "has",
  "size",
  "crosses",
  "rises_above",
  "falls_below",
  "timestamp",
  "duration",
  "int",
  "double",
  "string",
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Functions that are called on a list (or on an object, whose member names they see), with a name for its items. */
export const MACROS = ["all", "exists", "exists_one", "filter", "map"] as const;
export type MacroName = (typeof MACROS)[number];

/** Functions that are called on a value. The ones of times answer in UTC, months and days of the week from 0. */
export const METHODS = [
  "contains",
  "startsWith",
  "endsWith",
  "matches",
  "size",
  "lowerAscii",
  "upperAscii",
  "trim",
  "getFullYear",
  "getMonth",
  "getDate",
  "getDayOfWeek",
  "getHours",
  "getMinutes",
  "getSeconds",
] as const;
export type MethodName = (typeof METHODS)[number];

type Numeric = number | bigint;
type Side = (previous: Numeric, current: Numeric, threshold: Numeric) => boolean;

/** One overload for each combination of number types, so that the checker refuses text where a number belongs. */
function registerThreshold(environment: Environment, name: string, side: Side): void {
  for (const previous of ["int", "double"]) {
    for (const current of ["int", "double"]) {
      for (const threshold of ["int", "double"]) {
        environment.registerFunction(`${name}(${previous}, ${current}, ${threshold}): bool`, side);
      }
    }
  }
}

/** JSON has one kind of number: lets the checker accept int and double together wherever numbers go. */
function registerMixedNumbers(environment: Environment): void {
  const operators = {
    "+": (a: Numeric, b: Numeric) => Number(a) + Number(b),
    "-": (a: Numeric, b: Numeric) => Number(a) - Number(b),
    "*": (a: Numeric, b: Numeric) => Number(a) * Number(b),
    "/": (a: Numeric, b: Numeric) => Number(a) / Number(b),
    "%": (a: Numeric, b: Numeric) => Number(a) % Number(b),
  };
  for (const [operator, compute] of Object.entries(operators)) {
    environment.registerOperator(`int ${operator} double: double`, compute);
    environment.registerOperator(`double ${operator} int: double`, compute);
  }
  environment.registerOperator("double % double: double", operators["%"]);
  // biome-ignore lint/suspicious/noDoubleEquals: only == compares a bigint with a number by value.
  environment.registerOperator("int == double", (a: Numeric, b: Numeric) => a == b);
}

function createEnvironment(): Environment {
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: MAX_FILTER_NODES,
      maxDepth: MAX_FILTER_DEPTH,
      maxListElements: MAX_LIST_LITERAL,
      maxCallArguments: 4,
    },
  })
    .registerType("Event", { fields: EVENT_FIELDS })
    .registerVariable("event", "Event");
  registerMixedNumbers(environment);
  registerThreshold(environment, "crosses", crosses);
  registerThreshold(environment, "rises_above", risesAbove);
  registerThreshold(environment, "falls_below", fallsBelow);
  const any = (previous: Numeric, current: Numeric, thresholds: Numeric[]) =>
    thresholds.some((threshold) => crosses(previous, current, threshold));
  for (const previous of ["int", "double"]) {
    for (const current of ["int", "double"]) {
      for (const item of ["int", "double"]) {
        environment.registerFunction(`crosses(${previous}, ${current}, list<${item}>): bool`, any);
      }
    }
  }
  return environment;
}

export const environment = createEnvironment();
