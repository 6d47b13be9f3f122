// Owns the shape in which verification code reaches the browser: text to copy, HTML made on the server.

export type CodeVariantDto = {
  /** The file it would be saved as. */
  file: string;
  /** How to get what it needs; null where the standard library is enough. */
  install: string | null;
  code: string;
  /** The same, highlighted. */
  html: string;
};

export type CodeSnippetDto = {
  id: string;
  label: string;
  /** Null where no published library verifies this signature. */
  library: CodeVariantDto | null;
  plain: CodeVariantDto;
};

export type VerificationCodeDto = {
  /** The headers that a receiver reads; empty for a profile that does not sign. */
  headers: string[];
  /** The environment variable that the code reads its secret or public key from. */
  variable: string;
  snippets: CodeSnippetDto[];
};
