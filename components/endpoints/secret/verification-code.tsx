"use client";
// Owns the choice of language and of library or none; remembers neither, both are one press away.

import { Fragment, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { VerificationCodeDto } from "@/lib/contracts/verification-code";

interface VerificationCodeProps {
  code: VerificationCodeDto;
  /** Whose form it is: "as VIZI has it". */
  profileName: string;
}

export function VerificationCode({ code, profileName }: VerificationCodeProps) {
  const [wish, setWish] = useState<"library" | "plain">("library");
  const { snippets, headers } = code;
  const hasLibrary = snippets.some(({ library }) => library !== null);
  return (
    <section aria-labelledby="verification-code" className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="grid gap-0.5">
          <h2 id="verification-code" className="font-semibold text-base text-ink">
            Verify in your receiver
          </h2>
          {snippets.length > 0 && (
            <p className="text-pretty text-muted text-sm">
              Every request carries <Names names={headers} />, as the profile {profileName} has{" "}
              {headers.length === 1 ? "it" : "them"}.
            </p>
          )}
        </div>
        {hasLibrary && (
          <SegmentedControl
            label="Library"
            value={wish}
            onValueChange={setWish}
            options={[
              { value: "library", label: "With a library" },
              { value: "plain", label: "No dependency" },
            ]}
          />
        )}
      </div>
      {snippets.length === 0 ? (
        <Callout tone="warning" title="Nothing can be verified">
          The profile {profileName} does not sign. Anybody who knows the address can send what looks like it:
          let only Signpost's addresses through, or give the endpoint a header that only the two of you know.
        </Callout>
      ) : (
        <Tabs defaultValue={snippets[0]?.id ?? ""}>
          <TabsList aria-label="Language">
            {snippets.map((snippet) => (
              <TabsTrigger key={snippet.id} value={snippet.id}>
                {snippet.label}
              </TabsTrigger>
            ))}
          </TabsList>
          {snippets.map((snippet) => {
            const shown = (wish === "library" ? snippet.library : null) ?? snippet.plain;
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
      )}
    </section>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    <Fragment key={name}>
      {index === 0 ? "" : index === names.length - 1 ? " and " : ", "}
      <code className="font-mono text-ink text-xs">{name}</code>
    </Fragment>
  ));
}
