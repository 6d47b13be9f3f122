"use client";
// Owns a page that broke while rendering. Says what is safe, offers another try, gives a code to quote.

import { MessagePage } from "@/components/brand/message-page";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <MessagePage
      code="Error"
      title="This page could not be shown"
      reference={error.digest}
      actions={
        <>
          <LinkButton href="/">Go to the start page</LinkButton>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        </>
      }
    >
      Only the page failed. Events are accepted and delivered independently of it, so nothing is lost.
    </MessagePage>
  );
}
