// Owns arithmetic. JSON has one kind of number, so a number of the payload goes with int and with double literals:
// two ints stay an int (as CEL has it, 7 / 2 == 3), everything else is a double.
import { isInt64 } from "./conversions";
import type { Meter } from "./meter";
import { Duration, describeValue, Fault, isNumeric } from "./values";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

const mismatch = (detail: string) => new Fault("type_mismatch", detail);

function int(operator: ArithmeticOperator, a: bigint, b: bigint): bigint | Fault {
  if (b === 0n && (operator === "/" || operator === "%"))
    return mismatch("A whole number is divided by zero.");
  const result =
    operator === "+"
      ? a + b
      : operator === "-"
        ? a - b
        : operator === "*"
          ? a * b
          : operator === "/"
            ? a / b
            : a % b;
  return isInt64(result) ? result : mismatch("A whole number becomes larger than 64 bits.");
}

function double(operator: ArithmeticOperator, a: number, b: number): number | Fault {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      if (!Number.isInteger(a) || !Number.isInteger(b)) return mismatch("“%” needs whole numbers.");
      return b === 0 ? mismatch("A whole number is divided by zero.") : a % b;
  }
}

function timeAt(ms: number): Date | Fault {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? mismatch("A time is too far away.") : time;
}

function add(a: unknown, b: unknown, meter: Meter): unknown {
  if (typeof a === "string" && typeof b === "string") {
    meter.pay((a.length + b.length) >> 4);
    return a + b;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    meter.pay(a.length + b.length);
    return [...(a as unknown[]), ...(b as unknown[])];
  }
  if (a instanceof Date && b instanceof Duration) return timeAt(a.getTime() + b.ms);
  if (a instanceof Duration && b instanceof Date) return timeAt(a.ms + b.getTime());
  if (a instanceof Duration && b instanceof Duration) return new Duration(a.ms + b.ms);
  return undefined;
}

function subtract(a: unknown, b: unknown): unknown {
  if (a instanceof Date && b instanceof Date) return new Duration(a.getTime() - b.getTime());
  if (a instanceof Date && b instanceof Duration) return timeAt(a.getTime() - b.ms);
  if (a instanceof Duration && b instanceof Duration) return new Duration(a.ms - b.ms);
  return undefined;
}

/** The value of `a operator b`, or the fault when the two do not go together. */
export function calculate(operator: ArithmeticOperator, a: unknown, b: unknown, meter: Meter): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    return typeof a === "bigint" && typeof b === "bigint"
      ? int(operator, a, b)
      : double(operator, Number(a), Number(b));
  }
  const result = operator === "+" ? add(a, b, meter) : operator === "-" ? subtract(a, b) : undefined;
  return (
    result ?? mismatch(`“${operator}” does not work between ${describeValue(a)} and ${describeValue(b)}.`)
  );
}
