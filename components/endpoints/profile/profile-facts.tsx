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
import type { ProfileSetting } from "@/lib/contracts/endpoints";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { retrySummary } from "../form/retry-preview-table";

interface ProfileFactsProps {
  definition: ProfileDefinition;
  /** What an endpoint has in place of the profile's, in words. */
  own?: Partial<Record<ProfileSetting, string>>;
}

/** The profile's, or the endpoint's own with the profile's behind it. */
function Followed({ profile, own }: { profile: string; own: string | undefined }) {
  if (own === undefined) return profile;
  return (
    <span className="grid">
      {own}
      <span className="text-subtle text-xs">Set for this endpoint alone. The profile says: {profile}</span>
    </span>
  );
}

export function ProfileFacts({ definition, own = {} }: ProfileFactsProps) {
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
        ...(signature.kind === "none" ? [] : [{ key: "Secret", value: SECRET_WORDS[secret.kind] }]),
        { key: "Success is", value: successWords(definition.success) },
        {
          key: "Timeout",
          value: <Followed profile={formatDuration(definition.timeout_ms / 1000)} own={own.timeout_ms} />,
        },
        {
          key: "Retries",
          value: <Followed profile={retrySummary(definition.retry_policy)} own={own.retry_policy} />,
        },
        {
          key: "Disabled",
          value: <Followed profile={failingWords(definition.auto_disable)} own={own.auto_disable} />,
        },
      ]}
    />
  );
}
