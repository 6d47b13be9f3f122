// Owns evaluation: turns the checked syntax tree into nested functions once, which then run for each event.
// A part without a value gives a Fault instead of throwing, so that CEL's `||`, `&&`, `exists` and `all` can do without it.
import type { ASTNode } from "@marcbachmann/cel-js";
import { functions, methods } from "./functions";
import type { EventMember, FunctionName, MethodName } from "./language";
import { planLoop } from "./macros";
import { type ArithmeticOperator, calculate } from "./operators";
import type { Pattern } from "./pattern";
import { planComparison, planEquality, planIn } from "./relations";
import type { Run, Scope } from "./run";
import { eventMemberOf, type MethodNode, macroOf, sizeOf } from "./syntax-tree";
import { describeValue, Fault, isMap } from "./values";

const LONGEST_QUOTE = 60;

export class Planner {
  readonly #text: string;
  readonly #patterns: ReadonlyMap<ASTNode, Pattern>;

  /** `patterns` has the compiled regular expression of every `matches` in the tree. */
  constructor(text: string, patterns: ReadonlyMap<ASTNode, Pattern>) {
    this.#text = text;
    this.#patterns = patterns;
  }

  /** The function that evaluates `node`; `variables` are the names of the enclosing loops' items, outermost first. */
  plan(node: ASTNode, variables: readonly string[] = []): Run {
    const part = (child: ASTNode) => this.plan(child, variables);
    switch (node.op) {
      case "value": {
        const constant: unknown = node.args;
        return () => constant;
      }
      case "id": {
        const slot = variables.lastIndexOf(node.args);
        return (scope) => scope.items[slot];
      }
      case ".":
        return this.#member(node, part);
      case "[]":
        return this.#index(node.args[0], part(node.args[0]), part(node.args[1]));
      case "list":
        return planList(node.args.map(part));
      case "&&":
        return planLogic(false, part(node.args[0]), part(node.args[1]));
      case "||":
        return planLogic(true, part(node.args[0]), part(node.args[1]));
      case "!_":
        return planNot(part(node.args));
      case "-_":
        return planMinus(part(node.args));
      case "?:": {
        const [condition, then, otherwise] = node.args;
        return planChoice(part(condition), part(then), part(otherwise));
      }
      case "==":
      case "!=":
        return planEquality(node.op === "==", part(node.args[0]), part(node.args[1]), node.args[1]);
      case "<":
      case "<=":
      case ">":
      case ">=":
        return planComparison(
          node.op,
          part(node.args[0]),
          part(node.args[1]),
          node.args[1],
          this.#quote(node),
        );
      case "in":
        return planIn(part(node.args[0]), part(node.args[1]), this.#quote(node));
      case "+":
      case "-":
      case "*":
      case "/":
      case "%":
        return this.#arithmetic(node, node.op, part(node.args[0]), part(node.args[1]));
      case "call":
        return this.#call(node, part);
      case "rcall":
        return this.#method(node, variables, part);
      default:
        throw new Error(`a filter with ${node.op} was not refused`);
    }
  }

  #quote(node: ASTNode): string {
    const text = this.#text.slice(node.start, node.end);
    return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  }

