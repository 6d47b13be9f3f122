"use client";
// Owns the last resort: the root layout itself broke, so this page brings its own document and styles.

import { MessagePage } from "@/components/brand/message-page";
import { Button } from "@/components/ui/button";
import "./globals.css";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="min-h-dvh font-sans antialiased">
        <title>Error · Signpost</title>
        <MessagePage
          code="Error"
          title="The dashboard could not start"
          reference={error.digest}
          actions={
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
          }
        >
          The server answered, but the dashboard did not load. If trying again does not help, the server's log
          has the cause.
        </MessagePage>
      </body>
    </html>
  );
}
