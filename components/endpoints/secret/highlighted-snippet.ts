// Owns the shape in which verification code reaches the browser: text to copy, HTML made on the server.
import type { SnippetVariant } from "../snippets/snippet";

export type HighlightedVariant = SnippetVariant & { html: string };
export type HighlightedSnippet = {
  id: string;
  label: string;
  library: HighlightedVariant;
  plain: HighlightedVariant;
};
