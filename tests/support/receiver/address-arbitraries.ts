// Owns random hosts for the guard's property tests: forbidden addresses in all their spellings, and public ones.
// Written from the registries, not from the guard's own table.
import fc from "fast-check";

type Quad = [number, number, number, number];

const byte = fc.integer({ min: 0, max: 255 });

function quad(...parts: (number | [number, number])[]): fc.Arbitrary<Quad> {
  const one = (index: number) => {
    const part = parts[index];
    if (part === undefined) return byte;
    return typeof part === "number" ? fc.constant(part) : fc.integer({ min: part[0], max: part[1] });
  };
  return fc.tuple(one(0), one(1), one(2), one(3));
}

const forbiddenQuads = fc.oneof(
  quad(0),
  quad(10),
  quad(100, [64, 127]),
  quad(127),
  quad(127, 0, 0, 1),
  quad(169, 254),
  quad(169, 254, 169, 254),
  quad(172, [16, 31]),
  quad(192, 0, 0),
  quad(192, 0, 2),
  quad(192, 168),
  quad(198, [18, 19]),
  quad(198, 51, 100),
  quad(203, 0, 113),
  quad([224, 255]),
);

/** Addresses of the United States' and Europe's largest allocations and of well-known services. */
const publicQuads = fc.oneof(
  quad(1, 1, 1),
  quad(8, 8),
  quad([11, 99]),
  quad([101, 126]),
  quad([128, 168]),
  quad([193, 197]),
  quad([204, 223]),
);

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}

function groups([a, b, c, d]: Quad): string {
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

const V4_SPELLINGS: ((quad: Quad) => string)[] = [
  (q) => q.join("."),
  (q) => `${q.join(".")}.`,
  ([a, b, c, d]) => String(((a * 256 + b) * 256 + c) * 256 + d),
  ([a, b, c, d]) => `0x${hex(a, 2)}${hex(b, 2)}${hex(c, 2)}${hex(d, 2)}`,
  ([a, b, c, d]) => `0${(((a * 256 + b) * 256 + c) * 256 + d).toString(8)}`,
  (q) => q.map((part) => `0x${part.toString(16)}`).join("."),
  (q) => q.map((part) => `0X${hex(part, 6).toUpperCase()}`).join("."),
  (q) => q.map((part) => `0${part.toString(8)}`).join("."),
  (q) => q.map((part) => `000000${part.toString(8)}`).join("."),
  ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b, c, d]) => `0x${a.toString(16)}.0${b.toString(8)}.${c}.${d}`,
  (q) => [...q.join(".")].map((char) => (char === "." ? "%2e" : `%${hex(char.charCodeAt(0), 2)}`)).join(""),
  (q) =>
    [...q.join(".")]
      .map((char) => (char === "." ? "\u3002" : String.fromCodePoint(0xff10 + Number(char))))
      .join(""),
];

/** IPv6 forms that lead to an IPv4 address; none of them is a public target, whatever they carry. */
const V6_CARRIERS: ((quad: Quad) => string)[] = [
  (q) => `[::ffff:${q.join(".")}]`,
  (q) => `[::ffff:${groups(q)}]`,
  (q) => `[0:0:0:0:0:ffff:${groups(q)}]`,
  (q) => `[0000:0000:0000:0000:0000:FFFF:${q.join(".")}]`,
  (q) => `[::${q.join(".")}]`,
  (q) => `[::ffff:0:${q.join(".")}]`,
  (q) => `[64:ff9b::${q.join(".")}]`,
  (q) => `[64:ff9b:1::${groups(q)}]`,
  (q) => `[2002:${groups(q)}::1]`,
  (q) => `[2001:0:4136:e378:8000:63bf:${groups(q.map((part) => 255 - part) as Quad)}]`,
  (q) => `[2606:4700::5efe:${q.join(".")}]`,
  (q) => `[2606:4700:0:0:200:5EFE:${groups(q)}]`,
  (q) => `[fe80::5efe:${groups(q)}]`,
];

const word = fc.integer({ min: 0, max: 0xffff });

function v6(first: fc.Arbitrary<number>, fixed: readonly number[] = []): fc.Arbitrary<string> {
  return fc
    .tuple(first, fc.array(word, { minLength: 7 - fixed.length, maxLength: 7 - fixed.length }), fc.boolean())
    .map(([head, rest, upper]) => {
      const text = [head, ...fixed, ...rest].map((group) => group.toString(16)).join(":");
      return `[${upper ? text.toUpperCase() : text}]`;
    });
}

const range = (min: number, max: number) => fc.integer({ min, max });

const forbiddenV6 = fc.oneof(
  v6(range(0xfc00, 0xfdff)),
  v6(range(0xfe80, 0xfebf)),
  v6(range(0xfec0, 0xfeff)),
  v6(range(0xff00, 0xffff)),
  v6(range(0x0000, 0x1fff)),
  v6(range(0x4000, 0xfbff)),
  v6(fc.constant(0x2001), [0x0db8]),
  v6(fc.constant(0x2001), [0]),
  v6(fc.constant(0x2002)),
  v6(fc.constant(0x3fff), [0]),
  fc.constantFrom("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[fd00:ec2::254]"),
);

const spelled = (quads: fc.Arbitrary<Quad>, spellings: readonly ((quad: Quad) => string)[]) =>
  fc.tuple(quads, fc.constantFrom(...spellings)).map(([address, spell]) => spell(address));

/** Hosts of URLs that must never be dialled. */
export const forbiddenHosts = fc.oneof(
  { weight: 3, arbitrary: spelled(forbiddenQuads, V4_SPELLINGS) },
  { weight: 2, arbitrary: spelled(forbiddenQuads, V6_CARRIERS) },
  { weight: 1, arbitrary: spelled(publicQuads, V6_CARRIERS) },
  { weight: 2, arbitrary: forbiddenV6 },
);

/** Hosts of URLs that are ordinary targets, in every spelling. Azure's metadata address is the one hole in the ranges. */
export const publicHosts = fc.oneof(
  {
    weight: 2,
    arbitrary: spelled(
      publicQuads.filter((address) => address.join(".") !== "168.63.129.16"),
      V4_SPELLINGS,
    ),
  },
  { weight: 1, arbitrary: v6(range(0x2400, 0x2fff)) },
);
