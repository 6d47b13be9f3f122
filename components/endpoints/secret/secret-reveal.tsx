"use client";
// Owns the one moment at which a signing secret can be seen. It gets the plaintext from a mutation's answer,
// never from a query, and whoever shows it forgets it when it is closed. Until somebody says that it is saved, leaving asks.

import { KeyRound } from "lucide-react";
import { LeaveQuestion } from "@/components/leave/leave-question";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";

interface SecretRevealProps {
  secret: string;
  isSaved: boolean;
  onSavedChange: (isSaved: boolean) => void;
}

export function SecretReveal({ secret, isSaved, onSavedChange }: SecretRevealProps) {
  // Of a key pair it is the public half, which receivers verify with; the private one is shown to nobody.
  const isPublic = secret.startsWith("whpk_");
  return (
    <div className="grid grid-cols-1 gap-4">
      <Callout
        tone={isPublic ? "info" : "warning"}
        title={isPublic ? "This is the public key of a pair." : "This is the only time it is shown."}
      >
        {isPublic
          ? "It verifies and cannot sign; the private key never leaves Signpost. It can be read again under Secret."
          : "Signpost keeps it encrypted and can never show it again. Store it where your receiver reads its secrets."}
      </Callout>
      <div className="flex flex-wrap items-center gap-3 rounded-md border border-line-strong bg-sunken px-3 py-2.5">
        <KeyRound className="size-4 shrink-0 text-accent-ink" aria-hidden />
        <code className="min-w-0 flex-1 select-all font-mono text-ink text-sm wrap-anywhere">{secret}</code>
        <CopyButton
          value={secret}
          label={isPublic ? "Copy the public key" : "Copy the secret"}
          variant="secondary"
        >
          Copy
        </CopyButton>
      </div>
      <CodeBlock
        title=".env of the receiver"
        code={`${isPublic ? "WEBHOOK_PUBLIC_KEY" : "WEBHOOK_SECRET"}=${secret}`}
        copyLabel="Copy the .env line"
      />
      <Checkbox
        checked={isSaved}
        onCheckedChange={(checked) => onSavedChange(checked === true)}
        label={<span className="font-medium">I have saved the {isPublic ? "public key" : "secret"}</span>}
      />
      {!isSaved && !isPublic && (
        <LeaveQuestion
          title="Leave without saving the secret?"
          description="It is shown only here and only now. Without it your receiver cannot verify anything, and you would have to rotate it."
        />
      )}
    </div>
  );
}