  #missing(node: ASTNode): Fault {
    return new Fault("missing_member", `${this.#quote(node)} is missing.`);
  }

  #member(node: Extract<ASTNode, { op: "." }>, part: (child: ASTNode) => Run): Run {
    const [parentNode, name] = node.args;
    const missing = this.#missing(node);
    const eventMember = eventMemberOf(node);
    if (eventMember !== null) return planEventMember(eventMember, missing);
    const parent = part(parentNode);
    return (scope) => {
      const value = parent(scope);
      if (value instanceof Fault) return value;
      if (!isMap(value)) return this.#noMembers(parentNode, value);
      // hasOwn, because a payload without `constructor` must not give the one of Object.
      return Object.hasOwn(value, name) ? value[name] : missing;
    };
  }

  #noMembers(node: ASTNode, value: unknown): Fault {
    const reason = value === null ? "missing_member" : "type_mismatch";
    return new Fault(reason, `${this.#quote(node)} is ${describeValue(value)} and has no members.`);
  }

  #index(parentNode: ASTNode, parent: Run, index: Run): Run {
    const quote = this.#quote(parentNode);
    const missing = new Fault("missing_member", `${quote} has no such member.`);
    return (scope) => {
      const value = parent(scope);
      if (value instanceof Fault) return value;
      const key = index(scope);
      if (key instanceof Fault) return key;
      if (Array.isArray(value)) {
        if (typeof key !== "bigint" && typeof key !== "number") {
          return new Fault("type_mismatch", `${quote} is a list: its items have numbers, from 0.`);
        }
        const at = Number(key);
        return at >= 0 && at < value.length && Number.isInteger(at) ? (value[at] as unknown) : missing;
      }
      if (!isMap(value)) return this.#noMembers(parentNode, value);
      if (typeof key !== "string") {
        return new Fault("type_mismatch", `${quote} is an object: its members have names.`);
      }
      scope.meter.payRead(key);
      return Object.hasOwn(value, key) ? value[key] : missing;
    };
  }

  #arithmetic(node: ASTNode, operator: ArithmeticOperator, left: Run, right: Run): Run {
    const quote = this.#quote(node);
    return (scope) => {
      const a = left(scope);
      if (a instanceof Fault) return a;
      const b = right(scope);
      if (b instanceof Fault) return b;
      return located(calculate(operator, a, b, scope.meter), quote);
    };
  }

  #call(node: Extract<ASTNode, { op: "call" }>, part: (child: ASTNode) => Run): Run {
    const [name, args] = node.args;
    if (name === "has") return this.#has(node, args[0], part);
    const compute = functions[name as Exclude<FunctionName, "has">];
    return planCall(compute, args.map(part), this.#quote(node));
  }

  #has(node: ASTNode, argument: ASTNode | undefined, part: (child: ASTNode) => Run): Run {
    if (argument?.op !== ".") throw new Error(`${this.#quote(node)} was not refused`);
    const member = part(argument);
    if (eventMemberOf(argument) !== null) return (scope) => !(member(scope) instanceof Fault);
    const [parentNode, name] = argument.args;
    const parent = part(parentNode);
    return (scope) => {
      const value = parent(scope);
      if (value instanceof Fault) return value;
      return isMap(value) && Object.hasOwn(value, name);
    };
  }

  #method(node: MethodNode, variables: readonly string[], part: (child: ASTNode) => Run): Run {
    const [name, receiver, args] = node.args;
    const where = this.#quote(node);
    const call = macroOf(node);
    if (call !== null) {
      const inside = [...variables, call.variable];
      const bodies = call.bodies.map((body) => this.plan(body, inside));
      const stepsPerItem = Math.max(...call.bodies.map(sizeOf)) + 1;
      return planLoop(call.macro, {
        receiver: part(receiver),
        slot: variables.length,
        bodies,
        stepsPerItem,
        where,
      });
    }
    if (name === "matches") return planMatches(part(receiver), this.#patterns.get(node), where);
    const compute = methods[name as Exclude<MethodName, "matches">];
    return planCall(compute, [receiver, ...args].map(part), where);
  }
}

const located = (value: unknown, quote: string): unknown =>
  value instanceof Fault ? value.at(quote) : value;

function planEventMember(member: EventMember, missing: Fault): Run {
  switch (member) {
    case "subject":
      return ({ event }) => event.subject ?? missing;
    case "tenant":
      return ({ event }) => event.tenant ?? missing;
    case "data":
      return ({ event }) => {
        const { data } = event;
        return data === undefined ? missing : data;
      };
    default:
      return ({ event }) => event[member];
  }
}

function planList(items: readonly Run[]): Run {
  return (scope) => {
    const values: unknown[] = [];
    for (const item of items) {
      const value = item(scope);
      if (value instanceof Fault) return value;
      values.push(value);
    }
    return values;
  };
}

const notBoolean = (value: unknown) =>
  value instanceof Fault
    ? value
    : new Fault("type_mismatch", `“&&”, “||”, “!” and “?” need true or false, not ${describeValue(value)}.`);

/** `||` (decided by true) and `&&` (decided by false): a side without a value does not matter when the other decides. */
function planLogic(decisive: boolean, left: Run, right: Run): Run {
  return (scope) => {
    const a = left(scope);
    if (a === decisive) return decisive;
    const b = right(scope);
    if (b === decisive) return decisive;
    if (typeof a !== "boolean") return notBoolean(a);
    return typeof b === "boolean" ? b : notBoolean(b);
  };
}

function planNot(operand: Run): Run {
  return (scope) => {
    const value = operand(scope);
    return typeof value === "boolean" ? !value : notBoolean(value);
  };
}

function planMinus(operand: Run): Run {
  return (scope) => {
    const value = operand(scope);
    if (value instanceof Fault || typeof value === "number") return value instanceof Fault ? value : -value;
    if (typeof value === "bigint") return -value;
    return new Fault("type_mismatch", `“-” needs a number, not ${describeValue(value)}.`);
  };
}

function planChoice(condition: Run, then: Run, otherwise: Run): Run {
  return (scope) => {
    const value = condition(scope);
    if (typeof value !== "boolean") return notBoolean(value);
    return value ? then(scope) : otherwise(scope);
  };
}

type Compute = (args: readonly unknown[], meter: Scope["meter"]) => unknown;

function planCall(compute: Compute, args: readonly Run[], quote: string): Run {
  return (scope) => {
    const values: unknown[] = [];
    for (const arg of args) {
      const value = arg(scope);
      if (value instanceof Fault) return value;
      values.push(value);
    }
    return located(compute(values, scope.meter), quote);
  };
}

function planMatches(receiver: Run, pattern: Pattern | undefined, quote: string): Run {
  if (pattern === undefined) throw new Error(`the pattern of ${quote} was not compiled`);
  return (scope) => {
    const value = receiver(scope);
    if (value instanceof Fault) return value;
    if (typeof value === "string") return pattern.isIn(value, scope.meter);
    return new Fault("type_mismatch", `“matches” needs text, not ${describeValue(value)}.`, quote);
  };
}
