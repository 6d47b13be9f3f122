// Owns how large a regular expression is before it is compiled: RE2 writes every repetition out, so `(a{1000}){...}` of a few
// characters may take a tenth of a second to compile. Reads just enough of the syntax to multiply.

/** What follows a backslash in one piece: `\p{Greek}`, `\x{1F600}`, `\Q...\E` or one character. */
const ESCAPE = /\\(?:[pPx]\{[^}]*\}|Q(?:[^\\]|\\(?!E))*(?:\\E)?|[\s\S]?)/y;
/** A class; a bracket right behind the opening one is a member, and so are named classes such as `[:alpha:]`. */
const CLASS = /\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]?/y;
/** What may stand behind the opening bracket of a group: flags, or a name. */
const GROUP = /\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*:?))?/y;
const REPEAT = /\{(\d+)(?:,(\d*))?\}/y;

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/**
 * Characters, classes, groups and operators of the expression with all repetitions written out: about the instructions of its program, a little
 * too many where RE2 finds something to simplify. What is not valid gets any number; compiling says what is wrong with it.
 */
export function patternSize(source: string): number {
  /** The sum of each open group, the innermost last. */
  const sums = [0];
  /** What a repetition would repeat. */
  let last = 0;
  const add = (size: number) => {
    last = size;
    sums.push((sums.pop() ?? 0) + size);
  };
  for (let at = 0; at < source.length; ) {
    const char = source[at];
    const repeat = char === "{" ? match(REPEAT, source, at) : null;
    if (repeat !== null) {
      const [text, least, most] = repeat;
      // Written out, `a{3,}` is `aaaa*`; nothing gets smaller by being repeated.
      const extra = last * (Math.max(1, Number(least), Number(most ?? 0)) - 1);
      sums.push((sums.pop() ?? 0) + extra);
      last += extra;
      at += text.length;
    } else if (char === "(") {
      sums.push(0);
      last = 0;
      at += match(GROUP, source, at)?.[0].length ?? 1;
    } else if (char === ")") {
      const size = sums.length > 1 ? (sums.pop() ?? 0) : 0;
      // A group takes an instruction even when there is nothing in it.
      add(size + 1);
      at++;
    } else if (char === "|" || char === "*" || char === "+" || char === "?") {
      sums.push((sums.pop() ?? 0) + 1);
      last++;
      at++;
    } else if (char === "\\") {
      const text = match(ESCAPE, source, at)?.[0] ?? char;
      add(text.startsWith("\\Q") ? text.length : 1);
      // Only the last character of what is quoted would be repeated.
      last = 1;
      at += text.length;
    } else {
      add(1);
      at += char === "[" ? (match(CLASS, source, at)?.[0].length ?? 1) : 1;
    }
  }
  // What nobody closed is not valid, and counts all the same.
  return sums.reduce((sum, size) => sum + size, 0);
}
