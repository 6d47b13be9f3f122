// Owns numbers as this feature writes them.

/** "408 ms", "1.24 s", "15.0 s"; a dash for none. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** "512 B", "64.0 KiB", "1.2 MiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const kib = bytes / 1_024;
  return kib < 1_024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1_024).toFixed(1)} MiB`;
}

/** The end of an id, enough to tell neighbours apart: "…t4w5y6z7". */
export function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, id.indexOf("_") + 1)}…${id.slice(-8)}` : id;
}

/** Host and path of a URL for dense rows; the scheme is left out only where it is https. */
export function shortUrl(url: string): string {
  return url.replace(/^https:\/\//, "");
}
