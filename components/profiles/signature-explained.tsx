// Owns a signature in words and colours: what is signed piece by piece, with which key, and where it stands.

import type { ReactNode } from "react";
import { KeyValueList } from "@/components/ui/key-value-list";
import {
  keyWords,
  rotationWords,
  SECRET_WORDS,
  signatureHeader,
  signatureTitle,
  signedParts,
} from "@/lib/client/profiles/definition-words";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

function Slot({ children }: { children: ReactNode }) {
  return <span className="rounded-xs bg-accent-soft px-1 py-0.5 text-accent-ink">{children}</span>;
}

/** Parts with keys that stay: a slot may occur twice. */
function Signed({ definition }: { definition: ProfileDefinition }) {
  const parts = signedParts(definition.signature).map((part, index) => ({ ...part, key: `${index}` }));
  return (
    <code className="block whitespace-pre-wrap rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-ink text-xs leading-6 wrap-anywhere">
      {parts.map((part) => (part.kind === "text" ? part.text : <Slot key={part.key}>{part.name}</Slot>))}
    </code>
  );
}

export function SignatureExplained({ definition }: { definition: ProfileDefinition }) {
  const { signature, secret, content_hash: hash } = definition;
  const header = signatureHeader(signature);
  if (header === null) {
    return (
      <p className="text-muted text-sm">
        Requests are not signed: receivers cannot tell them from anybody else's. Let only Signpost's addresses
        through, or give each endpoint a header that only the two of you know.
      </p>
    );
  }
  const slots = signedParts(signature).flatMap((part) => (part.kind === "slot" ? [part] : []));
  const unique = slots.filter(({ name }, index) => slots.findIndex((other) => other.name === name) === index);
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 gap-2">
        <h3 className="font-medium text-ink text-sm">What is signed</h3>
        <Signed definition={definition} />
        <dl className="grid gap-1.5 text-xs">
          {unique.map(({ name, about }) => (
            <div key={name} className="grid grid-cols-1 gap-x-3 gap-y-0.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <dt className="font-mono">
                <Slot>{name}</Slot>
              </dt>
              <dd className="text-muted">{about}</dd>
            </div>
          ))}
        </dl>
      </div>
      <KeyValueList
        items={[
          { key: "Scheme", value: signatureTitle(definition) },
          { key: "Key", value: keyWords(definition) },
          {
            key: "Sent as",
            value: (
              <>
                {header.name}: {header.value}
              </>
            ),
            mono: true,
          },
          ...(hash === null
            ? []
            : [
                {
                  key: "Content hash",
                  value: `${hash.header}: ${hash.format.replace("{hash}", `<SHA-256 in ${hash.encoding}>`)}`,
                  mono: true,
                },
              ]),
          { key: "New secrets", value: SECRET_WORDS[secret.kind] },
          { key: "Rotation", value: rotationWords(definition) },
        ]}
      />
    </div>
  );
}
