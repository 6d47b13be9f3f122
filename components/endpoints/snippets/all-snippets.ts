// Owns the order in which languages are offered.
import { csharp } from "./csharp";
import { go } from "./go";
import { java } from "./java";
import { node } from "./node";
import { php } from "./php";
import { python } from "./python";
import type { Recipe } from "./recipe";
import { ruby } from "./ruby";
import type { Snippet } from "./snippet";

/** The code for a recipe in every language. */
export function allSnippets(recipe: Recipe): Snippet[] {
  return [node, python, go, ruby, php, java, csharp].map((write) => write(recipe));
}
