// Owns what stays while the wizard's steps change: the draft, the secret in memory, the rail.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { WizardFrame } from "@/components/endpoints/wizard/wizard-frame";

export const metadata: Metadata = { title: "New endpoint" };

export default function NewEndpointLayout({ children }: { children: ReactNode }) {
  return <WizardFrame>{children}</WizardFrame>;
}
