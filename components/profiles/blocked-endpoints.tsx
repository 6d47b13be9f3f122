// Owns the list of endpoints that stand in the way of a new version, each with what it needs.

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";

const ENDPOINT = /^(ep_\w+) \((.*)\): (.*)$/s;

/** A refusal of the server; endpoints that it names become links to their settings. */
export function BlockedEndpoints({ error }: { error: Error }) {
  const { href } = useViewer();
  const blocked = (error instanceof ProblemError ? error.errors : []).flatMap(({ message }) => {
    const match = ENDPOINT.exec(message);
    return match === null ? [] : [{ id: match[1] ?? "", url: match[2] ?? "", why: match[3] ?? "" }];
  });
  return (
    <Callout tone="danger" title={blocked.length > 0 ? "Nothing was changed" : undefined}>
      {errorText(error)}
      {blocked.length > 0 && (
        <ul className="mt-2 grid gap-1.5">
          {blocked.map(({ id, url, why }) => (
            <li key={id} className="grid">
              <Link
                href={href(`/endpoints/${id}/settings`)}
                className="rounded-xs font-mono text-accent-ink text-xs underline-offset-4 wrap-anywhere hover:underline"
              >
                {visibleText(url)}
              </Link>
              <span className="text-muted text-xs">{why}</span>
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
