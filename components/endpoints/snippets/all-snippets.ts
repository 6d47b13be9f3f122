// Owns the order in which languages are offered.
import { csharp } from "./csharp";
import { go } from "./go";
import { java } from "./java";
import { node } from "./node";
import { php } from "./php";
import { python } from "./python";
import { ruby } from "./ruby";
import type { Snippet } from "./snippet";

export const ALL_SNIPPETS: readonly Snippet[] = [node, python, go, ruby, php, java, csharp];
