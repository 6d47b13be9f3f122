"use client";
// Owns the one look at a new key: the text, the line for an environment file, and a first request to try it with.

import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import type { ApiKeyWithSecretDto } from "@/lib/contracts/api-keys";

interface KeyRevealProps {
  created: ApiKeyWithSecretDto;
  publicUrl: string;
  onDone: () => void;
}

export function KeyReveal({ created, publicUrl, onDone }: KeyRevealProps) {
  const { title, code } = firstRequest(publicUrl, created.scopes);
  return (
    <>
      <DialogBody>
        <div className="grid gap-3 rounded-lg border border-accent bg-accent-soft/60 p-3 sm:flex sm:items-center">
          <code
            className="min-w-0 flex-1 select-all font-mono text-ink text-sm leading-6 wrap-anywhere"
            data-secret
          >
            {created.key}
          </code>
          <CopyButton value={created.key} label="Copy API key" variant="secondary" size="md">
            Copy key
          </CopyButton>
        </div>
        <CodeBlock
          title="As an environment variable"
          code={`SIGNPOST_API_KEY=${created.key}`}
          copyLabel="Copy environment line"
          wrap
        />
        <CodeBlock title={title} code={code} copyLabel="Copy example" />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          I have stored it
        </Button>
      </DialogFooter>
    </>
  );
}
