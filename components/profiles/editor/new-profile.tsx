"use client";
// Owns making a profile: from another one, or from scratch.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { PageHeader } from "@/components/ui/page-header";
import { leavePage } from "@/lib/client/leave-guard";
import { BLANK_DEFINITION } from "@/lib/client/profiles/profile-draft";
import { useCreateProfile } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDto, SampleEventDto } from "@/lib/contracts/profiles";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { ProfileEditor } from "./profile-editor";

export type Origin = {
  slug: string;
  name: string;
  version: number;
  definition: ProfileDefinition;
  samples: readonly SampleEventDto[];
};

interface NewProfileProps {
  /** What it is cloned from; null for one from scratch. */
  origin: Origin | null;
  /** Events to try one from scratch with. */
  samples: readonly SampleEventDto[];
  /** What it could be cloned from. */
  choices: readonly Pick<ProfileDto, "slug" | "name" | "built_in">[];
}

const SCRATCH = "";

export function NewProfile({ origin, samples, choices }: NewProfileProps) {
  const { place, href, can, whyNot } = useViewer();
  const router = useRouter();
  const create = useCreateProfile(place);
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const header = (
    <PageHeader
      breadcrumb={<Breadcrumb crumbs={[{ label: "Profiles", href: href("/profiles") }, { label: "New" }]} />}
      title={origin === null ? "New profile" : `Clone ${visibleText(origin.name)}`}
      description="Begin with what comes closest, change what is different, and watch the request while you do."
      actions={
        <Field label="Begin with" className="w-64 max-w-full">
          <NativeSelect
            value={origin?.slug ?? SCRATCH}
            onChange={(event) => {
              const slug = event.target.value;
              const next = href(slug === SCRATCH ? "/profiles/new" : `/profiles/new?based_on=${slug}`);
              leavePage(() => router.push(next));
            }}
          >
            <option value={SCRATCH}>From scratch</option>
            <optgroup label="Built in">
              {choices
                .filter((choice) => choice.built_in)
                .map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
            </optgroup>
            {choices.some((choice) => !choice.built_in) && (
              <optgroup label="Own">
                {choices
                  .filter((choice) => !choice.built_in)
                  .map(({ slug, name }) => (
                    <option key={slug} value={slug}>
                      {visibleText(name)}
                    </option>
                  ))}
              </optgroup>
            )}
          </NativeSelect>
        </Field>
      }
    />
  );
  if (!can("profiles:write")) {
    return (
      <div className="grid grid-cols-1 gap-4">
        {header}
        <Callout>{whyNot("profiles:write")}</Callout>
      </div>
    );
  }
  return (
    <ProfileEditor
      saved={{
        name: origin === null ? "" : `${origin.name}, ours`,
        description: "",
        definition: origin?.definition ?? BLANK_DEFINITION,
      }}
      samples={origin?.samples ?? samples}
      header={header}
      isNew
      isWorking={create.isPending}
      failure={create.error}
      leaveTo={leaveTo}
      onSave={({ name, description, definition }) =>
        create.mutate(
          {
            name,
            definition,
            ...(description !== "" && { description }),
            ...(origin !== null && { based_on: origin.slug, based_on_version: origin.version }),
          },
          {
            onSuccess: (made) => {
              toast.success(`${visibleText(made.name)} is there`, {
                description: "Choose it in an endpoint's settings, under Profile.",
              });
              setLeaveTo(href(`/profiles/${made.slug}`));
            },
          },
        )
      }
    />
  );
}
