"use client";
// Owns the page of subjects: a way to one of them and all callbacks, or that one.

import { useQueryState } from "nuqs";
import { OutsideText } from "@/components/deliveries/outside-text";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { parseAsText } from "@/lib/client/search-params/parsers";
import { useViewer } from "@/lib/client/viewer-context";
import { CallbackList } from "./callback-list";
import { SubjectSearch } from "./subject-search";
import { SubjectView } from "./subject-view";

export function SubjectsPage({ publicUrl }: { publicUrl: string }) {
  const { href } = useViewer();
  const [subject, setSubject] = useQueryState("subject", parseAsText.withOptions({ history: "push" }));
  if (subject === null) {
    return (
      <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
        <PageHeader
          title="Subjects"
          description="What events are about: a wallet, a reference, an order. One of them may have a callback of its own, and its events can be fetched."
        />
        <SubjectSearch onSearch={(text) => void setSubject(text)} />
        <CallbackList />
      </div>
    );
  }
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
      <PageHeader
        breadcrumb={
          <Breadcrumb crumbs={[{ label: "Subjects", href: href("/subjects") }, { label: "Subject" }]} />
        }
        title={
          <span className="inline-flex max-w-full items-center gap-1 font-mono text-lg">
            <span className="min-w-0 wrap-anywhere">
              <OutsideText text={subject} />
            </span>
            <CopyButton value={subject} label="Copy subject" />
          </span>
        }
      />
      <SubjectView subject={subject.slice(0, 256)} publicUrl={publicUrl} />
    </div>
  );
}
