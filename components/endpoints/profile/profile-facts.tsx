// Owns a profile in a few lines, for people who choose one: how it signs, with what, and what it does with an answer.

import { KeyValueList } from "@/components/ui/key-value-list";
import { formatDuration } from "@/lib/client/format-duration";
import {
  failingWords,
  SECRET_WORDS,
  signatureHeader,
  signatureTitle,
  successWords,
} from "@/lib/client/profiles/definition-words";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { retrySummary } from "../form/retry-preview-table";

export function ProfileFacts({ definition }: { definition: ProfileDefinition }) {
  const { signature, secret } = definition;
  const header = signatureHeader(signature);
  return (
    <KeyValueList
      items={[
        {
          key: "Signature",
          value: (
            <>
              {signatureTitle(definition)}
              {header !== null && (
                <>
                  , in <code className="font-mono text-xs">{header.name}</code>
                </>
              )}
            </>
          ),
        },
        ...(signature.kind === "none"
          ? []
          : [
              {
                key: "Secret",
                value: <span className="first-letter:uppercase">{SECRET_WORDS[secret.kind]}</span>,
              },
            ]),
        { key: "Success is", value: successWords(definition.success) },
        { key: "Timeout", value: formatDuration(definition.timeout_ms / 1000) },
        { key: "Retries", value: retrySummary(definition.retry_policy) },
        { key: "Disabled", value: failingWords(definition.auto_disable) },
      ]}
    />
  );
}
