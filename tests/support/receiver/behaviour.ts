// Owns what a behaviour of the receiver is: a name in the path, its arguments, and when it acts.
import type { Socket } from "node:net";
import type { HeadDecision, ReceivedRequest, RequestHead } from "./http-reader";

export type BehaviourContext = {
  socket: Socket;
  /** Path segments after the behaviour's name. */
  args: readonly string[];
  query: URLSearchParams;
  state: ReceiverState;
};

/** What behaviours remember between requests. */
export type ReceiverState = {
  /** Counts by behaviour and key, such as attempts by `webhook-id`. */
  counts: Map<string, number>;
  shutGates: Set<string>;
  random: () => number;
};

type Behaviour =
  /** Acts when the whole request has arrived. */
  | ((context: BehaviourContext, request: ReceivedRequest) => void)
  /** Acts when only the head has arrived. */
  | { early: (context: BehaviourContext, head: RequestHead) => HeadDecision };

export type Behaviours = Readonly<Record<string, Behaviour>>;

/** A numeric argument; `inf` is infinity. */
export function numberArg(context: BehaviourContext, index: number, fallback: number): number {
  const text = context.args[index];
  if (text === undefined || text === "") return fallback;
  return text === "inf" ? Number.POSITIVE_INFINITY : Number(text);
}

/** Adds one to a count and gives the new value. */
export function count(state: ReceiverState, key: string): number {
  const value = (state.counts.get(key) ?? 0) + 1;
  state.counts.set(key, value);
  return value;
}
