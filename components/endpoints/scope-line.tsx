// Owns the line below an endpoint's address that says what it is scoped to: the subject of a callback with its end, or how
// many subjects.

import { EndLine } from "@/components/subjects/end-words";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";

export function ScopeLine({ endpoint }: { endpoint: EndpointDto }) {
  const { subjects, callback, kind } = endpoint;
  const [subject] = subjects;
  if (subject === undefined && kind === "endpoint") return null;
  const about =
    subjects.length > 1 ? (
      <>one of {subjects.length} subjects</>
    ) : (
      subject !== undefined && <span className="font-mono text-2xs">{visibleText(subject)}</span>
    );
  return (
    <span className="truncate text-muted text-xs">
      {kind === "callback" ? "Callback of " : kind === "subscription" ? "Subscription" : "About "}
      {kind === "subscription" && about && ", about "}
      {about}
      {callback !== null && (
        <>
          {" · "}
          <EndLine end={callback} />
        </>
      )}
    </span>
  );
}
