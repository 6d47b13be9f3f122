"use client";
// Owns the choice of language and of library or none; remembers neither, both are one press away.

import { useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { HighlightedSnippet } from "./highlighted-snippet";

interface VerificationCodeProps {
  snippets: readonly HighlightedSnippet[];
}

export function VerificationCode({ snippets }: VerificationCodeProps) {
  const [variant, setVariant] = useState<"library" | "plain">("library");
  return (
    <section aria-labelledby="verification-code" className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="grid gap-0.5">
          <h2 id="verification-code" className="font-semibold text-base text-ink">
            Verify in your receiver
          </h2>
          <p className="text-muted text-sm">
            Every request carries <Name>webhook-id</Name>, <Name>webhook-timestamp</Name> and{" "}
            <Name>webhook-signature</Name>, as the Standard Webhooks specification has them.
          </p>
        </div>
        <SegmentedControl
          label="Library"
          value={variant}
          onValueChange={setVariant}
          options={[
            { value: "library", label: "With a library" },
            { value: "plain", label: "No dependency" },
          ]}
        />
      </div>
      <Tabs defaultValue={snippets[0]?.id ?? ""}>
        <TabsList aria-label="Language">
          {snippets.map((snippet) => (
            <TabsTrigger key={snippet.id} value={snippet.id}>
              {snippet.label}
            </TabsTrigger>
          ))}
        </TabsList>
        {snippets.map((snippet) => {
          const shown = snippet[variant];
          return (
            <TabsContent key={snippet.id} value={snippet.id} className="grid grid-cols-1 gap-2 pt-3">
              {shown.install && <CodeBlock code={shown.install} copyLabel="Copy the command" />}
              <CodeBlock
                title={shown.file}
                code={shown.code}
                html={shown.html}
                maxHeight="max-h-[28rem]"
                copyLabel="Copy the code"
              />
            </TabsContent>
          );
        })}
      </Tabs>
    </section>
  );
}

function Name({ children }: { children: string }) {
  return <code className="font-mono text-ink text-xs">{children}</code>;
}
