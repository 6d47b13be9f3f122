"use client";
// Owns the third question: what requests look like and how they are signed. The environment's default is chosen already.

import Link from "next/link";
import { useRouter } from "next/navigation";
import { LoadFailure } from "@/components/list/load-failure";
import { ExampleRequest } from "@/components/profiles/preview/example-request";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import { schemeHeaders } from "@/lib/domain/profile/signature-scheme";
import { ProfileFacts } from "../profile/profile-facts";
import { ProfileSelect } from "../profile/profile-select";
import { StepPanel } from "./step-panel";
import { useWizardProfile } from "./use-wizard-profile";
import { useWizard } from "./wizard-context";

const linkStyles = "rounded-xs text-accent-ink underline-offset-4 hover:underline";

export function ProfileStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { setDraft } = useWizard();
  const { slug, defaultSlug, profile, error, refetch } = useWizardProfile();
  const isAnswered = slug !== null && profile !== undefined;
  return (
    <StepPanel
      title="What should requests look like?"
      description="A profile says how the body is built, how it is signed, what counts as success and when it is retried. Take the one that your receiver expects; for a receiver of your own, Standard Webhooks is a good choice."
      backHref={href("/endpoints/new/events")}
      onSubmit={() => {
        if (!isAnswered) return;
        // The default too: what was seen here is what the endpoint gets, whatever becomes the default meanwhile.
        setDraft({ profile: slug });
        router.push(href("/endpoints/new/filter"));
      }}
      next={
        <Button type="submit" variant="primary" disabled={!isAnswered}>
          Continue
        </Button>
      }
    >
      <ProfileSelect
        label="Profile"
        value={slug}
        defaultSlug={defaultSlug}
        onChange={(next) => setDraft({ profile: next })}
        hint={
          <>
            None fits?{" "}
            <Link href={href("/profiles")} className={linkStyles}>
              Clone the closest one
            </Link>{" "}
            and change what is different; your answers here are kept.
          </>
        }
      />
      {error !== null && profile === undefined ? (
        <LoadFailure title="The profile could not be loaded" error={error} onRetry={refetch} />
      ) : profile === undefined ? (
        <Skeleton className="h-96 w-full" />
      ) : (
        <>
          <div className="grid grid-cols-1 gap-3">
            {profile.description !== "" && (
              <p className="text-pretty text-muted text-sm">{visibleText(profile.description)}</p>
            )}
            <ProfileFacts definition={profile.definition} />
          </div>
          <section className="grid grid-cols-1 gap-3 border-t pt-5" aria-labelledby="what-arrives">
            <h3 id="what-arrives" className="font-medium text-ink text-sm">
              What arrives
            </h3>
            <ExampleRequest
              key={profile.slug}
              source={{ profile: profile.slug }}
              samples={profile.samples}
              marked={schemeHeaders(profile.definition.signature)}
            />
          </section>
        </>
      )}
    </StepPanel>
  );
}
