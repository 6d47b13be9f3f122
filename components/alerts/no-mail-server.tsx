"use client";
// Owns the banner of an instance without a mail server: nothing is lost, and where to read it.

import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { useViewer } from "@/lib/client/viewer-context";

/** `isAtMails`: they stand right below, so that no button has to lead there. */
export function NoMailServer({ isAtMails = false }: { isAtMails?: boolean }) {
  const { href, can } = useViewer();
  if (!can("alerts:read")) return null;
  return (
    <Callout
      title="E-mails are kept here, not sent"
      actions={
        isAtMails ? undefined : (
          <LinkButton size="sm" href={href("/alerts/mail")}>
            Read them
          </LinkButton>
        )
      }
    >
      This instance has no mail server. Whoever runs it sets{" "}
      <code className="font-mono text-xs">SMTP_URL</code>.
    </Callout>
  );
}
