// Owns the addresses of the wizard's steps. Secrets never pass through here: they live in the browser's memory only.
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { EventsStep } from "@/components/endpoints/wizard/events-step";
import { ProfileStep } from "@/components/endpoints/wizard/profile-step";
import { RefineStep } from "@/components/endpoints/wizard/refine-step";
import { ReviewStep } from "@/components/endpoints/wizard/review-step";
import { SecretStep } from "@/components/endpoints/wizard/secret-step";
import { SettingsStep } from "@/components/endpoints/wizard/settings-step";
import { TestStep } from "@/components/endpoints/wizard/test-step";
import { UrlStep } from "@/components/endpoints/wizard/url-step";
import { isWizardStep, type WizardStepId } from "@/lib/client/endpoints/wizard-steps";
import { requireViewer } from "@/lib/server/auth/session";

const STEPS: Record<WizardStepId, () => ReactNode | Promise<ReactNode>> = {
  url: () => <UrlStep />,
  events: () => <EventsStep />,
  profile: () => <ProfileStep />,
  filter: () => <RefineStep />,
  settings: () => <SettingsStep />,
  review: () => <ReviewStep />,
  secret: () => <SecretStep />,
  test: () => <TestStep />,
};

interface Props {
  params: Promise<{ workspace: string; environment: string; step: string }>;
}

export default async function WizardStepPage({ params }: Props) {
  const { workspace, environment, step } = await params;
  await requireViewer(workspace, environment);
  if (!isWizardStep(step)) notFound();
  return STEPS[step]();
}
