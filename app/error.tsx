"use client";
// Owns a page that broke while rendering. Promises nothing about data (the cause is unknown here), offers another try and a code to quote.

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
      Something failed while it was being built. Try again; if it stays like this, the server's log has the
      cause under the reference below.
    </MessagePage>
  );
}
