// Owns the answer to an address that leads nowhere.

import type { Metadata } from "next";
import { MessagePage } from "@/components/brand/message-page";
import { LinkButton } from "@/components/ui/link-button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      code="404"
      title="Nothing at this address"
      actions={
        <LinkButton href="/" variant="primary">
          Go to the start page
        </LinkButton>
      }
    >
      The page may have moved, or it belongs to a workspace or environment you cannot see. Ids are exact:
      check that none of it was cut off.
    </MessagePage>
  );
}
