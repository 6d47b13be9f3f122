// Owns the shape of one language's verification code. The code itself is text: it is shown, copied and run by tests.

export type SnippetVariant = {
  /** The file it would be saved as. */
  file: string;
  /** How to get what it needs; null where the standard library is enough. */
  install: string | null;
  code: string;
};

export type Snippet = {
  id: string;
  label: string;
  /** Shiki's name of the grammar. */
  grammar: "typescript" | "python" | "go" | "ruby" | "php" | "java" | "csharp";
  /** With a published library, where there is one for the scheme. */
  library: SnippetVariant | null;
  /** With the language's own standard library, as far as it goes. */
  plain: SnippetVariant;
};

/** What the code reads its secret from; a public key is no secret. */
export const secretVariable = (kind: string): string =>
  kind === "ed25519" ? "WEBHOOK_PUBLIC_KEY" : "WEBHOOK_SECRET";
