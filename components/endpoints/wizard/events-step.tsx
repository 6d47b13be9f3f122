"use client";
// Owns the second question: which events.

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useViewer } from "@/lib/client/viewer-context";
import { EventTypePicker } from "../form/event-type-picker";
import { StepPanel } from "./step-panel";
import { useWizard } from "./wizard-context";

export function EventsStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft } = useWizard();
  const isAnswered = draft.eventTypes.length > 0;
  return (
    <StepPanel
      title="Which events does it want?"
      description="Everything else never leaves Signpost. You can change this at any time."
      backHref={href("/endpoints/new/url")}
      onSubmit={() => {
        if (isAnswered) router.push(href("/endpoints/new/profile"));
      }}
      next={
        <Button type="submit" variant="primary" disabled={!isAnswered}>
          Continue
        </Button>
      }
    >
      <EventTypePicker value={draft.eventTypes} onChange={(eventTypes) => setDraft({ eventTypes })} />
    </StepPanel>
  );
}
