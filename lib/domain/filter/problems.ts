// Owns how a fault in an expression is told to the person who wrote it: a sentence and where it is.
import type { TypeError as CheckError, ParseError } from "@marcbachmann/cel-js";
import { MAX_FILTER_DEPTH, MAX_FILTER_NODES, MAX_LIST_LITERAL } from "./limits";

/** `position` and `end` count UTF-16 units from the start of the text; `end` is just behind the last one meant. */
export type FilterProblem = { message: string; position: number; end: number };

const TOKENS: Readonly<Record<string, string>> = {
  EOF: "the end of the expression",
  NUMBER: "a number",
  STRING: "a text",
  BOOLEAN: "true or false",
  NULL: "null",
  IDENTIFIER: "a name",
  PLUS: "“+”",
  MINUS: "“-”",
  MULTIPLY: "“*”",
  DIVIDE: "“/”",
  MODULO: "“%”",
  EQ: "“==”",
  NE: "“!=”",
  LT: "“<”",
  LE: "“<=”",
  GT: "“>”",
  GE: "“>=”",
  AND: "“&&”",
  OR: "“||”",
  NOT: "“!”",
  IN: "“in”",
  LPAREN: "“(”",
  RPAREN: "“)”",
  LBRACKET: "“[”",
  RBRACKET: "“]”",
  LBRACE: "“{”",
  RBRACE: "“}”",
  DOT: "“.”",
  COMMA: "“,”",
  COLON: "“:”",
  QUESTION: "“?”",
};

/** What people write who know another language. */
const HABITS: Readonly<Record<string, string>> = {
  "=": "Write “==” to compare.",
  "&": "Write “&&” for “and”.",
  "|": "Write “||” for “or”.",
  and: "Write “&&” for “and”.",
  or: "Write “||” for “or”.",
  not: "Write “!” for “not”.",
  AND: "Write “&&” for “and”.",
  OR: "Write “||” for “or”.",
};

const RESERVED_NAMES = ["in", "true", "false", "null"];

const tokenNames = (summary: string) =>
  summary.replace(/\b[A-Z]{2,}\b/g, (token) => TOKENS[token] ?? token).replace(/, got /, ", found ");

const typeNames = (summary: string) =>
  summary.replace(/google\.protobuf\./g, "").replace(/Timestamp|Duration/g, (name) => name.toLowerCase());

function limitMessage(summary: string): string {
  if (summary.includes("maxDepth")) return `The expression nests more than ${MAX_FILTER_DEPTH} deep.`;
  if (summary.includes("maxAstNodes")) return `The expression has more than ${MAX_FILTER_NODES} parts.`;
  if (summary.includes("maxListElements")) return `A list may have at most ${MAX_LIST_LITERAL} values.`;
  return "A call has too many arguments.";
}

function messageOf(error: ParseError | CheckError, word: string): string {
  switch (error.code) {
    case "limit_exceeded":
      return limitMessage(error.summary);
    case "unexpected_character":
      return HABITS[word] ?? `“${word || error.summary.slice(-1)}” was not expected here.`;
    case "unexpected_token":
      return `${error.summary.includes("EOF") ? "The expression ends too early" : `${tokenNames(error.summary.replace("Unexpected token: ", ""))} was not expected here`}.`;
    case "expected_token":
      if (RESERVED_NAMES.includes(word)) return `Write “["${word}"]”: “.${word}” cannot be a member's name.`;
      return `${tokenNames(error.summary)}.`;
    case "no_such_overload": {
      const types = typeNames(error.summary.replace("no such overload: ", ""));
      return `This does not work: ${types}. The two sides are of different types, or the operator is not for them.`;
    }
    case "no_matching_overload":
      return `${typeNames(error.summary).replace("found no matching overload for", "This call does not work:")}.`;
    default:
      return `${typeNames(error.summary)}.`;
  }
}

/** The problem that the parser or the checker of the library found. */
export function problemOf(error: ParseError | CheckError, text: string): FilterProblem {
  const position = Math.min(error.range?.start ?? 0, text.length);
  const end = Math.min(Math.max(error.range?.end ?? text.length, position), text.length);
  return { message: messageOf(error, text.slice(position, end).trim().slice(0, 40)), position, end };
}
