// Owns the curl command that repeats an attempt's request. Quoting is for POSIX shells; masked values become placeholders.

export type CurlRequest = {
  method: string;
  url: string;
  headers: readonly (readonly [string, string])[];
  /** Null when the payload has been cleared. */
  body: string | null;
};

const PLACEHOLDER = "<value not stored>";
// curl sets these itself; sending stored ones would contradict the body or the connection.
const CONNECTION_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding", "expect"]);
// curl adds these on its own; an empty value takes them out where the attempt did not send them.
const CURL_DEFAULTS = ["accept", "user-agent"];

/** One argument of a POSIX shell, verbatim: single quotes, each quote inside written as '\''. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** True for a header value that was masked before it was stored. */
export function isMasked(value: string): boolean {
  return /^[•*]{3,}$/.test(value);
}

/** The command, one option a line. NUL cannot be an argument, so it never appears (bodies are JSON text). */
export function buildCurl({ method, url, headers, body }: CurlRequest): string {
  const sent = headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  const lines = [`curl -i -X ${shellQuote(method)}`];
  // Without this, curl reads brackets and braces in an address as a pattern.
  if (/[[\]{}]/.test(url)) lines.push("--globoff");
  lines.push(shellQuote(url));
  for (const [name, value] of sent) {
    const shown = isMasked(value) ? PLACEHOLDER : value;
    // "Name:" would remove a header; "Name;" sends it empty.
    lines.push(`-H ${shellQuote(shown === "" ? `${name};` : `${name}: ${shown}`)}`);
  }
  for (const name of CURL_DEFAULTS) if (!names.has(name)) lines.push(`-H ${shellQuote(`${name}:`)}`);
  // A leading @ would make --data-binary read a file; --data-raw is the same without that.
  if (body !== null)
    lines.push(`${body.startsWith("@") ? "--data-raw" : "--data-binary"} ${shellQuote(body)}`);
  const command = lines.join(" \\\n  ");
  return body === null
    ? `# The body is not stored any more; add it with --data-binary.\n${command}`
    : command;
}
