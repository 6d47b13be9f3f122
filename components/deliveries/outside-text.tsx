// Owns text from outside on screen: inert, with hidden characters written out and marked, masks told apart from values.

import { isMasked } from "@/lib/client/deliveries/curl";
import { visibleParts } from "@/lib/client/visible-text";

/** Text of an event, request or response. Only text nodes: nothing in it can become markup. */
export function OutsideText({ text }: { text: string }) {
  let at = 0;
  return (
    <span className="[unicode-bidi:isolate]" dir="ltr">
      {visibleParts(text).map((part) => {
        const key = at;
        at += part.text.length;
        return part.kind === "plain" ? (
          part.text
        ) : (
          <mark
            key={key}
            className="rounded-xs bg-warning-soft px-0.5 text-warning-ink"
            title="Hidden character"
          >
            {part.text}
          </mark>
        );
      })}
    </span>
  );
}

/** A header's value; a masked one says so. */
export function HeaderValue({ value }: { value: string }) {
  if (!isMasked(value)) return <OutsideText text={value} />;
  return (
    <span className="text-subtle" title="Sent, but never stored in clear">
      {value} <span className="font-sans">masked</span>
    </span>
  );
}
