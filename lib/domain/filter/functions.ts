// Owns what the functions of a filter compute. Each takes evaluated arguments and gives a value or a fault.
import { readDuration, readInt, readNumber, readTimestamp } from "./conversions";
import type { FunctionName, MethodName } from "./language";
import type { Meter } from "./meter";
import { crosses, fallsBelow, risesAbove } from "./thresholds";
import { describeValue, Fault, isMap, isNumeric, keysOf } from "./values";

type Compute = (args: readonly unknown[], meter: Meter) => unknown;

const mismatch = (name: string, needs: string, value: unknown) =>
  new Fault("type_mismatch", `“${name}” needs ${needs}, not ${describeValue(value)}.`);

/** Reading a time or a duration from text takes as long as so many steps; a number less. */
const STEPS_TO_READ = { time: 60, duration: 60, number: 10 };

const cannotRead = (what: string) => new Fault("type_mismatch", `A text of the event is not ${what}.`);

type Side = typeof crosses;

const threshold =
  (name: string, side: Side): Compute =>
  ([previous, current, limit]) => {
    for (const value of [previous, current]) if (!isNumeric(value)) return mismatch(name, "numbers", value);
    if (!isNumeric(previous) || !isNumeric(current)) return false;
    if (isNumeric(limit)) return side(previous, current, limit);
    return mismatch(name, "a number as threshold", limit);
  };

const crossesOne = threshold("crosses", crosses);

/** The number of characters (code points) of a text, items of a list, members of an object. */
const size: Compute = ([value], meter) => {
  if (typeof value === "string") {
    meter.payRead(value);
    let surrogatePairs = 0;
    for (let i = 0; i < value.length; i++) {
      if ((value.codePointAt(i) ?? 0) > 0xffff) {
        surrogatePairs++;
        i++;
      }
    }
    return BigInt(value.length - surrogatePairs);
  }
  if (Array.isArray(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(keysOf(value, meter).length);
  return mismatch("size", "a text, a list or an object", value);
};

/** Every function but `has`, which looks at its argument before it is evaluated. */
export const functions: Readonly<Record<Exclude<FunctionName, "has">, Compute>> = {
  size,
  crosses: (args, meter) => {
    const limits = args[2];
    if (!Array.isArray(limits)) return crossesOne(args, meter);
    let answer: unknown = mismatch("crosses", "at least one threshold", limits);
    for (const limit of limits as unknown[]) {
      meter.pay(1);
      answer = crossesOne([args[0], args[1], limit], meter);
      if (answer !== false) return answer;
    }
    return answer;
  },
  rises_above: threshold("rises_above", risesAbove),
  falls_below: threshold("falls_below", fallsBelow),
  timestamp: ([value], meter) => {
    meter.pay(STEPS_TO_READ.time);
    if (value instanceof Date) return value;
    if (typeof value === "string") return readTimestamp(value) ?? cannotRead("a time in RFC 3339");
    if (!isNumeric(value)) return mismatch("timestamp", "a text or seconds since 1970", value);
    const date = new Date(Number(value) * 1000);
    return Number.isNaN(date.getTime()) ? mismatch("timestamp", "fewer seconds since 1970", value) : date;
  },
  duration: ([value], meter) => {
    meter.pay(STEPS_TO_READ.duration);
    if (typeof value !== "string") return mismatch("duration", "a text", value);
    return readDuration(value) ?? cannotRead("a duration");
  },
  int: ([value], meter) => {
    meter.pay(STEPS_TO_READ.number);
    if (typeof value === "string") return readInt(value) ?? cannotRead("a whole number");
    if (typeof value === "bigint") return value;
    if (typeof value === "number" && Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value));
    return mismatch("int", "a number below 2^63 or a text", value);
  },
  double: ([value], meter) => {
    meter.pay(STEPS_TO_READ.number);
    if (typeof value === "string") return readNumber(value) ?? cannotRead("a number");
    return isNumeric(value) ? Number(value) : mismatch("double", "a number or a text", value);
  },
  string: ([value], meter) => {
    meter.pay(STEPS_TO_READ.number);
    if (typeof value === "string" || typeof value === "boolean" || isNumeric(value)) return String(value);
    return mismatch("string", "a text, a number, true or false", value);
  },
};

const onText =
  (name: string, compute: (text: string, argument: string, meter: Meter) => unknown): Compute =>
  ([text, argument = ""], meter) => {
    if (typeof text === "string" && typeof argument === "string") return compute(text, argument, meter);
    if (name === "contains" && Array.isArray(text)) {
      return new Fault(
        "type_mismatch",
        "“contains” needs text, not a list; write “value in list” for a list.",
      );
    }
    return mismatch(name, "text", typeof text === "string" ? argument : text);
  };

/** Changes the letters a to z only, as the name says. */
const inAscii = (text: string, meter: Meter, change: (ascii: string) => string): string => {
  meter.payRead(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII starts there.
  if (/^[\x00-\x7f]*$/.test(text)) return change(text);
  meter.pay(text.length * 2);
  return text.replace(/[a-zA-Z]+/g, change);
};

const onTime =
  (name: string, read: (time: Date) => number): Compute =>
  ([time]) =>
    time instanceof Date ? BigInt(read(time)) : mismatch(name, "a time", time);

/** Every function that is called on a value, but `matches`, whose pattern is compiled beforehand. */
export const methods: Readonly<Record<Exclude<MethodName, "matches">, Compute>> = {
  contains: onText("contains", (text, part, meter) => {
    meter.paySearch(text, part);
    return text.includes(part);
  }),
  startsWith: onText("startsWith", (text, part, meter) => {
    meter.payCompare(text, part);
    return text.startsWith(part);
  }),
  endsWith: onText("endsWith", (text, part, meter) => {
    meter.payCompare(text, part);
    return text.endsWith(part);
  }),
  size,
  lowerAscii: onText("lowerAscii", (text, _, meter) => inAscii(text, meter, (part) => part.toLowerCase())),
  upperAscii: onText("upperAscii", (text, _, meter) => inAscii(text, meter, (part) => part.toUpperCase())),
  trim: onText("trim", (text, _, meter) => {
    meter.payRead(text);
    return text.trim();
  }),
  getFullYear: onTime("getFullYear", (time) => time.getUTCFullYear()),
  getMonth: onTime("getMonth", (time) => time.getUTCMonth()),
  getDate: onTime("getDate", (time) => time.getUTCDate()),
  getDayOfWeek: onTime("getDayOfWeek", (time) => time.getUTCDay()),
  getHours: onTime("getHours", (time) => time.getUTCHours()),
  getMinutes: onTime("getMinutes", (time) => time.getUTCMinutes()),
  getSeconds: onTime("getSeconds", (time) => time.getUTCSeconds()),
};
